"""The record of a case as files that hold elsewhere, without us: what leaves, how it is written, how it is checked."""
