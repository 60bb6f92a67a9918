-- One row per value that the text should give and that was not found: how often, of how many.
SELECT 'Articles with no publication date' AS what, count(*) FILTER (WHERE published_at IS NULL) AS rows, count(*) AS of_rows FROM shown_articles
UNION ALL
SELECT 'Articles with neither meeting nor statement', count(*) FILTER (WHERE meetings + statements = 0), count(*) FROM shown_articles
UNION ALL
SELECT 'Meetings with no date', count(*) FILTER (WHERE date_start IS NULL), count(*) FROM shown_meetings
UNION ALL
SELECT 'Meetings with no place', count(*) FILTER (WHERE place IS NULL AND place_country IS NULL), count(*) FROM shown_meetings WHERE kind NOT IN ('phone_call', 'video_call')
UNION ALL
SELECT 'Meetings with fewer than two countries', count(*) FILTER (WHERE len(countries) < 2), count(*) FROM shown_meetings
UNION ALL
SELECT 'Statements by a speaker with no name', count(*) FILTER (WHERE speaker_name IS NULL), count(*) FROM shown_statements
UNION ALL
SELECT 'Statements by a speaker with no country', count(*) FILTER (WHERE speaker_country IS NULL), count(*) FROM shown_statements
UNION ALL
SELECT 'People with no office', count(*) FILTER (WHERE len(offices) = 0), count(*) FROM shown_people
