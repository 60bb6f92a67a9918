-- Every participant belongs to a meeting.
SELECT
    p.meeting_id,
    p.ordinal,
    p.name
FROM participants AS p
ANTI JOIN meetings AS m ON m.meeting_id = p.meeting_id
