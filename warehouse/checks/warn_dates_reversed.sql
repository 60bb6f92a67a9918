-- A meeting ends on the day it starts or later.
SELECT
    meeting_id,
    date_start,
    date_end
FROM meetings
WHERE date_end < date_start
