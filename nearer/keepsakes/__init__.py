"""Keepsakes: photos and voice notes that two people keep together."""
