"""Drills: `python -m drills` does to a real copy of Nearer what the world will do to it, and counts what is left."""
