"""The same rows read and written by SQL that was written by hand: what the database needs, and nothing else."""
