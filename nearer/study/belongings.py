"""What is kept of before and after, as the house asks for it: when somebody leaves, takes back, or takes along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from nearer.bonds.place import Place
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings.belongings import Part, Piece
from nearer.study import giving
from nearer.study.keeping import ANSWERS
from nearer.study.rules import Wave
from nearer.web.words import words_of

NAME = "before-and-after"


def part(place: Place, *, at: datetime) -> None:
    """Take back both yeses, and all that was given, for somebody who leaves."""
    giving.stop_look(place)


withdraw = part


def own(drawer: Shelf) -> list[Part]:
    """Return what somebody keeps for themselves alone; their drawer is open."""
    return [Part(title=_("Before and after"), pieces=tuple(_pieces(drawer)))]


def _pieces(drawer: Shelf) -> Iterator[Piece]:
    for kept in keeping.find(drawer, ANSWERS):
        made = kept.document
        said = [_("Before") if made.wave == Wave.BEFORE else _("After")]
        said += [_("Picture %(level)s of 7") % {"level": made.picture}]
        if made.score is not None:
            answers = ", ".join(str(answer + 1) for answer in made.answers)
            said += [f"{made.form}: {made.score} ({answers})"]
        yield Piece(
            mine=True, words=words_of(" · ".join(said)), about=f"{kept.day.isoformat()} · {made.name}"
        )
