"""The words we use: the list for everybody, and how it is kept."""
