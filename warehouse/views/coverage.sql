-- One row per source, publisher and day of publication: what came in, and what was found in it.
--
-- day: Day of publication, UTC; null for articles with no date.
-- articles: Articles, each counted once in its latest revision.
-- with_meetings: Articles in which a meeting was found.
-- with_statements: Articles in which a statement was found.
-- with_rows: Articles in which either was found.
-- share_with_rows: with_rows / articles, 0 to 1.
-- meetings: Meetings found.
-- statements: Statements found.
-- misses: Phrases that fired and yielded nothing.
WITH met AS (
    SELECT
        article_id,
        count(*) AS found
    FROM meetings
    GROUP BY article_id
),

said AS (
    SELECT
        article_id,
        count(*) AS found
    FROM statements
    GROUP BY article_id
),

missed AS (
    SELECT
        article_id,
        count(*) AS found
    FROM misses
    GROUP BY article_id
)

SELECT
    a.source_id,
    a.publisher,
    CAST(a.published_at AS DATE) AS day,
    count(*) AS articles,
    count(met.found) AS with_meetings,
    count(said.found) AS with_statements,
    count(coalesce(met.found, said.found)) AS with_rows,
    round(count(coalesce(met.found, said.found)) / count(*), 4) AS share_with_rows,
    CAST(coalesce(sum(met.found), 0) AS BIGINT) AS meetings,
    CAST(coalesce(sum(said.found), 0) AS BIGINT) AS statements,
    CAST(coalesce(sum(missed.found), 0) AS BIGINT) AS misses
FROM current_articles AS a
LEFT JOIN met ON met.article_id = a.article_id
LEFT JOIN said ON said.article_id = a.article_id
LEFT JOIN missed ON missed.article_id = a.article_id
GROUP BY a.source_id, a.publisher, CAST(a.published_at AS DATE)
