-- The statements of some articles, as they stand in the text.
SELECT * FROM shown_statements WHERE article_number BETWEEN $first AND $last ORDER BY number
