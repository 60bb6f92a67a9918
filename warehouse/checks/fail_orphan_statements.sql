-- Every statement belongs to an article, and to a meeting of that article where it names one.
SELECT
    s.statement_id,
    s.article_id,
    s.meeting_id
FROM statements AS s
LEFT JOIN articles AS a ON a.article_id = s.article_id
LEFT JOIN meetings AS m ON m.meeting_id = s.meeting_id AND m.article_id = s.article_id
WHERE a.article_id IS NULL
    OR (s.meeting_id IS NOT NULL AND m.meeting_id IS NULL)
