-- An article is published no later than a day after it was fetched.
SELECT
    article_id,
    published_at,
    fetched_at,
    url
FROM articles
WHERE published_at > fetched_at + INTERVAL 1 DAY
