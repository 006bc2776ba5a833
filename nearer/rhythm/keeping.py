"""A rhythm as it is kept: on the shelf of the bond, each thing its author's to change or take back."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from nearer.bonds import news
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.calendars import entries
from nearer.calendars.entry import entries_of
from nearer.closeness.picture.rules import counts_from, monday_of
from nearer.protocol import Seat
from nearer.records import keeping
from nearer.records.keeping import BondNotOpen, Gathered, Kind, NotThere, ref_in
from nearer.records.shelf import Shelf
from nearer.rhythm.rules import (
    LEARNS_FROM,
    MINUTES,
    SEASON,
    TALK,
    Chosen,
    Hour,
    Now,
    Offer,
    Phase,
    Said,
    Season,
    What,
    Wish,
    agreed,
    both_wish,
    next_of,
    said_for,
    season_for,
    suggested,
    wish_of,
)
from nearer.web import zones

HOUR = Kind(name="our-hour", shape=Hour)
WISH = Kind(name="rhythm-wish", shape=Wish)
SEASONS = Kind(name="season", shape=Season)
SAID = Kind(name="season-said", shape=Said)
CHOSEN = Kind(name="path-chosen", shape=Chosen)
KINDS = (HOUR, WISH, SEASONS, SAID, CHOSEN)


def gather(place: Place) -> Gathered:
    """Gather all of it; one query, and one of the key store."""
    return keeping.gather(Shelf.of_bond(place), *KINDS)


def offers_in(found: Gathered, place: Place) -> list[Offer]:
    """Return the hours that lie there, as the rules take them."""
    seats = {place.user_at(seat): seat for seat in Seat}
    return [
        Offer(ref=kept.ref, by=seats.get(kept.author, ""), hour=kept.document)
        for kept in found.of(HOUR)
    ]  # fmt: skip


def now_in(found: Gathered, place: Place, *, at: datetime) -> Now:
    """Return what somebody sees of seasons."""
    return season_for(place.seat, _documents(found, WISH), _documents(found, SEASONS), at=at)


def shows_days(found: Gathered, *, at: datetime) -> bool:
    """Say whether both would like to see how often they were together."""
    return both_wish(What.TOGETHER, _documents(found, WISH), at=at)


def chosen_in(found: Gathered) -> dict[date, str]:
    """Return what was chosen, by week."""
    return {
        date.fromisoformat(each.week): each.practice for each in _documents(found, CHOSEN)
    }  # fmt: skip


def suggest(place: Place, begins: datetime, *, at: datetime) -> None:
    """Suggest an hour, in the place of what either suggested before; what is agreed stays until the other says yes.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        if before := suggested(offers_in(gather(place), place)):
            keeping.remove(shelf, HOUR, before.ref)
        keeping.put(shelf, HOUR, Hour(seat=place.seat, begins=begins.isoformat(), zone=zones.name()), at=at)
        news.tell_other(place, new=HOUR.name)


def accept(place: Place, ref: UUID, *, at: datetime) -> None:
    """Say yes to an hour the other suggested; it takes the place of the one there was. One that is gone needs no word.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        lying = offers_in(gather(place), place)
        offer = suggested(lying)
        if offer is None or offer.ref != ref or offer.hour.seat == place.seat:
            return
        if before := agreed(lying):
            _remove(place, before, at)
        yes = replace(offer.hour, said_yes=at.isoformat())
        keeping.replace(shelf, HOUR, ref, _entered(place, yes, at), at=at)
        news.tell_other(place, new=HOUR.name)


def end(place: Place, ref: UUID, *, at: datetime) -> None:
    """End an hour that both want, or take back one's own suggestion; no reason is asked, and the other's stays.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    with keeping.changing(Shelf.of_bond(place), closed=True):
        for offer in offers_in(gather(place), place):
            if offer.ref == ref and (offer.is_agreed or offer.hour.seat == place.seat):
                _remove(place, offer, at)
                news.gone(place, HOUR.name)
                news.tell_other(place)


def plan_next(place: Place, *, at: datetime) -> None:
    """Put the next hour into both calendars, once; where none is agreed, nothing happens.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        offer = agreed(offers_in(gather(place), place))
        if offer:
            # A yes counts from the other's hand alone: whoever seals it now says yes to what is the other's from here on.
            mine = replace(offer.hour, seat=place.seat.other)
            keeping.replace(shelf, HOUR, offer.ref, _entered(place, mine, at), at=at)


def wish(place: Place, what: What, *, at: datetime) -> None:
    """Say that one would like something, from tomorrow morning on. A season begins with the second of two wishes.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        found = gather(place)
        now, wishes = now_in(found, place, at=at), _documents(found, WISH)
        if wish_of(place.seat, what, wishes) or (
            what is What.SEASON and (now.wishes or now.phase is Phase.RUNS)
        ):
            return
        since = counts_from(at, timezone.get_current_timezone()).isoformat()
        mine, theirs = Wish(seat=place.seat, what=what, since=since), wish_of(place.seat.other, what, wishes)
        if what is What.SEASON and theirs:
            _forget(shelf, found, WISH, theirs)
            _forget_old_seasons(shelf, found, at)
            both = {each.seat: each.since for each in (mine, theirs)}
            keeping.put(shelf, SEASONS, Season(since=both), at=at)
        else:
            keeping.put(shelf, WISH, mine, at=at)


def wish_no_more(place: Place, what: What, *, at: datetime) -> None:
    """Take that back at once, also in a closed bond; the other sees what they see while it was not said.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        found = gather(place)
        wishes = _documents(found, WISH)
        if what is What.TOGETHER and both_wish(what, wishes, at=at):
            news.tell_other(place)
        if mine := wish_of(place.seat, what, wishes):
            _forget(shelf, found, WISH, mine)
        for season in _documents(found, SEASONS) if what is What.SEASON else ():
            if season.begins > at:
                _forget(shelf, found, SEASONS, season)
                _leave_theirs(place, season, at)


def end_season(place: Place, *, at: datetime) -> None:
    """End the season that runs, or its talk; what was written at the end of it stays its author's.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        found = gather(place)
        for season in _documents(found, SEASONS):
            if season.begins <= at:
                _forget(shelf, found, SEASONS, season)
                news.tell_other(place)


def say(place: Place, keep: str, change: str, *, at: datetime) -> bool:
    """Write what to keep and what to change, in the place of what one wrote before; once both have, it stays.

    Returns:
        Whether it was kept: not where no season is over, nor where it is open already.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        found = gather(place)
        now = now_in(found, place, at=at)
        mine, theirs = said_for(place.seat, now.begins, _documents(found, SAID))
        if now.phase is not Phase.TALK or (mine and (theirs or mine.is_withdrawn)):
            return False
        if mine:
            _forget(shelf, found, SAID, mine)
        keeping.put(shelf, SAID, Said(seat=place.seat, season=now.begins, keep=keep, change=change), at=at)
        if said_for(place.seat.other, now.begins, _documents(found, SAID))[0]:
            news.tell_other(place, new=SAID.name)
    return True


def unsay(place: Place, season: str, *, at: datetime) -> None:
    """Take back what one wrote at the end of a season, also in a closed bond; what had opened reads withdrawn.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        found = gather(place)
        mine, theirs = said_for(place.seat, season, _documents(found, SAID))
        for kept in found.of(SAID):
            if kept.document == mine:
                gone = Said(seat=place.seat, season=season)
                keeping.keep_left(shelf, SAID, kept, gone if theirs else None)
                if theirs:
                    news.tell_other(place)


def choose(place: Place, practice: str, *, at: datetime) -> None:
    """Choose a practice for this week, or none; what either chose before goes, and what is half a year old.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf, today = Shelf.of_bond(place), timezone.localdate(at)
    week = monday_of(today)
    with keeping.changing(shelf):
        for kept in keeping.find(shelf, CHOSEN):
            monday = date.fromisoformat(kept.document.week)
            if monday == week or monday < today - LEARNS_FROM:
                keeping.remove(shelf, CHOSEN, kept.ref)
        keeping.put(shelf, CHOSEN, Chosen(seat=place.seat, week=week.isoformat(), practice=practice), at=at)
        news.tell_other(place)


def part(place: Place, *, at: datetime) -> None:
    """End what goes on, and take back what has not opened, for somebody who leaves."""
    if place.bond.state != Bond.State.OPEN:
        return
    found = gather(place)
    for offer in offers_in(found, place):
        end(place, offer.ref, at=at)
    for what in What:
        wish_no_more(place, what, at=at)
    end_season(place, at=at)
    for said in _documents(found, SAID):
        if said.seat == place.seat and not said_for(place.seat, said.season, _documents(found, SAID))[1]:
            unsay(place, said.season, at=at)


def withdraw(place: Place, *, at: datetime) -> None:
    """Take back all that this person said here; the bond may be closed."""
    found = gather(place)
    for offer in offers_in(found, place):
        if offer.hour.seat == place.seat and not offer.is_agreed:
            end(place, offer.ref, at=at)
    for what in What:
        wish_no_more(place, what, at=at)
    for said in _documents(found, SAID):
        if said.seat == place.seat:
            unsay(place, said.season, at=at)


def _documents(found: Gathered, kind: Kind[Any]) -> list[Any]:  # Any: of the kind's shape
    return [kept.document for kept in found.of(kind)]


def _forget(shelf: Shelf, found: Gathered, kind: Kind[Any], document: object) -> None:
    for kept in found.of(kind):
        if kept.document == document:
            keeping.remove(shelf, kind, kept.ref)


def _forget_old_seasons(shelf: Shelf, found: Gathered, at: datetime) -> None:
    over: Iterable[Season] = _documents(found, SEASONS)
    for season in over:
        if season.begins + SEASON + TALK <= at:
            _forget(shelf, found, SEASONS, season)


def _leave_theirs(place: Place, season: Season, at: datetime) -> None:
    """Leave the other's wish of a season that has not begun, as if it had been alone all the time."""
    theirs = Wish(seat=place.seat.other, what=What.SEASON, since=season.since[place.seat.other])
    with suppress(BondNotOpen):
        keeping.put(Shelf.of_bond(place), WISH, theirs, at=at)


def _entered(place: Place, hour: Hour, at: datetime) -> Hour:
    """Return an hour with its next time in calendars."""
    had = next((each for each in entries_of(place) if str(each.ref) == hour.entry), None)
    if had and had.document.ends > at:
        return hour
    begins = next_of(hour.starts, since=at)
    return replace(hour, entry=str(entries.add(place, starts=begins, minutes=MINUTES, at=at)))


def _remove(place: Place, offer: Offer, at: datetime) -> None:
    if entry := ref_in(offer.hour.entry):
        with suppress(NotThere, BondNotOpen):
            entries.cancel(place, entry, at=at)
    keeping.remove(Shelf.of_bond(place), HOUR, offer.ref)
