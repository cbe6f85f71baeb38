"""A partner's training: the items of a case, what can be done about each, what is required by whom, and the partner's own page."""
