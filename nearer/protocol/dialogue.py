"""The rules of the house.

A dialogue is a position: a frozen record of where two people are in a practice. Playing a move gives the next position;
nothing else ever changes one. A practice (a *room*) says which of its own moves are open to whom and where they lead.
What holds in every room is final, and lives here, so that no room can forget it:

* Nobody starts until both are ready. On one phone the one whose phone it is says so for the two of them,
  aloud; in letters each says so before reading.
* On one phone nothing that is entered for the other counts as their consent, promise or leave.
* Anyone may pause; only the one who paused resumes; the clocks stand still meanwhile.
* Anyone may leave at any time, needs no reason, and the end looks the same from both seats.
* In letters nothing shows before it is sent: what somebody does in their own turn reaches the other, and
  sets the clock back, only with what they send. Opening a letter, or beginning one, is nobody's to see.
  A sign is nothing to send: it is seen at once.
* Words sent in letters wait a little (`waiting`): until then the other knows the position as it was, and they can be taken back.
* Time is a move too (`TimeUp`), so a stored log played again gives the same position.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any, ClassVar, Self, final

from nearer.protocol.changing import changed
from nearer.protocol.house import Leave, Pause, Ready, Resume, TimeUp
from nearer.protocol.modes import Mode
from nearer.protocol.moves import IllegalMove, Move, has_words, leads_on
from nearer.protocol.seats import Seat
from nearer.protocol.versions import Step, version_of

QUIET_END = timedelta(hours=72)
"""A dialogue nobody touches for this long ends by itself."""

OPEN_FOR = (3, 7, 30)
"""For how many days letters can be open without anything being sent; whoever begins chooses."""

FOR_GOOD = 0
"""In place of those days: letters that both keep. No time ends them."""

COOLING = timedelta(minutes=2)
"""How long words in letters can be taken back before they reach the other."""


@dataclass(frozen=True, kw_only=True)
class Dialogue(ABC):
    """A position in a practice."""

    slug: ClassVar[str]
    steps: ClassVar[tuple[Step, ...]] = ()  # how stored moves are carried over from one version to the next
    moves: ClassVar[frozenset[type[Move]]] = frozenset()
    modes: ClassVar[tuple[Mode, ...]] = (Mode.LIVE,)
    basic: ClassVar[bool] = False  # whether easy sittings of it are what a harder room builds on

    mode: Mode = Mode.LIVE
    open_for: int = OPEN_FOR[0]  # letters: for how many days nothing need be sent
    starter: Seat = Seat.HOST  # who began the sitting; on one phone, whose phone it is
    ready: frozenset[Seat] = frozenset()
    paused_by: Seat | None = None
    paused_at: datetime | None = None
    left_by: Seat | None = None
    expired: bool = False
    touched: datetime | None = None  # by the last move that both can know of
    behind: tuple[tuple[Seat, Dialogue], ...] = ()  # letters: what a seat knows that has not heard the last
    waiting: tuple[Seat, datetime] | None = None  # letters: whose words are on their way, until when
    turn_began: datetime | None = None

    @final
    @classmethod
    def version(cls) -> int:
        """Return the version of these rules: of what they store."""
        return version_of(cls.steps)

    # What each room answers.
    @classmethod
    def begin(cls, **facts: Any) -> Self:  # Any: each room names its own facts
        """Return the first position. `facts` are fields of the room known before it opens."""
        return cls(**facts)

    @abstractmethod
    def open_to(self, seat: Seat) -> frozenset[type[Move]]:
        """The kinds of the room's own moves this seat may play now."""

    @property
    def gone_with(self) -> frozenset[str]:
        """Where words stand that say back what was taken back, and went with it."""
        return frozenset()

    @abstractmethod
    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return the position after a move that is open to the seat; `self` when it changes nothing."""

    @abstractmethod
    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What this seat may see of the room."""

    @abstractmethod
    def scene(self) -> tuple[Any, ...]:  # Any: strings, numbers, booleans, None
        """Name the step the two are in, as plain data.

        The same while only ambient moves, or sealed moves not yet complete, are added.
        """

    @property
    @abstractmethod
    def done(self) -> bool:
        """Whether the practice came to its own end."""

    @property
    def timer(self) -> datetime | None:
        """When this turn must end. Count from `turn_began`, which a pause pushes back."""
        return None

    def after_time(self, at: datetime) -> Self:
        """Return the position after `timer` has passed."""
        return changed(self, expired=True)

    @property
    def back_at(self) -> datetime | None:
        """When both come back, where the two take a break; that hour may have come."""
        return None

    @property
    def chimes(self) -> tuple[datetime, ...]:
        """Soft moments of this turn. They never change anything."""
        return ()

    @property
    def cooling(self) -> timedelta:
        """How long words in letters wait before they reach the other. Longer for something hard."""
        return COOLING

    def arrives(self, seat: Seat, move: Move, at: datetime) -> datetime | None:
        """Return when what this seat sends from here in letters reaches the other; None at once.

        A room may let it take longer. Whatever goes with words that are on their way arrives with them.
        """
        return at + self.cooling if has_words(move) else self.waits_for(seat)

    @property
    def deck(self) -> str:
        """The deck that the next entry is drawn from, where a kind of move `deals` one."""
        return ""

    @property
    def outcome(self) -> dict[str, Any]:  # Any: plain JSON values
        """What remains of a finished sitting."""
        return {}

    # What the rest of the house calls.

    @final
    @property
    def over(self) -> bool:
        """Whether nothing can happen any more."""
        return self.done or self.ended

    @final
    @property
    def ended(self) -> bool:
        """Whether it stopped before its own end."""
        return self.expired or self.left_by is not None

    @final
    @property
    def lobby(self) -> bool:
        """Whether the room itself is still shut: live it takes both to open it, else whoever began."""
        needed = frozenset(Seat) if self.mode is Mode.LIVE else {self.starter}
        return not (self.over or needed <= self.ready)

    @final
    def at_door(self, seat: Seat) -> bool:
        """Whether this seat is still outside. In letters each comes in alone, when they are ready to read."""
        known = self.known_to(seat)
        return self._outside(seat) if known is self else known.at_door(seat)

    def _outside(self, seat: Seat) -> bool:
        return self.lobby or (self.mode is Mode.ASYNC and not self.over and seat not in self.ready)

    @final
    def speaks_for_itself(self, seat: Seat) -> bool:
        """Whether what this seat plays is surely its own: on one phone only its owner is known."""
        return self.mode is not Mode.ONE or seat is self.starter

    @final
    @property
    def running(self) -> bool:
        """Whether the room itself is open: both ready, nobody paused, not over."""
        return not (self.over or self.lobby or self.paused_by)

    @final
    def calls_on(self, seat: Seat) -> bool:
        """Whether it goes on with this seat, as far as they know, be they inside yet or not."""
        known = self.known_to(seat)
        return self._calls_on(seat) if known is self else known.calls_on(seat)

    def _calls_on(self, seat: Seat) -> bool:
        if self.over or self.paused_by is not None:
            return not self.over and self.paused_by is seat
        if self.lobby:
            return seat not in self.ready and (self.mode is Mode.LIVE or seat is self.starter)
        return any(leads_on(kind) for kind in self.open_to(seat))

    @final
    def known_to(self, seat: Seat) -> Dialogue:
        """The position as this seat may know it: an older one where the other is about to send something.

        A pause and an end show at once.
        """
        known = dict(self.behind).get(seat)
        if known is None:
            return self
        return changed(
            known, paused_by=self.paused_by, paused_at=self.paused_at, left_by=self.left_by, expired=self.expired
        )  # fmt: skip

    @final
    @property
    def due(self) -> datetime | None:
        """When time makes the next move by itself, if nobody else does."""
        if self.waiting is not None and not self.over:
            return self.waiting[1]
        quiet, timer = self.rests, self.timer if self.running else None
        return quiet if quiet is None or timer is None else min(quiet, timer)

    @property
    def calls_back(self) -> tuple[datetime, ...]:
        """When a break is over that both know of, and one more that follows unless both are ready; at most two."""
        return ()

    @final
    @property
    def rests(self) -> datetime | None:
        """When it ends by itself, if nobody touches it before."""
        if self.over or self.touched is None or (self.mode is Mode.ASYNC and self.open_for == FOR_GOOD):
            return None
        return self.touched + (timedelta(days=self.open_for) if self.mode is Mode.ASYNC else QUIET_END)

    @final
    @property
    def step(self) -> str:
        """A short name of the step: a form made on one position means the same on another with this name."""
        return self._step(self.scene(), outside=self.lobby)

    @final
    def step_for(self, seat: Seat) -> str:
        """The step as this seat knows it."""
        return self._step(self.known_to(seat).scene(), outside=self.at_door(seat))

    @final
    def legal(self, seat: Seat) -> frozenset[type[Move]]:
        """Every kind of move this seat may play now: nothing that depends on what has not reached them."""
        known = self.known_to(seat)
        return self._legal(seat) if known is self else known.legal(seat) & self._legal(seat)

    def _legal(self, seat: Seat) -> frozenset[type[Move]]:
        if self.over:
            return frozenset()
        own = self.speaks_for_itself(seat)
        if self.paused_by is not None:
            return frozenset({Leave, Resume} if self.paused_by is seat else {Leave})
        house = frozenset({Leave, Pause} if own else {Leave})
        if self._outside(seat):
            # In letters the door opens once there is something behind it.
            may_enter = own and seat not in self.ready
            is_open = self.mode is not Mode.ASYNC or self._calls_on(seat)
            return house | ({Ready} if may_enter and is_open else frozenset())
        return house | {kind for kind in self.open_to(seat) if own or not kind.consent}

    @final
    def play(self, seat: Seat | None, move: Move, at: datetime) -> Self:
        """Return the position after a move. `seat` is None for `TimeUp` only.

        Returns `self` when the move changes nothing; then there is nothing to store.
        Raises IllegalMove; then nothing has changed.
        """
        if seat is None:
            after = self._after_time_up(move, at)
        elif type(move) in self.legal(seat):
            after = self._after(seat, move, at)
        else:
            raise IllegalMove(f"{seat} may not play {type(move).__name__} now")
        if after is self:
            return self
        if seat is None or self.mode is not Mode.ASYNC:
            return changed(after, touched=max(self.touched or at, at), behind=(), waiting=None)
        played = self._posted(seat, move, after, at)
        # A clock that was put back brings no end nearer.
        known = [moment for moment in (self.touched, played.touched) if moment is not None]
        return changed(played, touched=max(known, default=None))

    @final
    def lapse(self, at: datetime) -> Self:
        """Play the time that has passed. Raises IllegalMove when nothing was due by then."""
        return self.play(None, TimeUp(), at)

    @final
    def view(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """Everything this seat may see. The end looks the same whoever left, and when time ran out."""
        known = self.known_to(seat)
        outside = known.at_door(seat)
        in_letters = self.mode is Mode.ASYNC and (not outside or known.calls_on(seat))
        house = {
            "seat": seat,
            "over": self.over,
            "ended": self.ended,
            "done": self.done,
            "mode": self.mode,
            "started_by_me": seat is self.starter,
            "lobby": outside,
            "i_am_ready": outside and seat in self.ready,
            "other_is_ready": outside and self.mode is not Mode.ASYNC and seat.other in self.ready,
            "paused": not self.over and self.paused_by is not None,
            "paused_by_me": not self.over and self.paused_by is seat,
            "legal": sorted(kind.__name__ for kind in self.legal(seat)),
            "chimes": known.chimes if known.running else (),
            # The quiet end is not in here: it would tell when the other last answered a sealed question.
            "due": known.timer if known.running else None,
            # In letters it is: only what both know of sets it back, so it says nothing new to either.
            "rests": known.rests if in_letters else None,
            # Until when one's own words can be taken back; that the other's are on their way is not to be seen.
            "waits": self.waits_for(seat),
        }
        return house if outside or self.ended else {**house, **known.shown_to(seat)}

    @final
    def waits_for(self, seat: Seat) -> datetime | None:
        """When words this seat sent reach the other; None when none are on their way."""
        return self.waiting[1] if self.waiting and self.waiting[0] is seat and not self.over else None

    def _step(self, scene: tuple[Any, ...], *, outside: bool) -> str:  # Any: see scene
        place = [self.slug, self.over, self.paused_by, outside, scene]
        return blake2b(json.dumps(place).encode(), digest_size=8).hexdigest()

    def _posted(self, seat: Seat, move: Move, after: Self, at: datetime) -> Self:
        """Return the position after a move in letters, and what the other knows of it."""
        if isinstance(move, Pause | Resume):
            paused = tuple((each, changed(known, touched=at)) for each, known in self.behind)
            return changed(after, touched=at, behind=paused)
        if move.ambient:
            signed = tuple((each, _played(known, seat, move, at)) for each, known in self.behind)
            return changed(after, behind=signed)
        other, was = seat.other, changed(self, behind=(), waiting=None)
        reaches = self._reaches(other, move, after)
        until = None if after.over else self.arrives(seat, move, at)
        if reaches and until is None:
            return changed(after, touched=at, behind=(), waiting=None)
        # Whoever has not come in yet knows of no date that could move.
        touched = self.touched if other in self.ready else None
        behind: dict[Seat, Dialogue] = {other: was, **dict(self.behind)}
        if seat in behind:
            # What they do themselves, they know; and the answer that completes a sealed exchange opens it to them.
            opens = move.sealed and after.scene() != self.scene() and self.waiting is None
            behind[seat] = _played(behind[seat], seat, move, at)
            behind = {each: known for each, known in behind.items() if not (opens and each is seat)}
        if not reaches:
            return changed(after, touched=touched or at, behind=tuple(behind.items()))
        if move.sealed:
            behind = {seat: was, **behind}  # what the other sealed opens to them when theirs is surely given
        waiting = None if until is None else (seat, until)
        return changed(after, touched=touched or at, behind=tuple(behind.items()), waiting=waiting)

    def _reaches(self, other: Seat, move: Move, after: Self) -> bool:
        if after.over or changed(after, behind=()).calls_on(other) is not self._calls_on(other):
            return True
        return not (move.sealed or move.unsent) or (self._calls_on(other) and after.scene() != self.scene())

    def _after(self, seat: Seat, move: Move, at: datetime) -> Self:
        match move:
            case Ready():
                opened = changed(self, ready=self.ready | {seat})
                return opened if opened.lobby else changed(opened, turn_began=self.turn_began or at)
            case Pause():
                return changed(self, paused_by=seat, paused_at=at)
            case Resume():
                return changed(self, paused_by=None, paused_at=None, turn_began=self._clock_after_pause(at))
            case Leave():
                return changed(self, left_by=seat)
        return self.after(seat, move, at)

    def _after_time_up(self, move: Move, at: datetime) -> Self:
        due = self.due
        if type(move) is not TimeUp or due is None or at < due:
            raise IllegalMove(f"{type(move).__name__} is not due")
        if self.waiting is not None:
            return changed(self, waiting=None)
        return self.after_time(at) if self.running and due == self.timer else changed(self, expired=True)

    def _clock_after_pause(self, at: datetime) -> datetime | None:
        if self.turn_began is None or self.paused_at is None:
            return self.turn_began
        return self.turn_began + max(at - self.paused_at, timedelta())


def _played(known: Dialogue, seat: Seat, move: Move, at: datetime) -> Dialogue:
    """Return what somebody knows once a move is in it."""
    return known._after(seat, move, at) if type(move) in known.legal(seat) else known  # noqa: SLF001 - the same class
