"""Papers: uploading, releasing, reading, and commenting on them."""
