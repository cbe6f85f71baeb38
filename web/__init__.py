"""The pages people use: they ask and show, and never decide."""
