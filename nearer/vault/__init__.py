"""The vault: how words are sealed, and who holds the keys that open them."""
