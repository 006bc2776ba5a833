"""Looking back on a plan: a week after both said yes to it, or on the day that they chose for that.

Each looks for themselves: whether it happened and whether it helped goes into their own drawer. What is to
become of it, *keep*, *adjust* or *drop*, waits unshown until both have said so. Then one word stands for both:
theirs where they agree, and "adjust", the gentlest, where they differ. Which of them said what is gone by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from nearer.bonds.place import Place
from nearer.protocol import Seat
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf

WEEK = timedelta(days=7)


class NotDue(Exception):
    """There is no such plan to look back on now."""


class Verdict(StrEnum):
    """What is to become of a plan."""

    KEEP = "keep"
    ADJUST = "adjust"
    DROP = "drop"


class Look(StrEnum):
    """Where looking back on a plan is, for whoever asks."""

    NOT_YET = ""
    DUE = "due"
    GIVEN = "given"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one of the two says of a plan; shown to nobody, and gone once both have.

    Attributes:
        plan: the id of its record.
        seat: whose word it is.
        verdict: keep, adjust or drop.
    """

    plan: str
    seat: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class Both:
    """What became of a plan, nobody's word in particular."""

    plan: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class Note:
    """What somebody noted for themselves alone.

    Attributes:
        bond: the id of the bond.
        cue: the plan's moment, as it was.
        act: what was to happen then.
        happened: "yes", "partly", "no", or "" for unsaid.
        helped: from 0 to 4, None for unsaid.
    """

    bond: str
    cue: str
    act: str
    happened: str = ""
    helped: int | None = None


SAID = Kind(name="plan-look", shape=Said)
BOTH = Kind(name="plan-looked", shape=Both)
NOTE = Kind(name="plan-note", shape=Note)
KINDS = (SAID, BOTH)


def together(one: Verdict, other: Verdict) -> Verdict:
    """Return the one word for both: theirs where they agree, else the gentlest."""
    return one if one is other else Verdict.ADJUST


def stand(found: Gathered, ref: UUID, seat: Seat, *, is_due: bool) -> Look | Verdict:
    """Return where looking back on an agreed plan is.

    Args:
        found: records of these kinds.
        ref: the plan's.
        seat: whoever asks. It makes no difference to it what the other has said so far.
        is_due: whether it is time for it.
    """
    for kept in found.of(BOTH):
        if kept.document.plan == str(ref):
            return Verdict(kept.document.verdict)
    if any((said.document.plan, said.document.seat) == (str(ref), seat) for said in found.of(SAID)):
        return Look.GIVEN
    return Look.DUE if is_due else Look.NOT_YET


def say(place: Place, ref: UUID, verdict: Verdict, *, at: datetime) -> None:
    """Say what is to become of a plan; the second of the two to say so settles it.

    Args:
        place: who says so, and in which bond.
        ref: the plan's; that it is theirs to look back on is for the caller to know.
        verdict: what they say.
        at: now.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        found = keeping.gather(shelf, *KINDS)
        mine, theirs = (_said_of(found, ref, seat) for seat in (place.seat, place.seat.other))
        if mine or any(kept.document.plan == str(ref) for kept in found.of(BOTH)):
            return
        if theirs is None:
            said = Said(plan=str(ref), seat=place.seat, verdict=verdict)
            keeping.put(shelf, SAID, said, at=at)
            return
        keeping.remove(shelf, SAID, theirs.ref)
        both = together(verdict, Verdict(theirs.document.verdict))
        keeping.put(shelf, BOTH, Both(plan=str(ref), verdict=both), at=at)


def forget(place: Place, ref: UUID) -> None:
    """Take away what was said of a plan that is let go."""
    shelf = Shelf.of_bond(place)
    found = keeping.gather(shelf, *KINDS)
    for said in found.of(SAID):
        if said.document.plan == str(ref):
            keeping.remove(shelf, SAID, said.ref)
    for both in found.of(BOTH):
        if both.document.plan == str(ref):
            keeping.remove(shelf, BOTH, both.ref)


def withdraw(place: Place) -> None:
    """Take away what this person said alone of plans; the word that stands for both is nobody's."""
    shelf = Shelf.of_bond(place)
    for said in keeping.find(shelf, SAID):
        if said.document.seat == place.seat:
            keeping.remove(shelf, SAID, said.ref)


def notes(shelf: Shelf, bond: UUID) -> list[Kept[Note]]:
    """Return somebody's own notes about a bond's plans, newest first.

    Raises:
        VaultError: their drawer is not open.
    """
    mine = [kept for kept in keeping.find(shelf, NOTE) if kept.document.bond == str(bond)]
    return mine[::-1]


def _said_of(found: Gathered, ref: UUID, seat: Seat) -> Kept[Said] | None:
    of_plan = (kept for kept in found.of(SAID) if kept.document.plan == str(ref))
    return next((kept for kept in of_plan if kept.document.seat == seat), None)
