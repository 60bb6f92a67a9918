-- The meetings of some articles.
SELECT * FROM shown_meetings WHERE article_number BETWEEN $first AND $last ORDER BY number
