-- Meetings by day and status; the dates known to the day or month alone.
SELECT date_start AS day, status AS series, count(DISTINCT event_id) AS count
FROM shown_meetings
WHERE date_start IS NOT NULL AND date_precision <> 'year'
GROUP BY date_start, status
ORDER BY day, series
