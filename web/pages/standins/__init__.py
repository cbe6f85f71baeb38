"""A partner's seat passes to somebody who stands in, and comes back."""
