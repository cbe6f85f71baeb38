"""A partner's training, up to the two signatures that unlock seats (TRN)."""
