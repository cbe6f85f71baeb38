"""Who sits on a case: asking, answering, declaring, leaving."""
