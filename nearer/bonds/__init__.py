"""Bonds: two people who practise together, and how they come to."""
