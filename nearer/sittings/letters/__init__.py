"""Letters: each writes in their own time; whose turn it is, and the one reminder somebody may ask for."""
