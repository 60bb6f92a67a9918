-- An article has a publication date; without one, "today" and weekdays can't be resolved.
SELECT
    article_id,
    url,
    title
FROM articles
WHERE published_at IS NULL
