"""What Our Time keeps of two people beyond its sittings: to take it back, or to take it along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from nearer.bonds.place import Place
from nearer.practices.ourtime import films
from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.dates.keeping import Item
from nearer.practices.ourtime.forms import LEVELS
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.records import keeping
from nearer.records.keeping import Gathered
from nearer.records.shelf import Shelf
from nearer.sittings.belongings import Part, Piece
from nearer.web.words import words_of


def withdraw(place: Place, *, at: datetime) -> None:
    """Take back what this person would like, put forward, told and named."""
    wishes.withdraw(place)
    dates.withdraw(place, at=at)
    films.withdraw(place)


def own(drawer: Shelf) -> list[Part]:
    """Return nothing: what is somebody's alone here lies with the bond, sealed to them by its rules."""
    return []


def shared(place: Place) -> list[Part]:
    """Return what somebody said of ideas, the dates and how they were as they may see them, and the films."""
    found, at = keeping.gather(Shelf.of_bond(place), wishes.WISHES, dates.OUTING, films.FILM), timezone.now()
    named = [
        Piece(mine=kept.document.seat == place.seat, words=words_of(kept.document.title))
        for kept in found.of(films.FILM)
    ]
    told = [piece for item in dates.items_in(found, place, at=at) for piece in _told(item)]
    return [
        Part(title=_("What you would like to do"), pieces=tuple(_said(found, place, at))),
        Part(title=_("Your dates, and how they were"), pieces=tuple(told)),
        Part(title=_("Films"), pieces=tuple(named)),
    ]


def _said(found: Gathered, place: Place, at: datetime) -> Iterator[Piece]:
    names = dict(LEVELS)
    for idea, level in wishes.said_by(found, place, at=at):
        yield Piece(mine=True, words=words_of(idea.text), about=str(names[level]))


def _told(item: Item) -> Iterator[Piece]:
    about = timezone.localtime(item.was).date().isoformat() if item.was else item.it.cue
    yield Piece(mine=item.mine, words=words_of(item.it.act), about=about)
    for mine, words in item.moments:
        yield Piece(mine=mine, words=words_of(words), about=_("Its best moment"))
