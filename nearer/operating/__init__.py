"""What whoever runs a copy may know of it: how it is, and nothing of anybody in it."""
