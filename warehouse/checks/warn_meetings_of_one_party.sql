-- A meeting has at least two participants.
SELECT
    m.meeting_id,
    count(p.meeting_id) AS participants,
    m.evidence_text
FROM meetings AS m
LEFT JOIN participants AS p ON p.meeting_id = m.meeting_id
GROUP BY ALL
HAVING count(p.meeting_id) < 2
