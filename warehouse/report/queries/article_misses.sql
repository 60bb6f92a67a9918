-- What fired in some articles and yielded nothing.
SELECT a.number AS article_number, m.kind, m.reason, substr(a.text, m."start" + 1, m."end" - m."start") AS words
FROM misses AS m
INNER JOIN shown_articles AS a ON a.article_id = m.article_id
WHERE a.number BETWEEN $first AND $last
ORDER BY a.number, m."start", m.kind
