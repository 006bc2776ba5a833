"""The parts of a conversation: what rooms are made of."""
