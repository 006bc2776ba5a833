"""What one of the two tells the other outside a sitting, and how the other receives it."""
