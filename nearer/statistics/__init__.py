"""PURE: what can honestly be said from a few answers over time, or from many pairs. The arithmetic is SciPy's, NumPy's and statsmodels'."""
