"""What is kept of the two looks: each one's yes on the shelf of the bond, each one's answers in their own drawer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from django.utils import timezone

from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.closeness.picture.rules import counts_from
from nearer.protocol import Seat
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf
from nearer.study.models import Study
from nearer.study.rules import Answers, Stand, Wave, What, Wish, is_over, stand


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What is sealed at somebody's hand of a look that they took, or let be: Today asks no more.

    Attributes:
        bond: the id of the bond.
        begun: on which day the looks began.
        wave: which of the two.
    """

    bond: str
    begun: str
    wave: int


WISH = Kind(name="study-wish", shape=Wish)
ANSWERS = Kind(name="study-answers", shape=Answers)
SETTLED = Kind(name="study-settled", shape=Settled)


def people_of(place: Place) -> dict[Seat, str]:
    """Return the id of whoever holds each seat."""
    return {seat: str(place.user_at(seat)) for seat in Seat} if place.them else {}


def stand_in(found: Gathered, place: Place, study: Study | None, *, at: datetime) -> Stand:
    """Return how it stands for one of the two, among what was gathered on the bond's shelf; in a closed bond nobody's yes counts."""
    is_open = place.bond.state == Bond.State.OPEN
    wishes = [kept.document for kept in found.of(WISH) if is_open]
    about = str(study.pk) if study else ""
    return stand(place.seat, people_of(place), wishes, study=about, today=timezone.localdate(at), at=at)


def stand_of(place: Place, study: Study | None, *, at: datetime) -> Stand:
    """Return the same; one query, and one of the key store."""
    return stand_in(keeping.gather(Shelf.of_bond(place), WISH), place, study, at=at)


def wish(place: Place, what: What, *, at: datetime, study: str = "", zone: tzinfo | None = None) -> None:
    """Say yes, from tomorrow morning on. Looks that lie behind both are begun anew by it.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf, me = Shelf.of_bond(place), str(place.me.user_id)
    with keeping.changing(shelf):
        there = keeping.find(shelf, WISH)
        said = [kept.document for kept in there]
        if what is What.LOOK and is_over(people_of(place), said, today=timezone.localdate(at), at=at):
            _remove(shelf, [kept for kept in there if kept.document.what == What.LOOK])
        mine = _mine(keeping.find(shelf, WISH), place, what)
        if not any((kept.document.who, kept.document.study) == (me, study) for kept in mine):
            _remove(shelf, mine)
            since = counts_from(at, zone or timezone.get_current_timezone()).isoformat()
            made = Wish(seat=place.seat, who=me, what=what, since=since, study=study)
            keeping.put(shelf, WISH, made, at=at)


def wish_no_more(place: Place, what: What) -> None:
    """Take a yes back, at once; without the looks nothing is given either.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        for each in {what, What.GIVE}:
            _remove(shelf, _mine(keeping.find(shelf, WISH), place, each))


def answer(drawer: Shelf, made: Answers, *, at: datetime) -> None:
    """Keep what somebody answered in a look; an earlier answer in the same look makes room for it."""
    keeping.put(drawer, ANSWERS, made, at=at, about=f"{made.bond} {made.begun} {made.wave}")
    settle(drawer.at_same_hand(), made.bond, date.fromisoformat(made.begun), Wave(made.wave), at=at)


def settle(hand: Shelf, bond: str, begun: date, wave: Wave, *, at: datetime) -> None:
    """Let Today ask no more for a look."""
    made = Settled(bond=bond, begun=begun.isoformat(), wave=int(wave))
    keeping.put(hand, SETTLED, made, at=at, about=f"{bond} {begun.isoformat()} {int(wave)}")


def own(drawer: Shelf, place: Place) -> list[Kept[Answers]]:
    """Return somebody's own answers in a bond, oldest first.

    Raises:
        VaultError: their drawer is closed.
    """
    return [kept for kept in keeping.find(drawer, ANSWERS) if kept.document.bond == str(place.bond.pk)]


def asks(own: Gathered, place: Place, now: Stand) -> bool:
    """Whether Today shows somebody that a look is open: until they took it, or let it be."""
    if now.wave is None or now.begun is None:
        return False
    here = (str(place.bond.pk), now.begun.isoformat(), int(now.wave))
    settled = (kept.document for kept in own.of(SETTLED))
    return here not in {(each.bond, each.begun, each.wave) for each in settled}


def _mine(there: list[Kept[Wish]], place: Place, what: What) -> list[Kept[Wish]]:
    return [kept for kept in there if kept.document.seat == place.seat and kept.document.what == what]


def _remove(shelf: Shelf, there: list[Kept[Wish]]) -> None:
    for kept in there:
        keeping.remove(shelf, WISH, kept.ref)
