"""What the templates of the room draw with."""
