"""How information about people is used, in short, for everybody: a default notice with the organisation's name (IG11)."""
