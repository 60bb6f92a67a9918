-- One row per real meeting, with everybody who reports it.
--
-- participants: The parties as the fullest report names them, ' – ' between them.
-- countries: Their countries, '; ' between them.
-- reports: How many reports there are: an article may tell of one meeting twice.
-- publisher_names: Who reports it, '; ' between them.
-- last_reported_at: Publication time of the latest report, UTC.
-- statuses: Every status that a report gives, '; ' between them.
-- titles: Headlines of the articles, ' | ' between them.
-- urls: Addresses of the articles, ' ' between them.
WITH reports AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY event_id ORDER BY parties DESC, confidence DESC, meeting_id
        ) AS fullness
    FROM meetings_wide
)

SELECT
    e.date_start,
    e.date_end,
    e.kind,
    e.status,
    min(r.participants) FILTER (WHERE r.fullness = 1) AS participants,
    min(r.countries) FILTER (WHERE r.fullness = 1) AS countries,
    e.place,
    e.place_country,
    e.articles,
    e.publishers,
    count(*) AS reports,
    string_agg(DISTINCT r.publisher, '; ' ORDER BY r.publisher) AS publisher_names,
    e.first_reported_at,
    max(r.published_at) AS last_reported_at,
    string_agg(DISTINCT r.status, '; ' ORDER BY r.status) AS statuses,
    string_agg(DISTINCT r.title, ' | ' ORDER BY r.title) AS titles,
    string_agg(DISTINCT r.url, ' ' ORDER BY r.url) AS urls,
    e.event_id
FROM events AS e
INNER JOIN reports AS r ON r.event_id = e.event_id
GROUP BY
    e.event_id,
    e.date_start,
    e.date_end,
    e.kind,
    e.status,
    e.place,
    e.place_country,
    e.articles,
    e.publishers,
    e.first_reported_at
