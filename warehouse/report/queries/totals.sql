-- One row: how much there is to see, and what it was made from.
SELECT
    (SELECT count(*) FROM shown_articles) AS articles,
    (SELECT count(*) FROM shown_meetings) AS meetings,
    (SELECT count(DISTINCT event_id) FROM shown_meetings) AS events,
    (SELECT count(*) FROM shown_statements) AS statements,
    (SELECT count(*) FROM shown_people) AS people,
    (SELECT count(DISTINCT country) FROM pairs) AS countries,
    (SELECT count(*) FROM misses) AS misses,
    (SELECT count(*) FROM quarantine) AS quarantined,
    (SELECT min(published_at)::DATE FROM shown_articles) AS first_day,
    (SELECT max(published_at)::DATE FROM shown_articles) AS last_day,
    (SELECT snapshot_id FROM snapshot) AS snapshot_id,
    (SELECT coder_version FROM snapshot) AS coder_version
