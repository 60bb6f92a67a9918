-- A span's text is the article's text between its offsets, to the code point.
-- DuckDB's substring counts code points (substring_grapheme counts graphemes).
-- Spans find their article first, apart: joined the other way, each would carry its whole text.
WITH owners AS (
    SELECT meeting_id AS owner_id, article_id FROM meetings
    UNION ALL
    SELECT statement_id, article_id FROM statements
),
located AS MATERIALIZED (
    SELECT
        s.owner_id,
        s.field,
        s.start,
        s."end",
        s.text,
        o.article_id
    FROM spans AS s
    INNER JOIN owners AS o ON o.owner_id = s.owner_id
)
SELECT
    s.owner_id,
    s.field,
    s.start,
    s."end",
    s.text
FROM located AS s
INNER JOIN articles AS a ON a.article_id = s.article_id
WHERE s.start < 0
    OR s."end" < s.start
    OR substring(a.text, s.start + 1, s."end" - s.start) <> s.text
