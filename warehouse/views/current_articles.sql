-- One row per article: its latest revision. All versions of one article share page_id.
WITH ranked AS (
    SELECT
        *,
        max(revision) OVER (PARTITION BY page_id) AS latest
    FROM articles
)
SELECT
    article_id,
    page_id,
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
    published_doubt,
    modified_at,
    fetched_at,
    agency,
    dateline_place,
    dateline_country,
    dateline_date,
    is_free,
    text,
    text_sha256,
    story_id,
    revision,
    raw_ref,
    coder_version
FROM ranked
WHERE revision = latest
