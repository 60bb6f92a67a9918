-- One row per statement and country that its content mentions: who speaks about whom, and how.
--
-- speaker_country_name: English name of the speaker's country.
-- about_country: The country mentioned, ISO 3166-1 alpha-3.
-- about_country_name: English name of the country mentioned.
-- is_own_country: Whether the speaker speaks about the own country; null where that is not known.
WITH mentions AS (
    SELECT
        statement_id,
        unnest(string_split(countries_mentioned, '; ')) AS about_country
    FROM statements
    WHERE countries_mentioned IS NOT NULL
)

SELECT
    s.speaker_country,
    s.speaker_country_name,
    m.about_country,
    c.country_name AS about_country_name,
    m.about_country = s.speaker_country AS is_own_country,
    s.speech_act,
    s.speaker_name,
    s.speaker_role_code,
    s.cue,
    s.form,
    s.content,
    s.said_on,
    s.published_at,
    s.publisher,
    s.url,
    s.confidence,
    s.statement_id,
    s.article_id
FROM mentions AS m
INNER JOIN statements_wide AS s ON s.statement_id = m.statement_id
LEFT JOIN countries AS c ON c.country = m.about_country
