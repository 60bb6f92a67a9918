-- One row per article: its latest revision. All versions of one article share page_id.
WITH ranked AS (
    SELECT
        *,
        max(revision) OVER (PARTITION BY page_id) AS latest
    FROM articles
)

-- All columns, so that a new one is here as soon as it is in articles.
SELECT * EXCLUDE (latest)
FROM ranked
WHERE revision = latest
