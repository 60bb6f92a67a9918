-- Every span belongs to a meeting or to a statement, and a participant span to its participant.
WITH owners AS (
    SELECT meeting_id AS owner_id FROM meetings
    UNION ALL
    SELECT statement_id FROM statements
)
SELECT
    s.owner_id,
    s.field,
    s.ordinal
FROM spans AS s
LEFT JOIN owners AS o ON o.owner_id = s.owner_id
LEFT JOIN participants AS p
    ON s.field = 'participant' AND p.meeting_id = s.owner_id AND p.ordinal = s.ordinal
WHERE o.owner_id IS NULL
    OR (s.field = 'participant' AND p.meeting_id IS NULL)
