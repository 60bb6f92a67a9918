-- One row per week and pair of parties, once with persons and once with countries.
--
-- week: The Monday of the week; null where only month or year is known.
-- level: 'person' or 'country'.
-- party_1: The party that comes first in the alphabet: a person's or a country's name.
-- party_2: The other party.
-- country_1: Country of party_1, ISO 3166-1 alpha-3; INT for international bodies.
-- country_2: Country of party_2.
-- held: Meetings that took place or are under way; reports of one meeting count once.
-- planned: Meetings that are announced.
-- cancelled: Meetings that were called off.
-- kinds: The sorts of meeting, '; ' between them.
-- articles: How many articles report them.
SELECT
    week,
    level,
    party_1,
    party_2,
    country_1,
    country_2,
    count(*) FILTER (WHERE status IN ('held', 'ongoing')) AS held,
    count(*) FILTER (WHERE status = 'planned') AS planned,
    count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
    string_agg(DISTINCT kind, '; ' ORDER BY kind) AS kinds,
    CAST(sum(articles) AS BIGINT) AS articles
FROM event_pairs
GROUP BY week, level, party_1, party_2, country_1, country_2
