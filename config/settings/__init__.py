"""One module of settings for each place the project runs in."""
