"""What slows guessing down without locking the owner out, and lets a form sent twice count once."""
