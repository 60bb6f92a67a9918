-- A source of 20 articles or more gives a meeting or statement in one of 20 of them.
WITH found AS (
    SELECT article_id FROM meetings
    UNION
    SELECT article_id FROM statements
)

SELECT
    a.source_id,
    count(*) AS articles,
    count(f.article_id) AS with_rows
FROM articles AS a
LEFT JOIN found AS f ON f.article_id = a.article_id
GROUP BY a.source_id
HAVING count(*) >= 20
    AND count(f.article_id) * 20 < count(*)
