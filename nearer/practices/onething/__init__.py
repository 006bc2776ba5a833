"""One Thing: one current problem, heard by both, and solved by both or lived with kindly."""
