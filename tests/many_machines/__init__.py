"""As many machines as a national host has, on this one: a primary and its replica, two web processes, four workers.

`python -m tests.many_machines` (or `make machines`) starts them from the PostgreSQL that pip installs, with the settings of
production, lets people act through both web processes at once, takes processes away, and says of each promise whether it held.
"""
