"""Plain words: how a summary reads while it is written."""
