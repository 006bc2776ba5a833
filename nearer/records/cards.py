"""Gathering the cards of a page. Django's app registry is the only registry of those who bring some.

An app that has something to show on Today brings a `today.py`, on Us a `us.py`, in a look-back on a week a `week.py`,
where a sitting has come to its own end an `ending.py`: a function `cards`, and the kinds of records it needs, `KINDS` from the bond's shelf and `OWN` from what lies at the reader's own hand. All of them
are found with one question, however many there are. Whoever asks more than that for its cards brings `waiting` as well,
which says for several bonds at once in which of them something waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils import timezone

from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.records import keeping, putaway
from nearer.records.keeping import Gathered, Kind
from nearer.records.shelf import Shelf
from nearer.vault import damage
from nearer.web.cards import Card, Rank

TODAY, US, WEEK, ENDING = "today", "us", "week", "ending"
LATELY = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Here:
    """What a card may be made of.

    Attributes:
        request: of whoever looks.
        place: their place in the bond that the page is about.
        at: now.
        found: the records of the bond's shelf that the cards asked for, and what this person put away.
        own: those at this person's own hand; none while their phone lies between two people.
        visits: whether somebody looks; a page that only asks again uses nothing up.
    """

    request: MemberRequest
    place: Place
    at: datetime
    found: Gathered
    own: Gathered
    visits: bool

    @property
    def away(self) -> frozenset[str]:
        """The ids of what this person put out of their own sight."""
        return self.found.away

    def is_lately(self, day: date) -> bool:
        """Say whether a day is one of the last seven, which a look-back is about."""
        today = timezone.localdate(self.at)
        return today - LATELY < day <= today


def us(request: MemberRequest, place: Place, *, at: datetime, visits: bool) -> list[Card]:
    """Return all cards of Us, in nobody's order. What does not open costs its own card and no other.

    Args:
        request: of whoever looks.
        place: the bond it is about.
        at: now.
        visits: whether somebody looks, and not only their page.
    """
    return _all(US, request, place, at=at, visits=visits)


def week(request: MemberRequest, place: Place, *, at: datetime) -> list[Card]:
    """Return all cards of a look-back on the last seven days: what both may see, in nobody's order.

    Args:
        request: of whoever looks.
        place: the bond it is about.
        at: now.
    """
    return _all(WEEK, request, place, at=at, visits=False)


def ending(request: MemberRequest, place: Place, *, at: datetime) -> list[Card]:
    """Return what goes on where a sitting has come to its own end, in nobody's order.

    Args:
        request: of whoever looks.
        place: the bond it was in.
        at: now.
    """
    return _all(ENDING, request, place, at=at, visits=False)


def _all(page: str, request: MemberRequest, place: Place, *, at: datetime, visits: bool) -> list[Card]:
    bringers = _bringers(page)
    here = _heres(bringers, [place], partial(Here, request=request, at=at, visits=visits))[0]
    return [card for bringer in bringers for card in _brought(bringer, here)]


def today(
    request: MemberRequest, place: Place | None, others: Sequence[Place], *, at: datetime, visits: bool
) -> tuple[list[Card], list[Place]]:
    """Return all cards of Today, and those of somebody's other bonds in which something waits for them.

    As many queries for all of them as for two.

    Args:
        request: of whoever looks.
        place: the bond the page is about, if there is one.
        others: the other ones.
        at: now.
        visits: whether somebody looks, and not only their page.
    """
    places = [*([place] if place else []), *others]
    if not places:
        return [], []
    bringers = _bringers(TODAY)
    heres = _heres(bringers, places, partial(Here, request=request, at=at, visits=visits))
    here, elsewhere = (heres[0], heres[1:]) if place else (None, heres)
    brought = [card for bringer in bringers for card in _brought(bringer, here)] if here else []
    waits = {bond for bringer in bringers for bond in _waiting(bringer, elsewhere)} if elsewhere else set()
    return brought, [each for each in others if each.bond.pk in waits]


def _waiting(bringer: ModuleType, heres: Sequence[Here]) -> set[UUID]:
    if hasattr(bringer, "waiting"):
        found: set[UUID] = bringer.waiting(heres)
        return found
    return {
        here.place.bond.pk
        for here in heres
        if any(card.place in {Rank.NOW, Rank.MINE} for card in _brought(bringer, here))
    }


@cache
def _bringers(page: str) -> tuple[ModuleType, ...]:
    names = (f"{config.name}.{page}" for config in apps.get_app_configs())
    return tuple(import_module(name) for name in names if find_spec(name))


def _heres(bringers: tuple[ModuleType, ...], places: Sequence[Place], whose: partial[Here]) -> list[Here]:
    request, kinds = whose.keywords["request"], _kinds(bringers, "KINDS")
    wanted: list[tuple[Shelf, Sequence[Kind[Any]]]] = [(Shelf.of_bond(place), kinds) for place in places]
    own = [*_kinds(bringers, "OWN"), putaway.AWAY]
    if request.ring.private:
        wanted.append((Shelf.at_hand(request.user.pk, request.ring), own))
    found = keeping.gather_all(wanted)
    at_hand = found.pop() if request.ring.private else Gathered(found={kind.name: [] for kind in own})
    return [
        whose(place=place, found=replace(each, away=putaway.among(at_hand, place)), own=at_hand)
        for place, each in zip(places, found, strict=True)
    ]


@cache
def _kinds(bringers: tuple[ModuleType, ...], name: str) -> tuple[Kind[Any], ...]:  # Any: of whichever shape
    """Return the kinds that these bring, each once, and as far back as any of them asks for it."""
    brought = [kind for bringer in bringers for kind in getattr(bringer, name, ())]
    widest_last = sorted(brought, key=lambda kind: kind.within or timedelta.max)
    return tuple({kind.name: kind for kind in widest_last}.values())


def _brought(bringer: ModuleType, here: Here) -> list[Card]:
    return damage.opened(bringer.__name__, here.place.bond.pk, lambda: list(bringer.cards(here))) or []
