"""Plan lines: "When …, then we …". One puts it to the other, who says yes from their own session.

A yes counts when whoever sealed the line last is not the one who proposed it: the author is part of what is
sealed, so it cannot be given for somebody else. It begins the next morning, and until then it can be taken back.

Each of the two goes by their own morning: whoever said yes may take it back until theirs, and the other finds it begun
from theirs on. So a night lies between for both, and neither learns from it where the other lives.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils import timezone

from nearer.bonds import news
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.plans import looks
from nearer.protocol import Seat
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf
from nearer.vault.errors import VaultError

PART_MOST = 140
OPEN_MOST = 3
MORNING = 6  # o'clock, on the day after a yes


class PlansFull(Exception):
    """There are as many open lines as two people can keep in mind."""


class NotTheirs(Exception):
    """Nobody says yes to their own line."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is sealed.

    Attributes:
        cue: the moment: "the kitchen is tidy".
        act: what the two do then: "sit on the sofa".
        proposed: when, so that the lines keep their order whatever is done with them.
        said_yes: when the other did; empty until then. It counts only from whoever did not propose the line.
        earlier: how it read before its proposer edited it, oldest first: cue and act.
        withdrawn: whether its proposer took the words back.
        proposer: the seat of whoever proposed it.
        by: a day for it, as 2026-01-31; empty for none.
        is_trial: whether it is tried until that day, and looked back on then.
    """

    cue: str
    act: str
    proposer: str
    proposed: str = ""
    said_yes: str = ""
    earlier: tuple[tuple[str, str], ...] = ()
    withdrawn: bool = False
    by: str = ""
    is_trial: bool = False


PLAN = Kind(name="plan", shape=Plan)
KINDS = (PLAN, *looks.KINDS)
"""What has to be gathered to show plan lines."""


class Stand(StrEnum):
    """How a line stands, for whoever looks."""

    AGREED = "agreed"
    BEGINS = "begins"  # both said yes; until their morning whoever said it last may take it back
    WITHDRAWN = "withdrawn"  # the other took their words back
    PUT_TO_ME = "put to me"
    PUT_TO_THEM = "put to them"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A plan line as one of the two sees it."""

    ref: UUID
    cue: str
    act: str
    stand: Stand
    mine: bool = False
    earlier: tuple[tuple[str, str], ...] = ()
    by: date | None = None
    is_trial: bool = False
    begins_today: bool = False  # it begins this morning, which has not come yet
    look: str = ""  # once it is time for it: "due", "given", or what became of it


@dataclass(frozen=True, kw_only=True)
class Lines:
    """The open lines of a bond as one of the two sees them, oldest first.

    Attributes:
        lines: those that this person has not put away.
        is_full: whether one has to go before another can come; what is put away counts.
    """

    lines: tuple[Line, ...]
    is_full: bool

    @property
    def agreed(self) -> list[Line]:
        """Those both said yes to."""
        return self._that(Stand.AGREED)

    @property
    def put_to_me(self) -> list[Line]:
        """Those the other proposes."""
        return self._that(Stand.PUT_TO_ME)

    @property
    def put_to_them(self) -> list[Line]:
        """Those I propose."""
        return self._that(Stand.PUT_TO_THEM)

    @property
    def begins(self) -> list[Line]:
        """Those both said yes to, and that begin with the next morning."""
        return self._that(Stand.BEGINS)

    @property
    def withdrawn(self) -> list[Line]:
        """Those the other took back."""
        return self._that(Stand.WITHDRAWN)

    def _that(self, stand: Stand) -> list[Line]:
        return [line for line in self.lines if line.stand is stand]


def lines_in(found: Gathered, place: Place, *, at: datetime | None = None) -> Lines:
    """Return the plan lines among what was gathered of `KINDS`.

    Args:
        found: what was gathered.
        place: who looks.
        at: now, unless another moment is meant.

    Raises:
        VaultError: a line says it was proposed by somebody who has no seat here.
    """
    at = at or timezone.now()
    kept = sorted(found.of(PLAN), key=lambda each: (each.document.proposed or each.at.isoformat(), each.ref))
    lines = [_looked(_line(each, place, at), each, found, place, at) for each in kept]
    theirs = [line for line in lines if line.stand is not Stand.WITHDRAWN or not line.mine]
    seen = tuple(line for line in theirs if str(line.ref) not in found.away)
    return Lines(lines=seen, is_full=sum(line.stand is not Stand.WITHDRAWN for line in lines) >= OPEN_MOST)


def lines_of(place: Place, *, at: datetime | None = None) -> Lines:
    """Return a bond's plan lines.

    Raises:
        VaultError: one of them does not open.
    """
    return lines_in(keeping.gather(Shelf.of_bond(place), *KINDS), place, at=at)


def propose(place: Place, *, cue: str, act: str, at: datetime) -> None:
    """Put a line to the other; the same line twice is one line.

    Raises:
        PlansFull: there are enough open ones.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        open_lines = lines_of(place, at=at)
        if any((line.cue, line.act) == (cue, act) for line in open_lines.lines):
            return
        if open_lines.is_full:
            raise PlansFull
        plan = Plan(cue=cue, act=act, proposer=place.seat, proposed=at.isoformat())
        kept = keeping.put(shelf, PLAN, plan, at=at)
        news.tell_other(place, new=kept.ref)


def hold(place: Place, *, cue: str, act: str, by: date, at: datetime, is_trial: bool = False) -> None:
    """Keep a line that the other put to this person in a practice, and that they say yes to: it is agreed.

    Args:
        place: whoever says yes.
        cue: its moment.
        act: what they do then.
        by: the day for it.
        at: now.
        is_trial: whether they look back on that day, not a week after the yes.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    when = at.isoformat()
    plan = Plan(
        cue=cue,
        act=act,
        proposer=place.seat.other,
        proposed=when,
        said_yes=when,
        by=by.isoformat(),
        is_trial=is_trial,
    )
    keeping.put(Shelf.of_bond(place), PLAN, plan, at=at)


def put_forward(place: Place, *, cue: str, act: str, by: date, at: datetime, is_trial: bool = False) -> None:
    """Keep a line that both spoke about on this person's phone: the other says yes to it on their own pages.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    plan = Plan(cue=cue, act=act, proposer=place.seat, proposed=at.isoformat(), by=by.isoformat(), is_trial=is_trial)  # fmt: skip
    kept = keeping.put(Shelf.of_bond(place), PLAN, plan, at=at)
    news.tell_other(place, new=kept.ref)


def confirm(place: Place, ref: UUID, *, at: datetime) -> None:
    """Say yes to a line the other proposed; to one that is agreed already, nothing is added.

    Both see it at once. It begins the next morning, and until then the yes can be taken back.

    Raises:
        NotThere: it has been let go meanwhile.
        NotTheirs: this person proposed it.
        BondNotOpen: nothing new is kept in this bond.
    """
    _answer(place, ref, Stand.PUT_TO_ME, said_yes=at.isoformat(), at=at)
    news.tell_both(place, new=ref)


def take_back_yes(place: Place, ref: UUID, *, at: datetime) -> None:
    """Take back a yes before the morning on which the line begins, also in a closed bond; afterwards nothing happens.

    Raises:
        NotThere: it has been let go meanwhile.
        NotTheirs: this person proposed it.
    """
    _answer(place, ref, Stand.BEGINS, said_yes="", at=at, closed=True)
    news.gone(place, ref)
    news.tell_both(place)


def edit(place: Place, ref: UUID, *, cue: str, act: str, at: datetime) -> None:
    """Put other words into one's own line: the other sees that it was edited, and says yes anew if they like.

    Raises:
        NotThere: it has been let go meanwhile.
        NotTheirs: the other proposed it.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        plan = _own(place, ref).document
        if (plan.cue, plan.act) != (cue, act):
            earlier = (*plan.earlier, (plan.cue, plan.act))
            edited = replace(plan, cue=cue, act=act, said_yes="", earlier=earlier)
            keeping.replace(shelf, PLAN, ref, edited, at=at)
            news.tell_other(place, new=ref)


def withdraw(place: Place, ref: UUID, *, at: datetime) -> None:
    """Take the words of one's own line back, also in a closed bond: the other finds that they were withdrawn.

    Raises:
        NotThere: it has been let go meanwhile.
        NotTheirs: the other proposed it.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        _own(place, ref)
        looks.forget(place, ref)
        gone = Plan(cue="", act="", proposer=place.seat, withdrawn=True)
        keeping.replace(shelf, PLAN, ref, gone, at=at, closed=True)
        news.gone(place, ref)
        news.tell_other(place)


def withdraw_all(place: Place, *, at: datetime) -> None:
    """Take back every line of one's own, in a bond that one has left: what waited went with `part`."""
    for line in lines_of(place, at=at).lines:
        if line.mine:
            withdraw(place, line.ref, at=at)


def let_go(place: Place, ref: UUID, *, at: datetime) -> None:
    """Let a line go. The other's goes without a trace; of one's own it stays to be seen that it was withdrawn."""
    try:
        withdraw(place, ref, at=at)
    except NotTheirs:
        keeping.remove(Shelf.of_bond(place), PLAN, ref)
        looks.forget(place, ref)
        news.gone(place, ref)
        news.tell_other(place)


def part(place: Place, *, at: datetime) -> None:
    """Take back a yes that has not begun, and what waits unshown, for somebody who leaves.

    Nothing that is wrong with what is kept here keeps them.
    """
    if place.bond.state != Bond.State.OPEN:
        return
    with suppress(VaultError, keeping.BondNotOpen):
        for line in lines_of(place, at=at).begins:
            if not line.mine:
                _answer(place, line.ref, Stand.BEGINS, said_yes="", at=at)
        looks.withdraw(place)


def morning_after(at: datetime) -> datetime:
    """Return when the next morning begins where whoever looks lives."""
    tomorrow = timezone.localtime(at) + timedelta(days=1)
    return tomorrow.replace(hour=MORNING, minute=0, second=0, microsecond=0, fold=0)


def _answer(
    place: Place, ref: UUID, stand: Stand, *, said_yes: str, at: datetime, closed: bool = False
) -> None:
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=closed):
        kept = keeping.get(shelf, PLAN, ref)
        if kept.document.proposer == place.seat:
            raise NotTheirs
        if _line(kept, place, at).stand is stand:
            keeping.replace(shelf, PLAN, ref, replace(kept.document, said_yes=said_yes), at=at, closed=closed)


def _own(place: Place, ref: UUID) -> Kept[Plan]:
    kept = keeping.get(Shelf.of_bond(place), PLAN, ref)
    if kept.document.proposer != place.seat or kept.document.withdrawn:
        raise NotTheirs
    return kept


def _line(kept: Kept[Plan], place: Place, at: datetime) -> Line:
    plan = kept.document
    if plan.proposer not in list(Seat):
        raise VaultError
    earlier = tuple((cue, act) for cue, act in plan.earlier)
    mine, stand = plan.proposer == place.seat, _stand(kept, place, at)
    begins = morning_after(datetime.fromisoformat(plan.said_yes)) if stand is Stand.BEGINS else None
    return Line(
        ref=kept.ref,
        cue=plan.cue,
        act=plan.act,
        stand=stand,
        mine=mine,
        earlier=earlier,
        by=date.fromisoformat(plan.by) if plan.by else None,
        is_trial=plan.is_trial,
        begins_today=begins is not None and begins.date() == timezone.localdate(at),
    )


def _stand(kept: Kept[Plan], place: Place, at: datetime) -> Stand:
    plan = kept.document
    if plan.withdrawn:
        return Stand.WITHDRAWN
    mine = plan.proposer == place.seat
    # Only from whoever did not propose it: the author is sealed with it, so nobody writes a yes for another.
    if plan.said_yes and kept.author != place.user_at(Seat(plan.proposer)):
        begins = morning_after(datetime.fromisoformat(plan.said_yes))
        if at >= begins and not (mine and _is_too_late(begins, place)):
            return Stand.AGREED
        return Stand.PUT_TO_THEM if at >= begins else Stand.BEGINS
    return Stand.PUT_TO_THEM if mine else Stand.PUT_TO_ME


def _is_too_late(begins: datetime, place: Place) -> bool:
    """Whether the space was closed before the morning of the other's yes: then it is not shown any more."""
    closed_on = place.bond.closed_on
    return closed_on is not None and begins.astimezone(UTC).date() > closed_on


def _looked(line: Line, kept: Kept[Plan], found: Gathered, place: Place, at: datetime) -> Line:
    if line.stand is not Stand.AGREED:
        return line
    is_due = at >= datetime.fromisoformat(kept.document.said_yes) + looks.WEEK
    if line.is_trial and line.by:
        is_due = timezone.localdate(at) >= line.by
    return replace(line, look=looks.stand(found, kept.ref, place.seat, is_due=is_due))
