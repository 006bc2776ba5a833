"""The benchmark: `python -m bench` measures a real server on a temporary data folder."""
