"""What an improvement project has of its own: holds, measures, what it was like to be involved, and "you said, we did"."""
