"""Wishes on the shelf of a bond: one record of each of the two, and what of both is ever shown.

Whatever is made for one of the two here is made of their own words, of the ideas the other has written down openly, and of
what both would like since before the day began; of nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from hashlib import blake2b
from typing import Any
from uuid import uuid4

from django.utils import timezone

from nearer.bonds.place import Place
from nearer.content.deck import entries_of
from nearer.content.decks import deck
from nearer.practices.ourtime.moves import Level
from nearer.practices.ourtime.wishes.rules import OWN_MOST, Wishes, common
from nearer.practices.ourtime.wishes.sieve import Sieve
from nearer.protocol import Seat
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf
from nearer.sittings.run.drawn import KINS, NOBODYS

WISHES = Kind(name="time-wishes", shape=Wishes)
DECK = "time.ideas"
DEALS = 8  # parts of the deck that both go through one after the other


class WishesFull(Exception):
    """There are as many ideas of one's own as one person can mean."""


@dataclass(frozen=True, kw_only=True)
class Idea:
    """Something to do, from the deck or of one's own.

    Attributes:
        id: its id.
        text: what it is.
        facts: what the deck says of it; nothing of one's own.
        by: the seat of whoever wrote it; empty for the deck's.
    """

    id: str
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)  # Any: words and numbers
    by: str = ""

    @property
    def act(self) -> str:
        """How it reads after "then we": what somebody typed stays as they typed it."""
        return self.text if self.by else as_act(self.text)


def as_act(text: str) -> str:
    """Return a text of the deck as it reads after "then we"."""
    return text[:1].lower() + text[1:]


def of_seat(found: Gathered, seat: str) -> Wishes:
    """Return what one of the two has said; nothing yet is wishes with nothing in them."""
    kept = _record(found, seat)
    return kept.document if kept else Wishes(seat=seat, said={})


def day_of(at: datetime) -> datetime:
    """Return when the day began for whoever looks, where they live."""
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def next_day(at: datetime) -> datetime:
    """Return when the next day begins for whoever speaks, where they live."""
    there = timezone.localtime(at)
    return datetime.combine(there.date() + timedelta(days=1), time(), there.tzinfo)


def ideas_for(
    found: Gathered, place: Place, *, at: datetime, among: Collection[str] | None = None
) -> dict[str, Idea]:
    """Return every idea that this person may meet: the deck's, their own, and from the next day on the other's own.

    Args:
        found: the two records of wishes.
        place: who looks.
        at: now.
        among: the ids of those that are looked for; all, when that is not said.
    """
    kin = KINS.get(place.kin, NOBODYS)
    if among is None:
        suited = entries_of(deck(DECK), kin=kin)
    else:
        suited = tuple(entry for entry in deck(DECK).called(among) if entry.suits(*kin))
    ideas = [Idea(id=entry.id, text=entry.text, facts=entry.facts) for entry in suited]
    for seat in Seat:
        wishes = of_seat(found, seat)
        since = wishes.by(day_of(at))
        shown = [own for own in wishes.own if seat is place.seat or own[0] in since]
        ideas += [Idea(id=ref, text=text, by=seat) for ref, text in shown]
    return {idea.id: idea for idea in ideas if among is None or idea.id in among}


def left_for(found: Gathered, place: Place, sieve: Sieve, *, at: datetime) -> list[Idea]:
    """Return the ideas this person has said nothing of yet, the other's own first.

    The others come a few dozen at a time, the same for both, so that what both would like is soon met by both; among
    those each has an order of their own, so that nobody can tell what the other has met already.
    """
    mine = of_seat(found, place.seat)
    fresh = [
        idea
        for idea in ideas_for(found, place, at=at).values()
        if mine.now(idea.id) is None and sieve.lets(idea.facts)
    ]
    return sorted(fresh, key=lambda idea: (not idea.by, *_shuffled(place, idea.id)))


def both_in(
    found: Gathered, place: Place, *, at: datetime, done: Mapping[str, str] | None = None
) -> list[Idea]:
    """Return what both would like since before the day began, best first.

    Args:
        found: the two records of wishes.
        place: who looks.
        at: now.
        done: the day on which the two last did an idea, by its id.
    """
    mine, theirs = (of_seat(found, seat) for seat in (place.seat, place.seat.other))
    said = mine.said.keys() & theirs.said.keys()
    if not said:
        return []
    ideas = ideas_for(found, place, at=at, among=said)
    novelty = {each: int(idea.facts.get("novelty", 0)) for each, idea in ideas.items()}
    return [ideas[each] for each in common(mine, theirs, day_of(at), novelty=novelty, done=done or {})]


def said_by(found: Gathered, place: Place, *, at: datetime) -> list[tuple[Idea, Level]]:
    """Return what this person has said, the most liked first."""
    mine, ideas = of_seat(found, place.seat), ideas_for(found, place, at=at)
    said = [
        (ideas[each], level) for each in mine.said if each in ideas and (level := mine.now(each)) is not None
    ]
    return sorted(said, key=lambda each: (-each[1], each[0].text))


def say(place: Place, idea: str, level: Level | None, *, at: datetime) -> None:
    """Say how much one would like something, or take back what one said of it.

    Nobody is told: what becomes of it shows with the next day.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """

    def said(mine: Wishes) -> Wishes:
        return mine.without(idea) if level is None else mine.saying(idea, level, at, next_day(at))

    _change(place, at, said)


def say_several(place: Place, said: list[tuple[str, int]], *, at: datetime) -> None:
    """Say how much one would like several ideas of the deck, named by their text. One left out is no word about it.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    named = {entry.text: entry.id for entry in deck(DECK).entries}

    def saying(mine: Wishes) -> Wishes:
        for text, level in said:
            if (idea := named.get(text)) and (level or mine.now(idea) is not None):
                mine = mine.saying(idea, Level(level), at, next_day(at))
        return mine

    _change(place, at, saying)


def add(place: Place, text: str, *, at: datetime) -> None:
    """Write down an idea of one's own; the other meets it among their cards from the next day on.

    Raises:
        WishesFull: there are enough of them.
        BondNotOpen: nothing new is kept in this bond.
    """

    def added(mine: Wishes) -> Wishes:
        if len(mine.own) >= OWN_MOST:
            raise WishesFull
        same = any(own == text for _, own in mine.own)
        return mine if same else mine.adding(f"own-{uuid4().hex}", text, at, next_day(at))

    _change(place, at, added)


def withdraw(place: Place) -> None:
    """Take back all that this person said and wrote down."""
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        if kept := _record(keeping.gather(shelf, WISHES), place.seat):
            keeping.remove(shelf, WISHES, kept.ref)


def _change(place: Place, at: datetime, change: Any) -> None:  # Any: from wishes to wishes
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        found = keeping.gather(shelf, WISHES)
        before, kept = of_seat(found, place.seat), _record(found, place.seat)
        if (changed := change(before)) == before:
            return
        if kept:
            keeping.replace(shelf, WISHES, kept.ref, changed, at=at)
        else:
            keeping.put(shelf, WISHES, changed, at=at)


def _record(found: Gathered, seat: str) -> Kept[Wishes] | None:
    return next((kept for kept in found.of(WISHES) if kept.document.seat == seat), None)


def _shuffled(place: Place, idea: str) -> tuple[int, bytes]:
    ours, mine = (
        blake2b(f"{whose}:{idea}".encode(), digest_size=8).digest() for whose in (place.bond.pk, place.me.pk)
    )
    return ours[0] % DEALS, mine
