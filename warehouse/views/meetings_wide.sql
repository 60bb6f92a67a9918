-- One row per meeting that the latest revision of an article reports, its parties in one line.
--
-- participants: The parties in order, each with office and country, ' – ' between them.
-- countries: The parties' countries in order of appearance, '; ' between them.
-- parties: How many parties there are.
WITH named AS (
    SELECT
        meeting_id,
        string_agg(
            name || coalesce(' (' || nullif(concat_ws(', ', role, country), '') || ')', ''),
            ' – ' ORDER BY ordinal
        ) AS participants,
        count(*) AS parties
    FROM participants
    GROUP BY meeting_id
),

firsts AS (
    SELECT
        meeting_id,
        country,
        min(ordinal) AS ordinal
    FROM participants
    WHERE country IS NOT NULL
    GROUP BY meeting_id, country
),

represented AS (
    SELECT
        meeting_id,
        string_agg(country, '; ' ORDER BY ordinal) AS countries
    FROM firsts
    GROUP BY meeting_id
)

SELECT
    m.date_start,
    m.date_end,
    m.date_precision,
    m.date_basis,
    m.kind,
    m.status,
    n.participants,
    r.countries,
    coalesce(n.parties, 0) AS parties,
    m.place,
    m.place_country,
    m.venue,
    m.format,
    m.topics,
    m.outcomes,
    m.reported_by,
    a.publisher,
    a.published_at,
    a.title,
    a.url,
    m.evidence_text,
    m.confidence,
    m.meeting_id,
    m.event_id,
    m.article_id,
    a.story_id
FROM meetings AS m
INNER JOIN current_articles AS a ON a.article_id = m.article_id
LEFT JOIN named AS n ON n.meeting_id = m.meeting_id
LEFT JOIN represented AS r ON r.meeting_id = m.meeting_id
