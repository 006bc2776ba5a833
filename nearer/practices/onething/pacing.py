"""What time does in One Thing: breaks and the way back from them, how long they talk at a stretch, and how fast letters go."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from nearer.parts.closing import Closing
from nearer.parts.conversation import Conversation
from nearer.parts.moves import EndHere
from nearer.parts.part import Part
from nearer.parts.steps import Kinds
from nearer.practices.onething.chapters.opening import Asking, Issue
from nearer.practices.onething.chapters.resting import DEFAULT, PATIENT, LongEnough, Resting, Returning
from nearer.practices.onething.moves import Stop, TimeOut
from nearer.protocol import Mode, Move, Seat
from nearer.protocol.changing import changed
from nearer.protocol.moves import has_words

FRESH = {Mode.LIVE: timedelta(minutes=20), Mode.ASYNC: timedelta(days=3)}
"""How long a yes at the gate is fresh. On one phone both say it at once."""
TALK = timedelta(minutes=45)
"""How long they talk at a stretch. Breaks and pauses do not count."""
SOON = timedelta(hours=1)
"""Within this a second break is the last one for today."""
COOLING = timedelta(minutes=10)
"""Letters: for how long words about something hard can be taken back."""
PACE = timedelta(hours=12)
"""Letters: how long after somebody's last one the next one reaches the other."""


@dataclass(frozen=True, kw_only=True)
class Paced(Conversation):
    """A conversation that rests, stops in time, and lets letters wait.

    Attributes:
        came_back: whether they came back from a break.
        rested: when the last break began.
        spent: how long they have talked at this stretch, before this step.
        sent: letters: when somebody's last one is, or was, with the other.
    """

    quiet: ClassVar[tuple[type[Part], ...]] = (Issue, Asking, Resting, Returning, LongEnough, Closing)
    """Where there is nothing to take a break from, and no time is counted."""

    came_back: bool = False
    rested: datetime | None = None
    spent: timedelta = timedelta()
    sent: tuple[tuple[Seat, datetime], ...] = ()

    @abstractmethod
    def closing(self, at: datetime) -> Self:
        """Return the end, where both choose what stays."""

    def open_to(self, seat: Seat) -> Kinds:
        """What the part opens, and a break; not while one's own words are on their way, which are there to be taken back."""
        letters = self.mode is Mode.ASYNC
        rests = not isinstance(self.now, self.quiet) or (letters and isinstance(self.now, Closing))
        own = super().open_to(seat)
        return own | {TimeOut} if rests and not self.waits_for(seat) else own

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return where the move leads: a break holds back whatever it interrupts."""
        moved = self._moved(seat, move, at)
        if self.mode is Mode.ASYNC and has_words(move) and (there := self.arrives(seat, move, at)):
            return changed(moved, sent=tuple({**dict(self.sent), seat: there}.items()))
        if self._counts and moved.turn_began != self.turn_began and self.turn_began:
            return changed(moved, spent=self.spent + max(at - self.turn_began, timedelta()))
        return moved

    @property
    def cooling(self) -> timedelta:
        """Longer than for what is easy."""
        return COOLING

    def arrives(self, seat: Seat, move: Move, at: datetime) -> datetime | None:
        """Letters: twelve hours after somebody's last one at the soonest; what is written while that is on its way goes with it."""
        there, last = super().arrives(seat, move, at), dict(self.sent).get(seat)
        if there is None or last is None:
            return there
        return max(there, last if self.waits_for(seat) else last + PACE)

    @property
    def calls_back(self) -> tuple[datetime, ...]:
        """When a break is over, and live the one that follows unless both are ready."""
        match self.now:
            case Resting(last=False, until=until, renewed=renewed):
                again = until + PATIENT + DEFAULT
                return (until,) if renewed or self.mode is not Mode.LIVE else (until, again)
            case Returning(since=since, renewed=False) if self.mode is Mode.LIVE:
                return (since + PATIENT + DEFAULT,)
        return ()

    @property
    def timer(self) -> datetime | None:
        """When a break is over, a yes is no longer fresh, or they have talked for long enough."""
        if isinstance(self.now, Asking) and self.mode in FRESH and self.turn_began:
            return self.turn_began + FRESH[self.mode]
        return self.turn_began + TALK - self.spent if self._counts and self.turn_began else self.now.timer

    @property
    def back_at(self) -> datetime | None:
        """When both are called back from a break."""
        match self.now:
            case Resting(until=back) | Returning(since=back):
                return back
        return None

    def after_time(self, at: datetime) -> Self:
        """Return the position after that: a break ends in a question, and what two yeses did not answer, in a break or the end."""
        if self._counts:
            return self.hold(LongEnough.back(self.now), at)
        match self.now:
            case Resting(last=False, held=held, until=until, renewed=renewed):
                return self.hold(Returning.back(held, since=until, renewed=renewed), at)
            case Returning() as asked:
                return self._not_ready(asked, at)
        return changed(self, expired=True)

    def returned(self, part: Returning, at: datetime) -> Self:
        """Return where it goes on after the hour: where they were, after one more break, or on another day."""
        return (
            self.release(at, came_back=True, spent=timedelta()) if part.opens else self._not_ready(part, at)
        )

    @property
    def _counts(self) -> bool:
        """Whether it is counted how long they talk."""
        return self.mode is not Mode.ASYNC and not isinstance(self.now, self.quiet)

    def _moved(self, seat: Seat, move: Move, at: datetime) -> Self:
        match move:
            case TimeOut(minutes=minutes) if isinstance(self.now, LongEnough):
                return self._rest(self.now.held, at, minutes=minutes, wished=frozenset({seat}))
            case TimeOut(minutes=minutes) if not isinstance(self.now, Resting):
                last = self.rested is not None and at - self.rested <= SOON
                rest = self._rest(self.now, at, minutes=minutes, wished=frozenset({seat}), last=last)
                return changed(rest, rested=at)
            case EndHere() | Stop():
                return self.closing(at)
        return super().after(seat, move, at)

    def _not_ready(self, part: Returning, at: datetime) -> Self:
        if part.renewed:
            return changed(self, expired=True)
        return self._rest(part.held, at, minutes=DEFAULT // timedelta(minutes=1), renewed=True)

    def _rest(
        self, part: Part, at: datetime, *, minutes: int, **more: Any
    ) -> Self:  # Any: fields of the break
        until = at + timedelta(minutes=minutes)
        return self.hold(Resting.back(part, called=at, until=until, **more), at)
