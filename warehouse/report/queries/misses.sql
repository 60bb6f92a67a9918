-- What fired and yielded nothing, by kind and reason, with some of the articles.
SELECT m.kind, m.reason, count(*) AS times, list(DISTINCT m.article_id ORDER BY m.article_id)[1:3] AS examples
FROM misses AS m
INNER JOIN shown_articles AS a ON a.article_id = m.article_id
GROUP BY m.kind, m.reason
ORDER BY m.kind, times DESC, m.reason
