-- Every meeting belongs to an article and to an event.
SELECT
    m.meeting_id,
    m.article_id,
    m.event_id
FROM meetings AS m
WHERE m.article_id NOT IN (SELECT article_id FROM articles)
    OR m.event_id NOT IN (SELECT event_id FROM events)
