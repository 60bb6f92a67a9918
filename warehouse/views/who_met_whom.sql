-- One row per meeting that the latest revision of an article reports, its parties in one line.
WITH parties AS (
    SELECT
        meeting_id,
        string_agg(
            name || coalesce(' (' || nullif(concat_ws(', ', role, country), '') || ')', ''),
            ' – ' ORDER BY ordinal
        ) AS participants
    FROM participants
    GROUP BY meeting_id
)
SELECT
    m.meeting_id,
    m.event_id,
    m.date_start,
    m.date_precision,
    m.kind,
    m.status,
    p.participants,
    m.place,
    m.place_country,
    m.topics,
    m.outcomes,
    a.publisher,
    a.published_at,
    a.title,
    a.url,
    m.evidence_text,
    m.confidence,
    m.article_id
FROM meetings AS m
INNER JOIN current_articles AS a ON a.article_id = m.article_id
LEFT JOIN parties AS p ON p.meeting_id = m.meeting_id
