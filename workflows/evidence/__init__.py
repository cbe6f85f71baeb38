"""What the record proves, told for whoever asks: of any case, at any moment, without asking anybody (R16)."""
