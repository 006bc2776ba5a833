"""Fair compromise: pure arithmetic, of which nobody is ever shown a number."""
