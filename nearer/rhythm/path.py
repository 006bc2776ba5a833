"""The path through the practices: what this week suggests, from what the two chose and did; and who would like to be led."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from nearer.bonds.place import Place
from nearer.closeness.picture.rules import monday_of
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kind
from nearer.records.shelf import Shelf
from nearer.rhythm.keeping import chosen_in
from nearer.rhythm.rules import LEARNS_FROM, this_week
from nearer.sittings.practice import PracticeConfig, practices, suggested
from nearer.sittings.run import queries
from nearer.vault.ring import Ring


@dataclass(frozen=True, kw_only=True)
class Led:
    """What is sealed when somebody would like to be led in a bond: at their own hand, and nobody else's to know."""

    bond: str


LED = Kind(name="rhythm-led", shape=Led)


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a week has.

    Attributes:
        room: the practice; None for none.
        is_chosen: whether one of the two chose so.
        others: what else there is.
    """

    room: PracticeConfig | None
    is_chosen: bool
    others: list[PracticeConfig]


def step_in(found: Gathered, place: Place, unwanted: tuple[str, ...], *, at: datetime) -> Step:
    """Return what this week has for somebody; one query.

    Args:
        found: what was gathered of the rhythm, and the kinds with which rooms are switched on.
        place: theirs.
        unwanted: the glyphs of what they do not want suggested.
        at: now.
    """
    today = timezone.localdate(at)
    week, rooms = monday_of(today), {room.dialogue.slug: room for room in practices()}
    may = suggested(unwanted, place, found)
    done: dict[str, date] = {}
    for listed in queries.past_sittings(place, most=None, since=today - LEARNS_FROM):
        if listed.day < week:
            done.setdefault(listed.header.room.dialogue.slug, listed.day)
    chosen = chosen_in(found)
    free = {room.dialogue.slug for room in may}
    slug = this_week(list(rooms), free, done, chosen, week=week, since=place.bond.made_on)
    # Whoever chooses a practice for both would tell by it that they have switched it on.
    others = [room for room in may if room.dialogue.slug != slug and not room.gated]
    return Step(room=rooms.get(slug), is_chosen=chosen.get(week) == slug, others=others)


def is_led(own: Gathered, place: Place) -> bool:
    """Say whether somebody would like to be led, among what was gathered at their own hand."""
    return any(kept.document.bond == str(place.bond.pk) for kept in own.of(LED))


def lead(place: Place, ring: Ring, *, on: bool, at: datetime) -> None:
    """Lead somebody from now on, or no more."""
    hand, bond = Shelf.at_hand(place.me.user_id, ring), str(place.bond.pk)
    if on:
        keeping.put(hand, LED, Led(bond=bond), at=at, about=bond)
    else:
        keeping.remove(hand, LED, hand.row_about(LED.name, bond))
