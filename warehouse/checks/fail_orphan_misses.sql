-- Every miss belongs to an article.
SELECT
    m.article_id,
    m.kind,
    m.start
FROM misses AS m
ANTI JOIN articles AS a ON a.article_id = m.article_id
