"""How words are written down in somebody's own copy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nearer.protocol import Words
from nearer.sittings.belongings import Part

# Any: plain JSON values throughout.
type Plain = dict[str, Any]


def words_of(words: Words, *, mine: bool) -> Plain:
    """Return words as they are written down: whose, how they read, and what became of them."""
    plain: Plain = {"mine": mine, "text": "" if words.withdrawn else str(words)}
    if words.withdrawn:
        plain["withdrawn"] = True
    if words.earlier:
        plain["earlier"] = list(words.earlier)
    return plain


def parts_of(name: str, parts: Iterable[Part], *, only_mine: bool = False) -> list[Plain]:
    """Return what a practice, or what else there is, keeps, heading by heading; an empty one is left out.

    Args:
        name: what it is called in the data.
        parts: what it keeps.
        only_mine: leave out what the other wrote.
    """
    found = []
    for part in parts:
        words = [
            words_of(piece.words, mine=piece.mine) | ({"about": piece.about} if piece.about else {})
            for piece in part.pieces
            if piece.mine or not only_mine
        ]
        if words:
            found.append({"practice": name, "title": part.title, "words": words})
    return found
