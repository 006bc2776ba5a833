"""The parking place: a topic or a solution that came up at the wrong moment, kept for both until its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from nearer.bonds.place import Place
from nearer.protocol import Words
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf
from nearer.web.words import words_of

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
        parked: when, so that these things keep their order whatever is done with them.
        earlier: how it read before it was edited, oldest first.
        withdrawn: whether whoever said it took it back.
    """

    text: str
    for_other: bool = False
    parked: str = ""
    earlier: tuple[str, ...] = ()
    withdrawn: bool = False


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
    text: Words
    mine: bool
    may_go: bool
    on_phone_of: str = ""


def items_in(found: Gathered, place: Place) -> list[Item]:
    """Return the parked things among what was gathered, oldest first; of one's own withdrawn ones nothing is left."""
    kept = sorted(
        found.shown(PARKED), key=lambda each: (each.document.parked or each.at.isoformat(), each.ref)
    )
    items = [_item(each, place) for each in kept]
    return [item for item in items if not (item.mine and item.text.withdrawn)]


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
    found = _item(keeping.get(Shelf.of_bond(place), PARKED, ref), place)
    if found.text.withdrawn and found.mine:
        raise keeping.NotThere
    return found


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
        there = [each for each in items_of(place) if not each.text.withdrawn]
        theirs = [each for each in there if each.mine is not for_other]
        for each in theirs:
            if each.text == text:
                return each
        if len(theirs) >= EACH_MOST:
            raise Full
        thing = Parked(text=text, for_other=for_other, parked=at.isoformat())
        return _item(keeping.put(shelf, PARKED, thing, at=at), place)


def let_go(place: Place, ref: UUID, *, at: datetime) -> None:
    """Let a parked thing go, if it is this person's to take; otherwise nothing happens.

    Of one's own words it stays to be seen that they were withdrawn, also in a closed bond; the other folds that away.
    """
    try:
        found = item(place, ref)
    except keeping.NotThere:
        return
    if found.mine:
        _again(place, ref, Parked(text="", withdrawn=True), at=at)
    elif found.may_go:
        keeping.remove(Shelf.of_bond(place), PARKED, ref)


def edit(place: Place, ref: UUID, text: str, *, at: datetime) -> None:
    """Put other words into something one parked: both see that it was edited, and how it read.

    Raises:
        NotThere: it is gone, or not this person's.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        if not item(place, ref).mine:
            raise keeping.NotThere
        kept = keeping.get(shelf, PARKED, ref).document
        if kept.text != text:
            earlier = (*kept.earlier, kept.text)
            _again(place, ref, Parked(text=text, parked=kept.parked, earlier=earlier), at=at)


def _again(place: Place, ref: UUID, thing: Parked, *, at: datetime) -> None:
    """Seal it anew: from now on it is from whoever does, on their own phone."""
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        parked = thing.parked or keeping.get(shelf, PARKED, ref).document.parked
        keeping.replace(shelf, PARKED, ref, replace(thing, parked=parked), at=at, closed=True)


def _item(kept: Kept[Parked], place: Place) -> Item:
    typed_here, for_other = kept.author == place.me.user_id, kept.document.for_other
    mine = typed_here is not for_other
    typist = place.my_card if typed_here else place.their_card
    thing = kept.document
    text = words_of(thing.text, earlier=tuple(thing.earlier), withdrawn=thing.withdrawn)
    return Item(
        ref=kept.ref, text=text, mine=mine, may_go=mine or typed_here or thing.withdrawn,
        on_phone_of=typist.name if for_other and typist else "",
    )  # fmt: skip
