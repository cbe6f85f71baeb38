"""What the demo cases are about: those that are young and those that have a report."""
