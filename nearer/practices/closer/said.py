"""What somebody said to a question before, kept for themselves alone because they asked for it.

One answer to each question, the last one, lies in their own drawer. When the question comes again, only they find it,
and may show it. It is theirs: the other withdrawing, leaving or letting it go changes nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nearer.records import keeping
from nearer.records.keeping import Kept, Kind
from nearer.records.shelf import Shelf


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer of one's own.

    Attributes:
        card: the question.
        words: the answer.
    """

    card: str
    words: str


SAID = Kind(name="closer-said", shape=Said)


def keep(drawer: Shelf, card: str, words: str, *, at: datetime) -> None:
    """Keep an answer; an earlier one to the same question makes room for it."""
    keeping.put(drawer, SAID, Said(card=card, words=words), at=at, about=card)


def is_there(drawer: Shelf, card: str) -> bool:
    """Say whether there is an answer to a question, without opening it."""
    return keeping.is_there(drawer, SAID, card)


def before(drawer: Shelf, card: str) -> Kept[Said] | None:
    """Return the answer to a question.

    Raises:
        VaultError: the drawer is closed.
    """
    return next((kept for kept in own(drawer) if kept.document.card == card), None)


def own(drawer: Shelf) -> list[Kept[Said]]:
    """Return all one's answers, newest first.

    Raises:
        VaultError: the drawer is closed.
    """
    return sorted(keeping.find(drawer, SAID), key=lambda kept: kept.at, reverse=True)


def forget(drawer: Shelf, ref: UUID) -> None:
    """Let an answer go; one that is gone already is passed over."""
    keeping.remove(drawer, SAID, ref)
