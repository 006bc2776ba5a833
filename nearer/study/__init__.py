"""Before and after: two looks six weeks apart, for oneself, and for a study if both of two give them. Off until both say yes."""
