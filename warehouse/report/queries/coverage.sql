-- Articles by day and publisher.
SELECT
    published_at::DATE AS day,
    coalesce(publisher, agency, source_id) AS series,
    count(*) AS count
FROM shown_articles
WHERE published_at IS NOT NULL
GROUP BY ALL
ORDER BY day, series
