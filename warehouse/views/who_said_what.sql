-- One row per statement that the latest revision of an article attributes to somebody.
SELECT
    s.statement_id,
    s.said_on,
    s.speaker_name,
    s.speaker_role,
    s.speaker_organization,
    s.speaker_country,
    s.cue,
    s.speech_act,
    s.form,
    s.content,
    s.addressee,
    s.meeting_id,
    a.title,
    a.url,
    a.publisher,
    a.published_at,
    s.confidence,
    s.article_id
FROM statements AS s
INNER JOIN current_articles AS a ON a.article_id = s.article_id
