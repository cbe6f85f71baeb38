"""The whole record of a case, and the list of rules that were waived."""
