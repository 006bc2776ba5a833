"""PURE: what can honestly be said from a few answers over time. The arithmetic is SciPy's and NumPy's."""
