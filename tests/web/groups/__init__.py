"""The pages of safety groups and of the national ambition."""
