"""Appreciations: a line a week each, for something the other did or is; nobody owes one."""
