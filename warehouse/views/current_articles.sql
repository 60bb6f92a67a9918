-- One row per article: its latest revision. Revisions share an address, or else the source's own id.
WITH ranked AS (
    SELECT
        *,
        max(revision) OVER (
            PARTITION BY coalesce(
                canonical_url, url, source_id || ' ' || external_id, article_id
            )
        ) AS latest
    FROM articles
)
SELECT
    article_id,
    external_id,
    source_id,
    url,
    canonical_url,
    publisher,
    title,
    authors,
    language,
    published_at,
    published_precision,
    published_basis,
    modified_at,
    fetched_at,
    agency,
    dateline_place,
    dateline_country,
    dateline_date,
    text,
    text_sha256,
    story_id,
    revision,
    raw_ref,
    coder_version
FROM ranked
WHERE revision = latest
