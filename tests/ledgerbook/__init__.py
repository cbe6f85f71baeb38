"""A little app with recorded and insert-only models, so that the ledger is tested without the product's own facts."""
