-- The latest runs.
SELECT
    run_id,
    min(started_at) AS started_at,
    count(*) AS sources,
    sum(fetched)::BIGINT AS fetched,
    sum(new)::BIGINT AS new,
    sum(failed)::BIGINT AS failed,
    count(*) FILTER (WHERE reason IS NOT NULL) AS failed_sources
FROM sources
GROUP BY run_id
ORDER BY started_at DESC, run_id DESC
LIMIT $limit
