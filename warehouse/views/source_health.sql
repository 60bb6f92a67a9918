-- One row per source: how its runs went, and why the last failed one did.
SELECT
    source_id,
    count(*) AS runs,
    count(*) FILTER (WHERE reason IS NOT NULL) AS failed_runs,
    max(started_at) AS last_run_at,
    max(started_at) FILTER (WHERE reason IS NULL) AS last_good_run_at,
    max(started_at) FILTER (WHERE new > 0) AS last_new_at,
    sum(fetched)::BIGINT AS fetched,
    sum(new)::BIGINT AS new,
    sum(failed)::BIGINT AS failed,
    arg_max(reason, started_at) FILTER (WHERE reason IS NOT NULL) AS last_reason
FROM sources
GROUP BY source_id
