"""The parking place: a topic or a solution that came up at the wrong moment, kept for both until its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nearer.bonds.place import Place
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf

TEXT_MOST = 140
EACH_MOST = 5


class Full(Exception):
    """This person has as many parked things as may wait at once."""


@dataclass(frozen=True, kw_only=True)
class Parked:
    """What is sealed.

    Attributes:
        text: what it is about.
        for_other: whether it is the other's, entered on the author's phone.
    """

    text: str
    for_other: bool = False


PARKED = Kind(name="parked", shape=Parked)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A parked thing as one of the two sees it.

    Attributes:
        ref: its id.
        text: what it is about.
        mine: whether it is this person's own.
        may_go: whether this person may let it go.
        on_phone_of: the name of whoever typed it for the other; empty when it was typed by its own person.
    """

    ref: UUID
    text: str
    mine: bool
    may_go: bool
    on_phone_of: str = ""


def items_in(found: Gathered, place: Place) -> list[Item]:
    """Return the parked things among what was gathered, oldest first."""
    return [_item(kept, place) for kept in found.of(PARKED)]


def items_of(place: Place) -> list[Item]:
    """Return what a bond has parked.

    Raises:
        VaultError: something in it does not open.
    """
    return items_in(keeping.gather(Shelf.of_bond(place), PARKED), place)


def item(place: Place, ref: UUID) -> Item:
    """Return one parked thing, to open a sitting about it.

    Raises:
        NotThere: there is none, or no longer.
        VaultError: it does not open.
    """
    return _item(keeping.get(Shelf.of_bond(place), PARKED, ref), place)


def park(place: Place, text: str, *, at: datetime, for_other: bool = False) -> Item:
    """Keep something for both; the same words of the same person twice are one thing.

    Args:
        place: who types it, and in which bond.
        text: at most 140 characters.
        at: now.
        for_other: it is the other's, typed on this person's phone; it takes one of the other's places.

    Raises:
        Full: five things of the same person wait already.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        theirs = [each for each in items_of(place) if each.mine is not for_other]
        for each in theirs:
            if each.text == text:
                return each
        if len(theirs) >= EACH_MOST:
            raise Full
        return _item(keeping.put(shelf, PARKED, Parked(text=text, for_other=for_other), at=at), place)


def let_go(place: Place, ref: UUID) -> None:
    """Take a parked thing away, if it is this person's to take; otherwise nothing happens."""
    try:
        may_go = item(place, ref).may_go
    except keeping.NotThere:
        return
    if may_go:
        keeping.remove(Shelf.of_bond(place), PARKED, ref)


def _item(kept: Kept[Parked], place: Place) -> Item:
    typed_here, for_other = kept.author == place.me.user_id, kept.document.for_other
    mine = typed_here is not for_other
    typist = place.my_card if typed_here else place.their_card
    return Item(
        ref=kept.ref, text=kept.document.text, mine=mine, may_go=mine or typed_here,
        on_phone_of=typist.name if for_other and typist else "",
    )  # fmt: skip
