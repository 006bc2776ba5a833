"""What With You keeps of two people beyond its sittings: to take it back, or to take it along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from nearer import clock
from nearer.bonds.place import Place
from nearer.practices.support.alone import CONTACT
from nearer.practices.support.ask import keeping as asks
from nearer.practices.support.ask.keeping import ASKED
from nearer.practices.support.ask.rules import Seen
from nearer.practices.support.cards import card
from nearer.practices.support.forms import LANDINGS, TOUCHES
from nearer.practices.support.known import keeping as known
from nearer.practices.support.known.rules import Comforts
from nearer.practices.support.sky import keeping as skies
from nearer.practices.support.sky.forms import LOOKS
from nearer.practices.support.sky.rules import Look, Shown, Sky
from nearer.protocol import Seat
from nearer.records import between, keeping, one_each
from nearer.records.between import Item
from nearer.records.keeping import Gathered
from nearer.records.shelf import Shelf
from nearer.sittings.belongings import Part, Piece
from nearer.web.words import words_of


def withdraw(place: Place, *, at: datetime) -> None:
    """Take back what this person asked for, answered and shows of their sky."""
    between.withdraw(place, ASKED)
    skies.withdraw(place)
    known.withdraw(place)


def own(drawer: Shelf) -> list[Part]:
    """Return somebody's own skies, what comforts and what helped them, and their own people."""
    good = known.comforts(drawer)
    helped = [
        _mine(
            str(dict(LANDINGS)[kept.document.how]),
            f"{kept.day.isoformat()} · {card(kept.document.wish).name}",
        )
        for kept in keeping.find(drawer, known.HELPED)
    ]
    looks = [_mine(_sky(kept.document), kept.day.isoformat()) for kept in keeping.find(drawer, skies.OWN)]
    people = keeping.find(drawer.at_same_hand(), CONTACT)
    return [
        Part(title=_("Your own weeks"), pieces=tuple(looks)),
        Part(title=_("Comfort without words"), pieces=tuple(_comforts(good))),
        Part(title=_("What helps me"), pieces=tuple(helped)),
        Part(
            title=_("Your own people"),
            pieces=tuple(_mine(each.document.number, each.document.name) for each in people),
        ),
    ]


def shared(place: Place) -> list[Part]:
    """Return what the two asked each other for, and the last skies they showed, as somebody may see it."""
    found, at = keeping.gather(Shelf.of_bond(place), ASKED, skies.SHOWN, known.SHOWN), clock.now()
    asked = [piece for item in asks.items_in(found, place, at=at) for piece in _asked(item)]
    shown = [
        Piece(mine=seat is place.seat, words=words_of(_sky(sky.document)))
        for seat in Seat
        if (sky := skies.shown_of(found, seat, at))
    ]
    return [
        Part(title=_("What you asked each other for"), pieces=tuple(asked)),
        Part(title=_("How are you today?"), pieces=tuple(shown)),
        Part(title=_("Comfort without words"), pieces=tuple(_shown(found, place))),
    ]


def _shown(found: Gathered, place: Place) -> Iterator[Piece]:
    for seat in Seat:
        if kept := one_each.of(found, known.SHOWN, seat):
            yield from (replace(piece, mine=seat is place.seat) for piece in _comforts(kept.document))


def _comforts(one: Comforts) -> Iterator[Piece]:
    names = dict(TOUCHES)
    for touches, about in ((one.yes, _("Good")), (one.no, _("Rather not"))):
        if touches:
            yield _mine(", ".join(str(names[touch]) for touch in touches), about)


def _sky(sky: Sky | Shown) -> str:
    name = str(LOOKS[Look(sky.look)]) if sky.look else ""
    return " · ".join(filter(None, (name, sky.word, sky.line)))


def _mine(text: str, about: str) -> Piece:
    return Piece(mine=True, words=words_of(text), about=about)


def _asked(item: Item[Seen]) -> Iterator[Piece]:
    seen = item.seen
    yield Piece(
        mine=seen.mine, words=words_of(seen.words or card(seen.wish).name), about=card(seen.wish).name
    )
    if seen.line:
        yield Piece(mine=not seen.mine, words=words_of(seen.line), about=_("Answer"))
