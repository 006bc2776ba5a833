"""Repair: a short apology, and an answer in the other's own time."""
