-- Tables that live as long as the connection: what the report shows, numbered in reading order.
-- Only the latest revision of an article is shown, and only what stands in it.
CREATE TEMP TABLE shown_articles AS
WITH ranked AS (
    SELECT
        *,
        max(revision) OVER (PARTITION BY page_id) AS revisions
    FROM articles
),
meeting_counts AS (
    SELECT article_id, count(*) AS meetings FROM meetings GROUP BY article_id
),
statement_counts AS (
    SELECT article_id, count(*) AS statements FROM statements GROUP BY article_id
)
SELECT
    row_number() OVER (ORDER BY r.published_at DESC NULLS LAST, r.article_id) AS number,
    r.article_id,
    r.source_id,
    r.external_id,
    coalesce(r.canonical_url, r.url) AS url,
    r.publisher,
    r.title,
    r.authors,
    r.language,
    r.published_at,
    r.published_precision,
    r.fetched_at,
    r.agency,
    r.dateline_place,
    r.dateline_country,
    r.story_id,
    r.revision,
    r.revisions,
    r.text,
    coalesce(m.meetings, 0) AS meetings,
    coalesce(s.statements, 0) AS statements
FROM ranked AS r
LEFT JOIN meeting_counts AS m ON m.article_id = r.article_id
LEFT JOIN statement_counts AS s ON s.article_id = r.article_id
WHERE r.revision = r.revisions;

-- A person is a name and a country; a name with no country belongs to the one country it has.
CREATE TEMP TABLE mentioned AS
SELECT p.name, p.country, p.person_id, p.role, p.role_code, p.meeting_id, NULL AS statement_id
FROM participants AS p
INNER JOIN meetings AS m ON m.meeting_id = p.meeting_id
INNER JOIN shown_articles AS a ON a.article_id = m.article_id
WHERE p.kind = 'person'
UNION ALL
SELECT
    s.speaker_name, s.speaker_country, s.person_id, s.speaker_role, s.speaker_role_code,
    NULL AS meeting_id, s.statement_id
FROM statements AS s
INNER JOIN shown_articles AS a ON a.article_id = s.article_id
WHERE s.speaker_kind = 'person' AND s.speaker_name IS NOT NULL;

CREATE TEMP TABLE identities AS
WITH homes AS (
    SELECT name, min(country) AS country
    FROM mentioned
    GROUP BY name
    HAVING count(DISTINCT country) = 1
)
SELECT
    m.*,
    coalesce(m.country, h.country) AS home,
    'p' || left(md5(coalesce(
        m.person_id, m.name || chr(31) || coalesce(m.country, h.country, '')
    )), 16) AS person_key
FROM mentioned AS m
LEFT JOIN homes AS h ON h.name = m.name;

CREATE TEMP TABLE shown_people AS
WITH offices AS (
    SELECT person_key, role, count(*) AS times
    FROM identities
    WHERE role IS NOT NULL
    GROUP BY person_key, role
),
best_offices AS (
    SELECT person_key, list(role ORDER BY times DESC, role)[1:3] AS offices
    FROM offices
    GROUP BY person_key
),
people AS (
    SELECT
        person_key,
        min(name) AS name,
        min(home) AS country,
        min(role_code) AS role_code,
        count(DISTINCT meeting_id) AS meetings,
        count(DISTINCT statement_id) AS statements
    FROM identities
    GROUP BY person_key
)
SELECT
    row_number() OVER (ORDER BY p.meetings + p.statements DESC, p.name, p.person_key) AS number,
    p.*,
    coalesce(o.offices, []) AS offices
FROM people AS p
LEFT JOIN best_offices AS o ON o.person_key = p.person_key;

CREATE TEMP TABLE shown_meetings AS
WITH parties AS (
    SELECT
        p.meeting_id,
        list(
            struct_pack(
                name := p.name, kind := p.kind, role := p.role, country := p.country,
                organization := p.organization, side := p.side, person_key := i.person_key
            ) ORDER BY p.ordinal
        ) AS parties,
        list_sort(list(DISTINCT p.country) FILTER (WHERE p.country IS NOT NULL)) AS countries
    FROM participants AS p
    LEFT JOIN (SELECT DISTINCT meeting_id, name, person_key FROM identities) AS i
        ON i.meeting_id = p.meeting_id AND i.name = p.name AND p.kind = 'person'
    GROUP BY p.meeting_id
)
SELECT
    row_number() OVER (
        ORDER BY m.date_start DESC NULLS LAST, a.number, m.meeting_id
    ) AS number,
    a.number AS article_number,
    m.*,
    coalesce(p.parties, []) AS parties,
    coalesce(p.countries, []) AS countries,
    a.title,
    a.publisher,
    a.published_at,
    a.source_id,
    left(a.text, 400) AS opening
FROM meetings AS m
INNER JOIN shown_articles AS a ON a.article_id = m.article_id
LEFT JOIN parties AS p ON p.meeting_id = m.meeting_id;

CREATE TEMP TABLE shown_statements AS
WITH places AS (
    SELECT owner_id, min(start) AS place FROM spans WHERE field = 'content' GROUP BY owner_id
),
speakers AS (
    SELECT statement_id, min(person_key) AS person_key
    FROM identities
    WHERE statement_id IS NOT NULL
    GROUP BY statement_id
)
SELECT
    row_number() OVER (ORDER BY a.number, c.place, s.statement_id) AS number,
    a.number AS article_number,
    s.*,
    k.person_key,
    coalesce(s.said_on, a.published_at::DATE) AS day,
    a.title,
    a.publisher,
    a.source_id,
    left(a.text, 400) AS opening
FROM statements AS s
INNER JOIN shown_articles AS a ON a.article_id = s.article_id
LEFT JOIN places AS c ON c.owner_id = s.statement_id
LEFT JOIN speakers AS k ON k.statement_id = s.statement_id;

-- One row per meeting and ordered pair of different countries in it; what was called off is out.
CREATE TEMP TABLE pairs AS
SELECT m.number, m.event_id, m.date_start, one.country, two.country AS other
FROM shown_meetings AS m
CROSS JOIN unnest(m.countries) AS one (country)
CROSS JOIN unnest(m.countries) AS two (country)
WHERE one.country <> two.country AND m.status <> 'cancelled';
