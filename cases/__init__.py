"""Facts: organisations, people, cases, seats, papers and what was said about them."""
