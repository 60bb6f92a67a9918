-- A meeting's evidence stands in its article, word for word; line ends count as spaces.
SELECT
    m.meeting_id,
    m.evidence_text
FROM meetings AS m
INNER JOIN articles AS a ON a.article_id = m.article_id
WHERE NOT contains(regexp_replace(a.text, '\s+', ' ', 'g'), m.evidence_text)
