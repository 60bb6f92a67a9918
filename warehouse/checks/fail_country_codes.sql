-- A country is one of the table countries.
WITH used AS (
    SELECT 'articles.dateline_country' AS place, dateline_country AS country FROM articles
    UNION ALL
    SELECT 'meetings.place_country', place_country FROM meetings
    UNION ALL
    SELECT 'participants.country', country FROM participants
    UNION ALL
    SELECT 'statements.speaker_country', speaker_country FROM statements
    UNION ALL
    SELECT 'statements.countries_mentioned', unnest(string_split(countries_mentioned, '; '))
    FROM statements
    UNION ALL
    SELECT 'events.place_country', place_country FROM events
)

SELECT
    u.place,
    u.country,
    count(*) AS times
FROM used AS u
ANTI JOIN countries AS c ON c.country = u.country
WHERE u.country IS NOT NULL
GROUP BY ALL
