"""What partners raise outside the stages of a case: a concern for an executive, an item for the board (R12)."""
