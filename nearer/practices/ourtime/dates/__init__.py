"""Dates: when the two meet, what became of it, and how it was."""
