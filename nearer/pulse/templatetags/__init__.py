"""What the templates of the pulse are drawn with."""
