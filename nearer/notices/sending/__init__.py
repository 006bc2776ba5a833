"""Sending one notice by one channel. Each has the same words, and none knows what it is about."""
