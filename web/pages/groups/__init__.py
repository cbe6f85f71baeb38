"""Safety-related groups: the list, one group with its partners and meetings, and what those who keep the list do."""
