-- A meeting has a participant, and every participant a name.
SELECT
    m.meeting_id,
    p.ordinal,
    m.evidence_text
FROM meetings AS m
LEFT JOIN participants AS p ON p.meeting_id = m.meeting_id
WHERE p.meeting_id IS NULL
    OR trim(p.name) = ''
