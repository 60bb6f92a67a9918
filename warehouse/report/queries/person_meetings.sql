-- The latest meetings of some people, so many each.
WITH places AS (
    SELECT DISTINCT p.number AS person_number, i.meeting_id
    FROM shown_people AS p
    INNER JOIN identities AS i ON i.person_key = p.person_key
    WHERE p.number BETWEEN $first AND $last AND i.meeting_id IS NOT NULL
)
SELECT p.person_number, m.*
FROM places AS p
INNER JOIN shown_meetings AS m ON m.meeting_id = p.meeting_id
QUALIFY row_number() OVER (PARTITION BY p.person_number ORDER BY m.number) <= $limit
ORDER BY p.person_number, m.number
