"""The practice partner: one person tries a practice with a script, and nothing is kept."""
