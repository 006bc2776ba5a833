"""Skies: one's own in one's drawer, with the latest at hand; what the other may see on the shelf of the bond, the latest alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.practices.support.sky.rules import SHOWN_FOR, Rhythm, Shown, Sky, agreed
from nearer.records import keeping, one_each, putaway
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf
from nearer.vault.ring import Ring

OWN = Kind(name="sky", shape=Sky)
LATEST = Kind(name="sky-latest", shape=Sky)
SHOWN = Kind(name="sky-shown", shape=Shown)
RHYTHM = Kind(name="sky-rhythm", shape=Rhythm)


@dataclass(frozen=True, kw_only=True)
class Skies:
    """What is to be seen of the two skies.

    Attributes:
        mine: my latest.
        since: when that was.
        shown: what of mine the other sees now.
        theirs: what the other shows me, unless I put it away.
        theirs_ref: the id of that.
        days: after how many days Today asks.
        own_days: how often I chose to be asked; None for not chosen.
    """

    mine: Sky | None
    since: datetime | None
    shown: Shown | None
    theirs: Shown | None
    theirs_ref: UUID | None
    days: int
    own_days: int | None


def look(place: Place, ring: Ring, sky: Sky, *, at: datetime, once: str = "") -> None:
    """Keep how somebody is, and show it to the other where they chose so; what was shown before goes. Once from each page.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    person, bond = place.me.user_id, str(place.bond.pk)
    own = replace(sky, bond=bond)
    if keeping.came(drawer := Shelf.of_person(person, ring), OWN, once):
        return
    keeping.put(drawer, OWN, own, at=at, once=once)
    keeping.put(Shelf.at_hand(person, ring), LATEST, own, at=at, about=bond)
    if sky.shown:
        told = Shown(seat=place.seat, look=sky.look, word=sky.word, line=sky.line, talk=sky.talk)
        one_each.put(place, SHOWN, told, at=at)
        news.tell_other(place, new=SHOWN.name)


def hide(place: Place) -> None:
    """Take back what the other sees.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    if one_each.take(place, SHOWN):
        news.gone(place, SHOWN.name)
        news.tell_other(place)


def choose(place: Place, days: int, *, at: datetime) -> None:
    """Say how often one would like to be asked.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    one_each.put(place, RHYTHM, Rhythm(seat=place.seat, days=days), at=at)


def withdraw(place: Place) -> None:
    """Take back what this person shows, and their rhythm."""
    hide(place)
    one_each.take(place, RHYTHM)


def skies_in(found: Gathered, own: Gathered, place: Place, *, at: datetime) -> Skies:
    """Return what is to be seen, among what was gathered on the bond's shelf and at this person's hand."""
    latest = [kept for kept in own.of(LATEST) if kept.document.bond == str(place.bond.pk)]
    rhythms = [kept.document for kept in found.of(RHYTHM)]
    shown, theirs = shown_of(found, place.seat, at), shown_of(found, place.seat.other, at)
    seen = theirs if theirs and str(theirs.ref) not in found.away else None
    return Skies(
        mine=latest[-1].document if latest else None, since=latest[-1].at if latest else None,
        shown=shown.document if shown else None, theirs=seen.document if seen else None,
        theirs_ref=seen.ref if seen else None, days=agreed(rhythms),
        own_days=next((each.days for each in rhythms if each.seat == place.seat), None),
    )  # fmt: skip


def gathered(place: Place, ring: Ring) -> tuple[Gathered, Gathered]:
    """Gather what a page needs that is not made of cards, with one query."""
    bond, hand = Shelf.of_bond(place), Shelf.at_hand(place.me.user_id, ring)
    found, own = keeping.gather_all([(bond, (SHOWN, RHYTHM)), (hand, (LATEST, putaway.AWAY))])
    return replace(found, away=putaway.among(own, place)), own


def shown_of(found: Gathered, seat: str, at: datetime) -> Kept[Shown] | None:
    """Return the last that somebody showed, while it is fresh."""
    kept = one_each.of(found, SHOWN, seat)
    return kept if kept and at - kept.at < SHOWN_FOR else None
