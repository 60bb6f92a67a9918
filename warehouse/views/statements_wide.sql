-- One row per statement that the latest revision of an article attributes to somebody.
--
-- speaker_country_name: English name of the speaker's country.
-- meeting_kind: What sort of meeting it was made at, where it was made at one.
-- meeting_date: First day of that meeting.
SELECT
    s.said_on,
    s.speaker_name,
    s.speaker_role,
    s.speaker_role_code,
    s.speaker_organization,
    s.speaker_country,
    c.country_name AS speaker_country_name,
    s.speaker_kind,
    s.cue,
    s.cue_lemma,
    s.speech_act,
    s.form,
    s.content,
    s.addressee,
    s.countries_mentioned,
    s.reported_by,
    m.kind AS meeting_kind,
    m.date_start AS meeting_date,
    a.title,
    a.url,
    a.publisher,
    a.published_at,
    s.sentence_text,
    s.confidence,
    s.statement_id,
    s.meeting_id,
    s.article_id,
    s.person_id,
    a.story_id
FROM statements AS s
INNER JOIN current_articles AS a ON a.article_id = s.article_id
LEFT JOIN meetings AS m ON m.meeting_id = s.meeting_id
LEFT JOIN countries AS c ON c.country = s.speaker_country
