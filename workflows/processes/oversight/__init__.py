"""The oversight of an investigation (OVS)."""
