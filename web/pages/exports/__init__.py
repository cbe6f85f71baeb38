"""Taking out the record of a case, as files that can be checked anywhere."""
