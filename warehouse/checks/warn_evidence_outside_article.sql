-- A meeting's evidence stands in its article, word for word; line ends count as spaces.
WITH evidence AS (
    SELECT
        owner_id,
        regexp_replace(string_agg(text, ' ' ORDER BY ordinal), '\s+', ' ', 'g') AS words
    FROM spans
    WHERE field = 'evidence'
    GROUP BY owner_id
)

-- Sentences that stand apart are told by their spans, which are proved against the text.
SELECT
    m.meeting_id,
    m.evidence_text
FROM meetings AS m
INNER JOIN articles AS a ON a.article_id = m.article_id
LEFT JOIN evidence AS e ON e.owner_id = m.meeting_id
WHERE NOT contains(
    coalesce(e.words, regexp_replace(a.text, '\s+', ' ', 'g')),
    regexp_replace(m.evidence_text, '\s+', ' ', 'g')
)
