-- Confidence lies between 0 and 1.
SELECT meeting_id AS owner_id, confidence FROM meetings WHERE confidence NOT BETWEEN 0 AND 1
UNION ALL
SELECT statement_id, confidence FROM statements WHERE confidence NOT BETWEEN 0 AND 1
