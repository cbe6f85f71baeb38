"""Who travels: each persona with what they do and what they find, in their own words."""
