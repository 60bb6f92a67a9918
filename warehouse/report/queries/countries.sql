-- One row per country that met another: in how many events, with how many others, and what it said.
WITH met AS (
    SELECT country, count(DISTINCT event_id) AS events, count(DISTINCT other) AS partners
    FROM pairs
    GROUP BY country
),
said AS (
    SELECT speaker_country AS country, count(*) AS statements
    FROM shown_statements
    WHERE speaker_country IS NOT NULL
    GROUP BY speaker_country
)
SELECT
    coalesce(m.country, s.country) AS country,
    coalesce(m.events, 0) AS events,
    coalesce(m.partners, 0) AS partners,
    coalesce(s.statements, 0) AS statements
FROM met AS m
FULL JOIN said AS s ON s.country = m.country
ORDER BY events DESC, statements DESC, country
