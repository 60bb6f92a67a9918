-- One row per measure and value: how dates and speakers were found, what was missed or unusable.
--
-- measure: What is counted.
-- value: The value counted; '(none)' for null.
-- rows: Rows with this value.
-- share: Their share of the measure's rows, 0 to 1.
WITH counted AS (
    SELECT 'articles: published_basis' AS measure, published_basis AS value FROM articles
    UNION ALL
    SELECT 'meetings: date_basis', date_basis FROM meetings
    UNION ALL
    SELECT 'meetings: status', status FROM meetings
    UNION ALL
    SELECT 'participants: role_code', CASE WHEN role_code IS NULL THEN NULL ELSE 'known' END
    FROM participants
    WHERE kind = 'person'
    UNION ALL
    SELECT 'participants: country', CASE WHEN country IS NULL THEN NULL ELSE 'known' END
    FROM participants
    UNION ALL
    SELECT
        'statements: speaker',
        CASE
            WHEN speaker_kind = 'unnamed' THEN 'unnamed'
            WHEN speaker_name IS NULL THEN NULL
            ELSE 'resolved'
        END
    FROM statements
    UNION ALL
    SELECT 'statements: form', form FROM statements
    UNION ALL
    SELECT 'misses: ' || kind, reason FROM misses
    UNION ALL
    SELECT 'quarantine', reason FROM quarantine
)

SELECT
    measure,
    coalesce(value, '(none)') AS value,
    count(*) AS rows,
    round(count(*) / sum(count(*)) OVER (PARTITION BY measure), 4) AS share
FROM counted
GROUP BY measure, coalesce(value, '(none)')
