"""The weekly picture: each picks one of seven, sealed until both have; and the curve of the two, if both want one."""
