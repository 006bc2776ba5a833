"""Template tags of the sittings."""
