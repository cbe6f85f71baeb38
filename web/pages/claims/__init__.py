"""Claims for time and expenses: the partner's own, the payment office's queue, totals for those who watch (R20, IG10)."""
