"""Taking back: words that were said, an account with all that was its own, and what has run out."""
