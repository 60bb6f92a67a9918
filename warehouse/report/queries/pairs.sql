-- One row per ordered pair of countries: in how many events they met, and when last.
SELECT country, other, count(DISTINCT event_id) AS events, max(date_start) AS last_day
FROM pairs
GROUP BY country, other
ORDER BY events DESC, country, other
