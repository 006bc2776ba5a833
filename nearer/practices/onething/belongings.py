"""What One Thing keeps of two people beyond its sittings: to take it back, or to take it along."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from nearer.bonds.place import Place
from nearer.practices.onething import switch
from nearer.practices.onething.quiet.looked import LOOKED, PROMPTS
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings.belongings import Part, Piece
from nearer.web.words import words_of


def withdraw(place: Place, *, at: datetime) -> None:
    """Switch it off for this person."""
    switch.withdraw(place)


def own(drawer: Shelf) -> list[Part]:
    """Return what somebody wrote as a kind outsider might see it."""
    pieces = [
        Piece(mine=True, words=words_of(text), about=f"{kept.day.isoformat()} · {PROMPTS[name]}")
        for kept in keeping.find(drawer, LOOKED)
        for name in PROMPTS
        if (text := getattr(kept.document, name))
    ]
    return [Part(title=_("Seven quiet minutes"), pieces=tuple(pieces))]


def shared(place: Place) -> list[Part]:
    """Return nothing: a trial is a plan of theirs, and who switched it on is nobody else's."""
    return []
