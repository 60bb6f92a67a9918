-- A source's latest run reads between a fifth and five times what its runs read as a rule.
-- The rule is the median of its earlier runs, once there are five of them, and ten records or more.
WITH numbered AS (
    SELECT
        source_id,
        fetched,
        row_number() OVER (PARTITION BY source_id ORDER BY started_at DESC, run_id DESC) AS place
    FROM sources
),

usual AS (
    SELECT
        source_id,
        count(*) AS runs,
        median(fetched) AS median_fetched
    FROM numbered
    WHERE place > 1
    GROUP BY source_id
)

SELECT
    n.source_id,
    n.fetched,
    u.median_fetched
FROM numbered AS n
INNER JOIN usual AS u ON u.source_id = n.source_id
WHERE n.place = 1
    AND u.runs >= 5
    AND u.median_fetched >= 10
    AND n.fetched NOT BETWEEN u.median_fetched / 5 AND u.median_fetched * 5
