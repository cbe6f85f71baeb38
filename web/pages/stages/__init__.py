"""The work of a stage: submitting, saying what one thinks, deciding."""
