"""The parts of One Thing that no other room has, chapter by chapter; what follows what is said in `protocol`."""
