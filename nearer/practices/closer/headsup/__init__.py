"""A heads-up: what one is deciding, feels or thinks, before it surprises the other."""
