-- Input that could not be used.
SELECT source_id, url, reason, detail, first_seen_at
FROM quarantine
ORDER BY first_seen_at DESC NULLS LAST, source_id, url, raw_ref, ordinal
LIMIT $limit
