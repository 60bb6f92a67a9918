-- The spans of some articles' meetings and statements.
WITH owners AS (
    SELECT meeting_id AS owner_id, article_number FROM shown_meetings
    WHERE article_number BETWEEN $first AND $last
    UNION ALL
    SELECT statement_id AS owner_id, article_number FROM shown_statements
    WHERE article_number BETWEEN $first AND $last
)
SELECT o.article_number, s.owner_id, s.field, s.ordinal, s."start", s."end"
FROM spans AS s
INNER JOIN owners AS o ON o.owner_id = s.owner_id
ORDER BY o.article_number, s."start", s."end" DESC, s.owner_id, s.field, s.ordinal
