"""Records: what outlives a sitting, sealed, of whatever kind."""
