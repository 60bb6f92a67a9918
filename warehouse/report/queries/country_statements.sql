-- The latest statements made for a country.
SELECT * FROM shown_statements WHERE speaker_country = $country ORDER BY number LIMIT $limit
