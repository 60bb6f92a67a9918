-- A meeting lies within 30 years before its report and 5 years after it.
SELECT
    m.meeting_id,
    m.date_start,
    a.published_at,
    m.evidence_text
FROM meetings AS m
INNER JOIN articles AS a ON a.article_id = m.article_id
WHERE m.date_start NOT BETWEEN CAST(a.published_at AS DATE) - 10958
    AND CAST(a.published_at AS DATE) + 1827
