-- What the text does not say is null, never an empty string.
SELECT 'articles.title' AS place, article_id AS id FROM articles WHERE title = ''
UNION ALL
SELECT 'articles.publisher', article_id FROM articles WHERE publisher = ''
UNION ALL
SELECT 'meetings.place', meeting_id FROM meetings WHERE place = ''
UNION ALL
SELECT 'participants.name', meeting_id FROM participants WHERE name = ''
UNION ALL
SELECT 'statements.speaker_name', statement_id FROM statements WHERE speaker_name = ''
UNION ALL
SELECT 'statements.content', statement_id FROM statements WHERE content = ''
