"""Asks on the shelf of a bond: put, answered, taken back. One of each person is open at a time."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.utils.timezone import localtime

from nearer import clock
from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.practices.support.ask.rules import Answer, Asked, Seen
from nearer.practices.support.moves import Wish
from nearer.protocol import IllegalMove, Mode, Ready
from nearer.records import between, keeping
from nearer.records.between import Item
from nearer.records.keeping import Gathered, Kind, NotThere
from nearer.records.shelf import Shelf
from nearer.sittings.models import Sitting
from nearer.sittings.practice import practice
from nearer.sittings.run import actions

NOTHING: Mapping[str, str] = MappingProxyType({})
ASKED = Kind(name="asked-for", shape=Asked)


def items_in(found: Gathered, place: Place, *, at: datetime) -> list[Item[Seen]]:
    """Return the asks that are open and that this person has not put away, newest first."""
    return between.items(
        reversed(found.shown(ASKED)),
        place,
        lambda kept: kept.document.seen_by(place.seat, at=localtime(at), changed=localtime(kept.at)),
    )


def clear(found: Gathered, place: Place, *, at: datetime) -> None:
    """Take away the asks that are over, among what was gathered."""
    over = [kept.ref for kept in found.of(ASKED) if kept.document.is_over(at, changed=kept.at)]
    keeping.clear(Shelf.of_bond(place), ASKED, *over)


def ask(place: Place, wish: Wish, words: str, *, at: datetime, once: str = "") -> None:
    """Ask the other for something, once from each page; an earlier ask of this person's makes room for it.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        if keeping.came(shelf, ASKED, once):
            return
        _clear(shelf, place, at)
        asked = Asked(seat=place.seat, wish=wish, words=words, made=at.isoformat())
        kept = keeping.put(shelf, ASKED, asked, at=at, once=once)
        news.tell_other(place, new=kept.ref)


def answer(
    place: Place, ref: UUID, how: Answer, given: Mapping[str, str] = NOTHING, *, at: datetime
) -> UUID | None:
    """Answer the other's ask; "now" opens the room for both.

    Args:
        place: who answers.
        ref: which ask.
        how: in which of the four ways.
        given: a moment, a line, or when there is room again.
        at: now.

    Returns:
        The sitting to go to, if there is one.

    Raises:
        NotThere: there is no such ask, or not any more.
        NotOpen: it is this person's own.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        asked = keeping.get(shelf, ASKED, ref).document
        if asked.is_over(at):
            raise NotThere
        answered = asked.answered(place.seat, how, **given)
        opened = _together(place, asked) if how is Answer.NOW else None
        if opened:
            answered = replace(answered, sitting=str(opened.pk))
        keeping.replace(shelf, ASKED, ref, answered, at=at)
        news.tell_other(place, new=ref)
    if opened is None:
        return None
    with suppress(actions.TooLate, IllegalMove):
        actions.play(ref=opened.pk, place=place, move=Ready(), seq=opened.seq, at=clock.now())
    return opened.pk


def _together(place: Place, asked: Asked) -> Sitting:
    """Return the sitting of an ask: the one it led into while that goes on, and else a new one, whatever else is open."""
    facts = {"seeker": asked.seat, "wish": asked.wish}
    going_on = Sitting.objects.filter(bond=place.bond, is_over=False)
    there = going_on.filter(pk=asked.sitting).first() if asked.sitting else None
    return there or actions.start(place, practice("support"), facts=facts, mode=Mode.LIVE, anew=True)


def _clear(shelf: Shelf, place: Place, at: datetime) -> None:
    for kept in keeping.find(shelf, ASKED):
        if kept.document.seat == place.seat or kept.document.is_over(at):
            keeping.remove(shelf, ASKED, kept.ref)
