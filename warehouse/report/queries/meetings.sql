-- One row per meeting shown, the latest first.
SELECT
    number, meeting_id, article_id, kind, status, date_start, date_precision, place, place_country, parties, countries,
    title, opening, publisher, source_id
FROM shown_meetings
WHERE number BETWEEN $first AND $last
ORDER BY number
