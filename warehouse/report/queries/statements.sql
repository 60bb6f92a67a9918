-- One row per statement shown, the latest articles first.
SELECT
    number, statement_id, article_id, day, speaker_name, speaker_mention, speaker_role, speaker_country, speaker_organization, person_key, cue,
    speech_act, form, content, title, opening, publisher, source_id
FROM shown_statements
WHERE number BETWEEN $first AND $last
ORDER BY number
