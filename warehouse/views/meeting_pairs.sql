-- One row per meeting and pair of different countries in it, each pair once, in alphabetical order.
WITH sides AS (
    SELECT DISTINCT
        meeting_id,
        country
    FROM participants
    WHERE country IS NOT NULL
)
SELECT
    m.meeting_id,
    m.event_id,
    one.country AS country_1,
    two.country AS country_2,
    m.date_start,
    m.kind,
    m.status,
    m.place_country,
    m.article_id
FROM meetings AS m
INNER JOIN sides AS one ON one.meeting_id = m.meeting_id
INNER JOIN sides AS two ON two.meeting_id = m.meeting_id AND one.country < two.country
