"""One's own page: what one is trained in, where one sits, what one said and what came of it, and who looked."""
