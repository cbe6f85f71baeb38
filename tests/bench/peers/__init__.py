"""The packages by themselves, each used as its own documentation shows it: what a project gets that stops there."""
