"""The Floor: one speaks, the other says back what they heard, then they change places."""
