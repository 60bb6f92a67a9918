-- The people of a country most met and heard.
SELECT * FROM shown_people WHERE country = $country ORDER BY number LIMIT $limit
