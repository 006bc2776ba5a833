"""Plans: one line that both say yes to, and the place where a topic waits for its own time."""
