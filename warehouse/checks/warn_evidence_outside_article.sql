-- A meeting's evidence stands in its article, word for word.
SELECT
    m.meeting_id,
    m.evidence_text
FROM meetings AS m
INNER JOIN articles AS a ON a.article_id = m.article_id
WHERE NOT contains(a.text, m.evidence_text)
