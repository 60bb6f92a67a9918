-- A statement's content is the text of its content spans joined by one space.
WITH joined AS (
    SELECT
        owner_id,
        string_agg(text, ' ' ORDER BY ordinal) AS content
    FROM spans
    WHERE field = 'content'
    GROUP BY owner_id
)
SELECT
    s.statement_id,
    s.content,
    j.content AS spans
FROM statements AS s
LEFT JOIN joined AS j ON j.owner_id = s.statement_id
WHERE j.content IS DISTINCT FROM s.content
