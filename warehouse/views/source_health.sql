-- One row per source: how its runs went, and why the last failed one did.
--
-- runs: How many runs there were.
-- failed_runs: Runs in which the source failed.
-- last_run_at: When the latest run began, UTC.
-- last_good_run_at: When the latest run began in which it did not fail, UTC.
-- last_new_at: When the latest run began that brought something new, UTC.
-- fetched: Records read in all runs.
-- new: Records that were new, in all runs.
-- failed: Records that could not be read, in all runs.
-- last_reason: Why it failed the last time it did.
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
