"""The check-up: twice a year, strengths first, for oneself alone."""
