"""How the sky is: a ten-second look at how one feels, and what of it the other may see."""
