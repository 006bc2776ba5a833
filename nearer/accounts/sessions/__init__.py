"""A session: opened around an unlocked vault, listed for its owner, and ended."""
