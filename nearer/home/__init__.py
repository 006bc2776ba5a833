"""Home: the page of today, and one's own settings."""
