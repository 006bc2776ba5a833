"""Our Time: the two find what both would like to do, and when; then they are there."""
