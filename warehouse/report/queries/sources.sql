-- One row per source: its last runs, what it gave, and why it failed last.
WITH given AS (
    SELECT source_id, count(*) AS articles, max(published_at)::DATE AS last_article
    FROM shown_articles
    GROUP BY source_id
)
SELECT
    s.source_id,
    count(*) AS runs,
    count(*) FILTER (WHERE s.reason IS NOT NULL) AS failed_runs,
    max(s.started_at) AS last_run_at,
    max(s.started_at) FILTER (WHERE s.reason IS NULL) AS last_good_run_at,
    sum(s.new)::BIGINT AS new,
    sum(s.failed)::BIGINT AS failed,
    arg_max(s.reason, s.started_at) AS last_reason,
    coalesce(any_value(g.articles), 0) AS articles,
    any_value(g.last_article) AS last_article
FROM sources AS s
LEFT JOIN given AS g ON g.source_id = s.source_id
GROUP BY s.source_id
ORDER BY s.source_id
