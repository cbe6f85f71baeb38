"""Fills a database with a believable national set: cases walked through the real doors once, then written again and again."""
