"""What is shown when a request cannot be answered."""
