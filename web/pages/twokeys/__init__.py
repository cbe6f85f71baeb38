"""Acts that need two people: asked by one, answered by another."""
