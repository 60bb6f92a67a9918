-- One row per person by name: latest office, statement and meeting that the articles tell of.
--
-- person: The fullest name, or the id from an office-holder table where one is given.
-- country: The latest known country, ISO 3166-1 alpha-3.
-- role: The latest known office, as printed.
-- role_code: The latest known office, normalised.
-- organization: The latest known body.
-- latest_on: Day of the latest statement or meeting.
-- statements: How many statements there are.
-- meetings: How many reports of meetings there are.
-- last_said_on: Day of the latest statement.
-- last_statement: What was said then.
-- last_met_on: Day of the latest meeting that was held.
-- last_meeting: The parties to that meeting.
-- last_url: Address of the latest article.
WITH appearances AS (
    SELECT
        coalesce(person_id, speaker_name) AS person,
        'statement' AS what,
        coalesce(said_on, CAST(published_at AS DATE)) AS day,
        speaker_role AS role,
        speaker_role_code AS role_code,
        speaker_organization AS organization,
        speaker_country AS country,
        content AS told,
        url,
        statement_id AS id
    FROM statements_wide
    WHERE speaker_kind = 'person' AND speaker_name IS NOT NULL
    UNION ALL
    SELECT
        coalesce(p.person_id, p.name),
        CASE WHEN m.status IN ('held', 'ongoing') THEN 'meeting' ELSE m.status END,
        coalesce(m.date_start, CAST(m.published_at AS DATE)),
        p.role,
        p.role_code,
        p.organization,
        p.country,
        m.participants,
        m.url,
        m.meeting_id
    FROM participants AS p
    INNER JOIN meetings_wide AS m ON m.meeting_id = p.meeting_id
    WHERE p.kind = 'person'
),

ordered AS (
    SELECT
        *,
        coalesce(CAST(day AS VARCHAR), '') || ' ' || id AS latest
    FROM appearances
)

SELECT
    person,
    arg_max(country, latest) FILTER (WHERE country IS NOT NULL) AS country,
    arg_max(role, latest) FILTER (WHERE role IS NOT NULL) AS role,
    arg_max(role_code, latest) FILTER (WHERE role_code IS NOT NULL) AS role_code,
    arg_max(organization, latest) FILTER (WHERE organization IS NOT NULL) AS organization,
    max(day) AS latest_on,
    count(*) FILTER (WHERE what = 'statement') AS statements,
    count(*) FILTER (WHERE what <> 'statement') AS meetings,
    max(day) FILTER (WHERE what = 'statement') AS last_said_on,
    arg_max(told, latest) FILTER (WHERE what = 'statement') AS last_statement,
    max(day) FILTER (WHERE what = 'meeting') AS last_met_on,
    arg_max(told, latest) FILTER (WHERE what = 'meeting') AS last_meeting,
    arg_max(url, latest) FILTER (WHERE url IS NOT NULL) AS last_url
FROM ordered
GROUP BY person
