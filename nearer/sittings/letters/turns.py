"""Letters on Today: whose turn it is, said from what the person may know, and when they rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from nearer.protocol import HOUSE_MOVES, Move, Ready
from nearer.sittings.letters import night
from nearer.sittings.run.log import Played, Run, arrived, heard, heard_by

DAY = timedelta(days=1)
SOON = timedelta(hours=36)  # so that it is said on the day before, whenever somebody looks in


class Turn(StrEnum):
    """Where a letter is, for one of the two."""

    WAITS = "waits"  # something came from the other
    MINE = "mine"  # it goes on with me, and nothing new came
    SEALED = "sealed"  # mine is in; it opens when both are
    WITH = "with"  # mine is with the other
    LEAVES = "leaves"  # mine is on its way, and can be taken back
    THEIRS = "theirs"  # the next one is the other's to send, or not
    NIGHT = "night"  # nothing of them is shown before morning
    RESTED = "rested"  # its time has passed, be that written down yet or not


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What Today may say of letters.

    Attributes:
        turn: where they are.
        rests: until when they are open, unless something is sent before; None when both keep them.
        came: when something last came that both know of.
        leaves: when what this person sent reaches the other; None when nothing of theirs is on its way.
        soon: whether they are open for no more than a day and a half, which Today says plainly.
        door: where it takes one tap to take the letter up, the number of moves this person has heard of.
    """

    turn: Turn
    rests: datetime | None
    came: datetime
    leaves: datetime | None = None
    soon: bool = False
    door: int | None = None

    @property
    def waits(self) -> bool:
        """Whether something came from the other that this person has not answered."""
        return self.turn is Turn.WAITS

    def may_remind(self, at: datetime) -> bool:
        """Whether a reminder is offered: on the first day only, so that there is never a second one."""
        return self.waits and at < self.came + DAY


def letter_of(run: Run, at: datetime) -> Letter | None:
    """Return what Today may say of letters to whoever looks.

    Nothing before there is something for them, since writing is nobody's to see.
    """
    if night.rests(run.header, at):
        return _at_night(run)
    run = arrived(run, at)
    known, seat = run.position.known_to(run.seat), run.seat
    rests, came = known.rests, known.touched
    if came is None or known.over or not (known.calls_on(seat) or seat in known.ready):
        return None
    leaves = run.position.waits_for(seat)
    if rests is not None and at >= rests and leaves is None:
        return Letter(turn=Turn.RESTED, rests=rests, came=came)
    door = heard(run) if Ready in run.position.legal(seat) else None
    return Letter(
        turn=_turn(run), rests=rests, came=came, leaves=leaves, soon=rests is not None and rests - at <= SOON, door=door
    )  # fmt: skip


def _at_night(run: Run) -> Letter | None:
    """Return the letters of somebody who has been in them, be there something new or not; of others nothing yet."""
    touched = run.position.touched
    inside = run.seat in run.position.ready and not run.position.over
    return Letter(turn=Turn.NIGHT, rests=None, came=touched) if inside and touched else None


def newest(run: Run) -> Move | None:
    """Return what the other sent last, as long as whoever looks has not gone on from it."""
    sent = _sent(run)
    return sent[-1].move if sent and sent[-1].seat is run.seat.other else None


def _sent(run: Run) -> list[Played]:
    # What reached them last came together with all that led up to it.
    known = heard_by(run, run.seat)
    last = max(
        (seq for seq, played in enumerate(run.log) if known[seq] and played.seat is not run.seat), default=-1
    )
    told = [played for seq, played in enumerate(run.log) if played.seat is run.seat or seq <= last]
    return [played for played in told if _is_sent(played)]


def _turn(run: Run) -> Turn:
    position, seat, sent = run.position, run.seat, _sent(run)
    if position.calls_on(seat):
        # A sealed answer of the other's is nothing new: that it was given is not to be seen.
        return Turn.WAITS if sent and sent[-1].seat is seat.other else Turn.MINE
    if position.waits_for(seat):
        return Turn.LEAVES
    if _sealed_by_me(run):
        return Turn.SEALED
    return Turn.WITH if sent and sent[-1].seat is seat else Turn.THEIRS


def _is_sent(played: Played) -> bool:
    move = played.move
    return type(move) not in HOUSE_MOVES and not (move.sealed or move.unsent or move.ambient)


def _sealed_by_me(run: Run) -> bool:
    mine = [played.move for played in run.log if played.seat is run.seat]
    known = run.position.known_to(run.seat)
    return bool(mine) and mine[-1].sealed and any(kind.sealed for kind in known.open_to(run.seat.other))
