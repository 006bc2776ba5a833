"""What somebody may keep of a move for themselves alone: their answer to a question."""

from __future__ import annotations

from datetime import datetime

from nearer.practices.closer import said
from nearer.practices.closer.moves import Answer, Share
from nearer.practices.closer.protocol import Closer
from nearer.protocol import Move
from nearer.records.shelf import Shelf


def remember(drawer: Shelf, move: Move, after: Closer, *, at: datetime, once: str) -> None:
    """Keep a written answer with the question it was given to."""
    if isinstance(move, Answer | Share) and move.words:
        said.keep(drawer, after.now_card, str(move.words), at=at)
