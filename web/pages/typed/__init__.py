"""What a partner said by telephone or letter: typed in by the coordinator, confirmed by the partner (R2)."""
