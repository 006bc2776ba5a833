"""Letters on Today: whose turn it is, said from what the person may know, and when they rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from nearer.protocol import HOUSE_MOVES, QUIET_END
from nearer.sittings.log import Played, Run

DAY = timedelta(days=1)


class Turn(StrEnum):
    """Where a letter is, for one of the two."""

    WAITS = "waits"  # something came from the other
    MINE = "mine"  # it goes on with me, and nothing new came
    SEALED = "sealed"  # mine is in; it opens when both are
    WITH = "with"  # mine is with the other
    THEIRS = "theirs"  # the next one is the other's to send, or not
    RESTED = "rested"  # its time has passed, be that written down yet or not


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What Today may say of letters.

    Attributes:
        turn: where they are.
        rests: when they rest, unless something is sent before.
    """

    turn: Turn
    rests: datetime

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
    position, seat = run.position, run.seat
    due = position.due
    if due is not None and due <= at and due != position.rests:
        run = replace(
            run, position=position.lapse(due)
        )  # a pause of its own is over, be that stored yet or not
        position = run.position
    rests = position.rests
    if rests is None or not (position.calls_on(seat) or seat in position.ready):
        return None
    return Letter(turn=_turn(run) if at < rests else Turn.RESTED, rests=rests)


def _turn(run: Run) -> Turn:
    position, seat = run.position, run.seat
    sent = [played for played in run.log if _is_sent(played)]
    if position.calls_on(seat):
        # A sealed answer of the other's is nothing new: that it was given is not to be seen.
        return Turn.WAITS if sent and sent[-1].seat is seat.other else Turn.MINE
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
