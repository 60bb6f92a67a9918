-- The latest meetings that a country took part in.
SELECT * FROM shown_meetings
WHERE list_contains(countries, $country)
ORDER BY number
LIMIT $limit
