"""Is power shared here, or only said to be? What can be counted of it, organisation by organisation; never a score of a person."""
