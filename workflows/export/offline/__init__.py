"""The script that checks an exported record anywhere, in parts: the export puts them together as verify_record.py.

Standard library and Python 3.9 only, so that whoever is given a record needs nothing of ours to check it.
"""
