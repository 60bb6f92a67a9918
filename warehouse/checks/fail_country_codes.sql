-- A country is three capital letters.
WITH countries AS (
    SELECT 'articles.dateline_country' AS place, dateline_country AS country FROM articles
    UNION ALL
    SELECT 'meetings.place_country', place_country FROM meetings
    UNION ALL
    SELECT 'participants.country', country FROM participants
    UNION ALL
    SELECT 'statements.speaker_country', speaker_country FROM statements
    UNION ALL
    SELECT 'events.place_country', place_country FROM events
)
SELECT
    place,
    country,
    count(*) AS times
FROM countries
WHERE NOT regexp_full_match(country, '[A-Z]{3}')
GROUP BY ALL
