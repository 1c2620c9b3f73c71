"""Step 9: the month's indicators, defined once over plain tables; signing a month; the two control tables."""
