"""For how long records are kept, what is held, what is due for review, and what was disposed of."""
