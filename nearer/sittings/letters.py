"""Letters on Today: whose turn it is, said from what the person may know, and when they rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from nearer.protocol import HOUSE_MOVES, QUIET_END
from nearer.sittings.log import Played, Run, arrived, heard_by

DAY = timedelta(days=1)


class Turn(StrEnum):
    """Where a letter is, for one of the two."""

    WAITS = "waits"  # something came from the other
    MINE = "mine"  # it goes on with me, and nothing new came
    SEALED = "sealed"  # mine is in; it opens when both are
    WITH = "with"  # mine is with the other
    LEAVES = "leaves"  # mine is on its way, and can be taken back
    THEIRS = "theirs"  # the next one is the other's to send, or not
    RESTED = "rested"  # its time has passed, be that written down yet or not


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What Today may say of letters.

    Attributes:
        turn: where they are.
        rests: when they rest, unless something is sent before.
        leaves: when what this person sent reaches the other; None when nothing of theirs is on its way.
    """

    turn: Turn
    rests: datetime
    leaves: datetime | None = None

    @property
    def came(self) -> datetime:
        """When something last came that both know of."""
        return self.rests - QUIET_END

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
    run = arrived(run, at)
    known, seat = run.position.known_to(run.seat), run.seat
    rests = known.rests
    if rests is None or not (known.calls_on(seat) or seat in known.ready):
        return None
    leaves = run.position.waits_for(seat)
    if at >= rests and leaves is None:
        return Letter(turn=Turn.RESTED, rests=rests)
    return Letter(turn=_turn(run), rests=rests, leaves=leaves)


def _turn(run: Run) -> Turn:
    position, seat = run.position, run.seat
    # What reached them last came together with all that led up to it.
    known = heard_by(run, seat)
    last = max(
        (seq for seq, played in enumerate(run.log) if known[seq] and played.seat is not seat), default=-1
    )
    told = [played for seq, played in enumerate(run.log) if played.seat is seat or seq <= last]
    sent = [played for played in told if _is_sent(played)]
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
    return bool(mine) and mine[-1].sealed and type(mine[-1]) in known.open_to(run.seat.other)
