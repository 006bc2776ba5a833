"""Us: what grows between two people, said honestly."""
