"""Who may: roles, grants, sight and conflicts."""
