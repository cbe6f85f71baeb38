"""Two pages for those who watch over how power is shared: who is asked how often, and who could read when."""
