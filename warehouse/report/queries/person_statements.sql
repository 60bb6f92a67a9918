-- The latest statements of some people, so many each.
SELECT p.number AS person_number, s.*
FROM shown_people AS p
INNER JOIN shown_statements AS s ON s.person_key = p.person_key
WHERE p.number BETWEEN $first AND $last
QUALIFY row_number() OVER (PARTITION BY p.number ORDER BY s.number) <= $limit
ORDER BY p.number, s.number
