-- A meeting that was held lies no later than the day after its report.
-- The day after, since the report's time is UTC and the meeting's day that of its place.
SELECT
    m.meeting_id,
    m.date_start,
    a.published_at,
    m.evidence_text
FROM meetings AS m
INNER JOIN articles AS a ON a.article_id = m.article_id
WHERE m.status = 'held'
    AND m.date_start > CAST(a.published_at AS DATE) + 1
