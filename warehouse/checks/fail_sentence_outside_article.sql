-- A statement's sentence stands in its article, word for word.
SELECT
    s.statement_id,
    s.sentence_text
FROM statements AS s
INNER JOIN articles AS a ON a.article_id = s.article_id
WHERE NOT contains(a.text, s.sentence_text)
