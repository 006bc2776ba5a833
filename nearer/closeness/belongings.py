"""What is kept of all this, as the house asks for it: when somebody leaves, takes back, or takes along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from nearer.bonds.place import Place
from nearer.closeness.checkup.keeping import CHECKUP
from nearer.closeness.picture import keeping as pictures
from nearer.closeness.picture.own import MARK
from nearer.closeness.picture.rules import Week
from nearer.closeness.thanks import keeping as thanks
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings.belongings import Part, Piece
from nearer.web.words import words_of

NAME = "closeness"


def part(place: Place, *, at: datetime) -> None:
    """Take back what has not reached the other, for somebody who leaves."""
    pictures.part(place, at=at)
    thanks.part(place, at=at)


def withdraw(place: Place, *, at: datetime) -> None:
    """Take back all that this person gave and the other still has; the bond may be closed."""
    pictures.withdraw(place, at=at)
    thanks.withdraw(place, at=at)


def own(drawer: Shelf) -> list[Part]:
    """Return what somebody keeps for themselves alone; their drawer is open."""
    marks = keeping.find(drawer.at_same_hand(), MARK)
    pieces = [_piece(kept.document.words, kept.document.day) for kept in marks]
    return [
        Part(title=_("What happened"), pieces=tuple(pieces)),
        Part(title=_("Check-ups"), pieces=tuple(_checkups(drawer))),
    ]


def shared(place: Place) -> list[Part]:
    """Return somebody's own pictures and appreciations, and the other's as far as they see them now."""
    at = timezone.now()
    seen = pictures.seen_of(place, at=at)
    theirs = {week.monday: week for week in (*seen.curve, seen.now) if week.is_open}
    pieces = [_piece(_level(week.mine), _week(week)) for week in seen.own]
    pieces += [_piece(_level(week.theirs), _week(week), mine=False) for week in theirs.values()]
    said = [
        Piece(
            mine=item.mine,
            words=words_of(item.thanks.words, withdrawn=item.thanks.is_withdrawn),
            about=item.thanks.week,
        )
        for item in thanks.items_of(place, at=at)
    ]
    return [
        Part(title=_("Pictures of how close you feel"), pieces=tuple(pieces)),
        Part(title=_("Appreciations"), pieces=tuple(said)),
    ]


def _checkups(drawer: Shelf) -> Iterator[Piece]:
    for kept in keeping.find(drawer, CHECKUP):
        said, day = kept.document, kept.day.isoformat()
        if said.good:
            yield _piece(said.good, f"{day} · {said.name}")
        if said.score is not None:
            answers = ", ".join(str(answer + 1) for answer in said.answers)
            yield _piece(f"{said.form}: {said.score} ({answers})", f"{day} · {said.name}")


def _piece(text: str, about: str, *, mine: bool = True) -> Piece:
    return Piece(mine=mine, words=words_of(text), about=about)


def _level(picture: int | None) -> str:
    return _("Picture %(level)s of 7") % {"level": picture}


def _week(week: Week) -> str:
    return _("Week of %(day)s") % {"day": week.monday.isoformat()}
