"""How fast it is, measured: a national set of data, and the same work done by us, by plain SQL and by what others ship."""
