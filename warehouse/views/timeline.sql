-- One row per thing that happened: a real meeting, or a statement.
--
-- day: Day of the meeting or of the statement; the day of the report where the text gives none.
-- day_basis: 'text' where the text gives the day, 'report' where it is that of the report.
-- what: 'meeting' or 'statement'.
-- kind: What sort of meeting, or what kind of utterance (speech_act).
-- status: Whether the meeting took place; null for statements.
-- who: The parties to the meeting, or the speaker.
-- countries: Countries of the parties or of the speaker, '; ' between them.
-- what_about: Topics of the meeting, or what was said.
-- place: City or venue of the meeting, as first printed.
-- id: event_id or statement_id.
WITH reports AS (
    SELECT
        event_id,
        participants,
        countries,
        topics,
        article_id,
        title,
        publisher,
        url,
        row_number() OVER (
            PARTITION BY event_id ORDER BY parties DESC, confidence DESC, meeting_id
        ) AS place
    FROM meetings_wide
)

SELECT
    coalesce(e.date_start, CAST(e.first_reported_at AS DATE)) AS day,
    CASE WHEN e.date_start IS NULL THEN 'report' ELSE 'text' END AS day_basis,
    'meeting' AS what,
    e.kind,
    e.status,
    r.participants AS who,
    r.countries,
    r.topics AS what_about,
    e.place,
    r.title,
    r.publisher,
    r.url,
    r.article_id,
    e.event_id AS id
FROM events AS e
INNER JOIN reports AS r ON r.event_id = e.event_id AND r.place = 1
UNION ALL
SELECT
    coalesce(said_on, CAST(published_at AS DATE)),
    CASE WHEN said_on IS NULL THEN 'report' ELSE 'text' END,
    'statement',
    speech_act,
    NULL,
    speaker_name,
    speaker_country,
    content,
    NULL,
    title,
    publisher,
    url,
    article_id,
    statement_id
FROM statements_wide
