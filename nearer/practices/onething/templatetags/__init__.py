"""Template tags of One Thing."""
