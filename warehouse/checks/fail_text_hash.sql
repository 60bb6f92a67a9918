-- An article's text has the SHA-256 that stands beside it.
SELECT
    article_id,
    text_sha256,
    url
FROM articles
WHERE text_sha256 <> sha256(text)
