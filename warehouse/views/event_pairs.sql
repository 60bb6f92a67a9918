-- One row per real meeting and pair of parties to it, once with persons and once with countries.
--
-- level: 'person' or 'country'.
-- party_1: The party that comes first in the alphabet: a person's or a country's name.
-- party_2: The other party.
-- country_1: Country of party_1, ISO 3166-1 alpha-3; INT for international bodies.
-- country_2: Country of party_2.
-- role_code_1: Office of party_1, normalised; for persons.
-- role_code_2: Office of party_2, normalised; for persons.
-- day: The day of the meeting, or of its first report where no day is known.
-- week: The Monday of that week.
WITH reports AS (
    SELECT
        event_id,
        meeting_id,
        date_precision,
        row_number() OVER (
            PARTITION BY event_id ORDER BY parties DESC, confidence DESC, meeting_id
        ) AS place
    FROM meetings_wide
),

fullest AS (
    SELECT
        event_id,
        meeting_id,
        date_precision
    FROM reports
    WHERE place = 1
),

breadth AS (
    SELECT
        meeting_id,
        count(DISTINCT country) AS countries
    FROM participants
    GROUP BY meeting_id
),

parties AS (
    SELECT DISTINCT
        p.meeting_id,
        'country' AS level,
        coalesce(c.country_name, p.country) AS party,
        p.country,
        NULL AS role_code
    FROM participants AS p
    LEFT JOIN countries AS c ON c.country = p.country
    WHERE p.country IS NOT NULL
    UNION ALL
    SELECT
        meeting_id,
        'person',
        name,
        min(country),
        min(role_code)
    FROM participants
    WHERE kind = 'person'
    GROUP BY meeting_id, name
),

dated AS (
    SELECT
        f.event_id,
        f.meeting_id,
        CASE
            WHEN f.date_precision IN ('month', 'year') THEN NULL
            ELSE coalesce(e.date_start, CAST(e.first_reported_at AS DATE))
        END AS day
    FROM fullest AS f
    INNER JOIN events AS e ON e.event_id = f.event_id
)

SELECT
    one.level,
    one.party AS party_1,
    two.party AS party_2,
    one.country AS country_1,
    two.country AS country_2,
    one.role_code AS role_code_1,
    two.role_code AS role_code_2,
    d.day,
    CAST(date_trunc('week', d.day) AS DATE) AS week,
    e.kind,
    e.status,
    e.place,
    e.place_country,
    e.articles,
    e.publishers,
    e.event_id
FROM dated AS d
INNER JOIN events AS e ON e.event_id = d.event_id
INNER JOIN breadth AS b ON b.meeting_id = d.meeting_id
INNER JOIN parties AS one ON one.meeting_id = d.meeting_id
INNER JOIN parties AS two
    ON two.meeting_id = d.meeting_id AND two.level = one.level AND one.party < two.party
-- Members of one delegation do not meet each other; two ministers of one country may.
WHERE one.level = 'country' OR b.countries < 2 OR one.country IS DISTINCT FROM two.country
