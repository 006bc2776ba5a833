"""Leaving a space and coming back, keeping a copy, taking one's words along, and erasing an account."""
