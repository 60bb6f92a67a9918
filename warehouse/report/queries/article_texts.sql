-- One row per article shown, in reading order: all of each.
SELECT *, left(text, 400) AS opening
FROM shown_articles
WHERE number BETWEEN $first AND $last
ORDER BY number
