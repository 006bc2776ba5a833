"""A run and its log: what is sealed of a sitting, who may open it, and the moves played in it."""
