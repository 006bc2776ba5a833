"""The Needs Mirror: what matters to each, guessed, shown, asked about, and met."""
