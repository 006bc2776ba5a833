"""With You: one of the two asks for what would help now, and the other is there in that way."""
