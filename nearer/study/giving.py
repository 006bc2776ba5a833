"""Giving one's own answers to a study, one look at a time, and taking them back.

Whose they are stands in two places, and in both sealed: in the bond, under which made-up name the two give; and at each one's
own hand, which rows are theirs. Either is enough to take back all that both gave.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from nearer.bonds.place import Place
from nearer.database import writing
from nearer.protocol import Seat
from nearer.records import keeping
from nearer.records.keeping import Kept, Kind
from nearer.records.shelf import Shelf
from nearer.study import box
from nearer.study.keeping import stand_of, wish_no_more
from nearer.study.models import Study
from nearer.study.rules import Answers, Row, Wave, What
from nearer.vault.ring import Ring

_owed: set[UUID] = set()  # pairs that were withdrawn while nothing could be stored


@dataclass(frozen=True, kw_only=True)
class Pair:
    """What is sealed in a bond of the name under which the two give.

    Attributes:
        study: the id of the study.
        pair: the random id of the two there.
        first: the seat of whoever is person 1, drawn by lot.
    """

    study: str
    pair: str
    first: str

    def __post_init__(self) -> None:
        """Refuse what is no such name."""
        UUID(self.study), UUID(self.pair), Seat(self.first)


@dataclass(frozen=True, kw_only=True)
class Given:
    """What is sealed at somebody's hand of a look they gave.

    Attributes:
        bond: the id of the bond.
        pair: the id of the two in the study.
        begun: on which day the looks began.
        wave: which of the two.
        row: the id of what lies in the box.
    """

    bond: str
    pair: str
    begun: str
    wave: int
    row: str

    def __post_init__(self) -> None:
        """Refuse what is nothing given."""
        UUID(self.pair), UUID(self.row), Wave(self.wave)


type Lies = dict[tuple[str, Wave], UUID]
"""Looks that lie with a study, by when they began and which of the two it is, and under which id."""

PAIR = Kind(name="study-pair", shape=Pair)
GIVEN = Kind(name="study-given", shape=Given)


class NotNow(Exception):
    """Not both are giving, or this look was given already."""


def pair_of(place: Place, study: Study | None) -> UUID | None:
    """Return the id of the two in a study; None while neither has given anything."""
    there = _pairs(place, study)
    return UUID(there[0].document.pair) if there else None


def given(hand: Shelf, pair: UUID | None) -> Lies:
    """Return which looks somebody gave, and under which id each lies there."""
    if pair is None:
        return {}
    mine = [kept.document for kept in keeping.find(hand, GIVEN) if kept.document.pair == str(pair)]
    return {(each.begun, Wave(each.wave)): UUID(each.row) for each in mine if box.is_there(UUID(each.row))}


def give(place: Place, ring: Ring, study: Study, made: Answers, *, at: datetime) -> None:
    """Give one look of one's own: exactly what `row_of` shows of it.

    Raises:
        NotNow: not both are giving, the study takes nothing more, or this look was given.
        BondNotOpen: nothing new is kept in this bond.
    """
    hand, shelf, wave = Shelf.at_hand(place.me.user_id, ring), Shelf.of_bond(place), Wave(made.wave)
    with keeping.changing(hand), keeping.changing(shelf):
        if study.closed_on or not stand_of(place, study, at=at).is_giving:
            raise NotNow
        there = _pairs(place, study) or [_drawn(shelf, study, at)]
        pair = UUID(there[0].document.pair)
        if wave in {each for _, each in given(hand, pair)}:
            raise NotNow
        person = 1 if there[0].document.first == place.seat else 2
        ref = box.put(study, pair, row_of(made, box.name_of(pair), person))
        note = Given(bond=str(place.bond.pk), pair=str(pair), begun=made.begun, wave=int(wave), row=str(ref))
        keeping.put(hand, GIVEN, note, at=at, about=f"{pair} {int(wave)}")


def row_of(made: Answers, pair: str, person: int) -> Row:
    """Return what leaves of a look: numbers, and no day, no name, no word."""
    return Row(
        pair=pair, person=person, wave=Wave(made.wave), picture=made.picture, form=made.form,
        version=made.version, answers=tuple(made.answers),
    )  # fmt: skip


def take_back(place: Place, ring: Ring, study: Study | None, made: Answers) -> None:
    """Take one look of one's own back."""
    there = given(Shelf.at_hand(place.me.user_id, ring), pair_of(place, study))
    if ref := there.get((made.begun, Wave(made.wave))):
        with writing():
            box.take_out(ref)


def stop(place: Place) -> None:
    """Give no more: all that both gave goes for good, whoever of them stops.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    with writing():
        wish_no_more(place, What.GIVE)
        take_out(place)


def take_out(place: Place) -> None:
    """Take all that both gave out of the boxes.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        there = keeping.find(shelf, PAIR)
        for kept in there:
            keeping.remove(shelf, PAIR, kept.ref)
        box.erase([UUID(kept.document.pair) for kept in there])


def stop_look(place: Place) -> None:
    """Have no looks any more, and give nothing.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    with writing():
        wish_no_more(place, What.LOOK)
        stop(place)


def stop_without(user_id: UUID, ring: Ring, bond: UUID | None = None) -> None:
    """Take back all that somebody gave, with nothing but their own keys: in one bond, or in all.

    What the other of a bond gave goes with it, as in `stop`.
    """
    with writing():
        box.erase(_given_by(user_id, ring, bond))


def owe(user_id: UUID, ring: Ring, bond: UUID) -> None:
    """Remember, while nothing can be stored, what has to be taken back as soon as it can be."""
    _owed.update(_given_by(user_id, ring, bond))


def settle_owed() -> None:
    """Take back what is owed.

    Raises:
        DatabaseError: nothing can be stored yet.
    """
    if owed := set(_owed):
        with writing():
            box.erase(owed)
        _owed.difference_update(owed)


def _given_by(user_id: UUID, ring: Ring, bond: UUID | None) -> Collection[UUID]:
    mine = (kept.document for kept in keeping.find(Shelf.at_hand(user_id, ring), GIVEN))
    return {UUID(each.pair) for each in mine if bond is None or each.bond == str(bond)}


def _pairs(place: Place, study: Study | None) -> list[Kept[Pair]]:
    if study is None:
        return []
    there = keeping.find(Shelf.of_bond(place), PAIR)
    return [kept for kept in there if kept.document.study == str(study.pk)]


def _drawn(shelf: Shelf, study: Study, at: datetime) -> Kept[Pair]:
    made = Pair(study=str(study.pk), pair=str(uuid4()), first=secrets.choice(list(Seat)))
    return keeping.put(shelf, PAIR, made, at=at)
