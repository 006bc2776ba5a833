"""The page of a sitting: what one person may see of it now, and what its page offers."""
