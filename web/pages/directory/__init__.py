"""The people of an organisation: their appointments, what they have promised and what they are trained in."""
