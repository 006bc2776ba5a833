"""A seventh room: each says, sealed, one good thing about today."""
