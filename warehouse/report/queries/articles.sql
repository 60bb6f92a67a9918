-- One row per article shown, in reading order: the head of each.
SELECT
    number, article_id, source_id, title, left(text, 400) AS opening, publisher, published_at,
    meetings, statements
FROM shown_articles
WHERE number BETWEEN $first AND $last
ORDER BY number
