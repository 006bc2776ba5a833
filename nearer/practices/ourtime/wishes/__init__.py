"""Wishes: what each would like to do, and what both would."""
