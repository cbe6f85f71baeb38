"""The answers to the questions of an auditor: one module for each, from rows as they stood and from nothing else."""
