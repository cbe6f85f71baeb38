"""The page of a case, and the opening of one."""
