-- One row per person shown, those most met and heard first.
SELECT * FROM shown_people WHERE number BETWEEN $first AND $last ORDER BY number
