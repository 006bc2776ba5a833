"""What the parts' templates need."""
