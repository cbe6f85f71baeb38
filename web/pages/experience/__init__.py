"""What it is like to be a partner: the questions, put to all of them, and answered by whoever likes to."""
