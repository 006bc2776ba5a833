"""Asking the other for something now, outside a sitting, and how the other answers."""
