"""The pages served as in production, and the clients that ask for them."""
