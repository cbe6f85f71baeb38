"""How a process works, for anyone, and the picture of where a case stands in it."""
