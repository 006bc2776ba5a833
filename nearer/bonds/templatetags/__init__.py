"""Template tags of bonds."""
