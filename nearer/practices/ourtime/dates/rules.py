"""A date of the two: put forward, agreed, moved, over, and how it was. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from nearer.practices.ourtime.moves import MINUTES_MOST, moment_of, quarter_of
from nearer.protocol import Seat

SLOTS_MOST = 3
WEEKS = 4
"""So many weeks an hour of every week is held; then the two look again."""
ASKED_FOR = timedelta(days=14)
"""After this nobody is asked any more how it was."""
LOOKS_BACK = timedelta(days=28)
USUAL = 60

type Told = tuple[str, int, bool]
"""The best moment, for how many minutes, and whether again."""


class NotOpen(Exception):
    """This is not for this person to answer, or not now."""


@dataclass(frozen=True, kw_only=True)
class Outing:
    """What is sealed: a date.

    Attributes:
        seat: whoever put it forward, last.
        act: what the two do then.
        cue: a moment that comes anyway, where there is one.
        slots: times that were put forward, as `quarter_of` counts them; none while another time is looked for.
        begins: the time both said yes to; 0 for none.
        agreed: whether both said yes.
        minutes: about how long.
        idea: the id of the idea it came from; empty for none.
        weekly: whether the same hour is held for some weeks.
        entry: the id of its entry in calendars; empty until it has one.
        was: when it happened: when it began, or when the last of them said how it was.
        told: how it was, by seat.
    """

    seat: str
    act: str
    cue: str = ""
    slots: tuple[int, ...] = ()
    begins: int = 0
    agreed: bool = False
    minutes: int = USUAL
    idea: str = ""
    weekly: bool = False
    entry: str = ""
    was: int = 0
    told: Mapping[str, Told] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what is no date, and read rows as what they are."""
        Seat(self.seat)
        told = {str(Seat(seat)): _read(row) for seat, row in self.told.items()}
        object.__setattr__(self, "told", told)
        object.__setattr__(self, "slots", tuple(int(slot) for slot in self.slots)[:SLOTS_MOST])

    def offered(self, seat: str, slots: Iterable[int], *, cue: str = "", **more: Any) -> Outing:
        """Return it with times put forward by one of the two; a time that was agreed is so no longer."""
        return replace(
            self, seat=str(seat), slots=tuple(sorted(set(slots)))[:SLOTS_MOST], cue=cue, begins=0, agreed=False,
            **more,
        )  # fmt: skip

    def accepted(self, seat: str, slot: int) -> Outing:
        """Return it agreed: the one across says yes to one of the times, or to the moment.

        Raises:
            NotOpen: it is their own, agreed already, or no such time.
        """
        open_to_them = not (self.agreed or seat == self.seat or self.is_looking)
        if not open_to_them or slot not in (self.slots or (0,)):
            raise NotOpen
        return replace(self, begins=slot, slots=(), agreed=True)

    def moved(self) -> Outing:
        """Return it without a time: another one is looked for. Nobody is shown by whom."""
        return replace(self, seat=str(Seat.HOST), slots=(), cue="", begins=0, agreed=False, was=0, told={})

    def telling(self, seat: str, told: Told, at: datetime) -> Outing:
        """Return it with how it was for one of the two."""
        return replace(self, told={**self.told, str(seat): told}, was=self.begins or quarter_of(at))

    def untold(self, seat: str) -> Outing:
        """Return it without the words of one of the two."""
        return replace(self, told={each: row for each, row in self.told.items() if each != seat})

    @property
    def is_looking(self) -> bool:
        """Whether another time is looked for."""
        return not (self.agreed or self.slots or self.cue)

    @property
    def ends(self) -> datetime | None:
        """When it is over; None where there is no time."""
        begins = moment_of(self.begins)
        return begins + timedelta(minutes=self.minutes) if begins else None

    def is_over(self, at: datetime) -> bool:
        """Whether it lies behind the two: by the clock, or because both have said how it was; never because one has."""
        return self.both_told or (self.agreed and self.ends is not None and self.ends <= at)

    def asks(self, seat: str, at: datetime) -> bool:
        """Whether one of the two may still say how it was."""
        return self.is_over(at) and seat not in self.told and at - (self.ends or at) < ASKED_FOR

    def may_tell(self, seat: str, at: datetime) -> bool:
        """Whether one of the two may say how it was; where there is no time, as soon as it is a date."""
        return self.asks(seat, at) or (self.agreed and not self.begins and seat not in self.told)

    @property
    def both_told(self) -> bool:
        """Whether both have said how it was: then what they said opens."""
        return len(self.told) == len(Seat)

    @property
    def again(self) -> bool:
        """Whether both would do it again."""
        return self.both_told and all(again for _, _, again in self.told.values())

    @property
    def lasted(self) -> int:
        """How many minutes it was, where both said so: the fewer of the two; else 0."""
        return min(minutes for _, minutes, _ in self.told.values()) if self.both_told else 0

    def moments(self, seat: str) -> tuple[tuple[bool, str], ...]:
        """Return the best moments that one of the two may read: whether it is theirs, and the words."""
        shown = [each for each in Seat if each in self.told and (each == seat or self.both_told)]
        return tuple((each == seat, self.told[each][0]) for each in shown if self.told[each][0])


def minutes_of(outings: Iterable[Outing], at: datetime) -> int:
    """Return how many minutes the two were together in the last four weeks, where both said so."""
    first = quarter_of(at - LOOKS_BACK)
    return sum(each.lasted for each in outings if each.was >= first)


def may_be_weekly(outings: Iterable[Outing], seat: str, at: datetime) -> bool:
    """Whether it is time to offer an hour of every week: after two times, as far as this person has told of them."""
    several = list(outings)
    told = sum(seat in each.told for each in several)
    ahead = any(each.weekly and not each.is_over(at) for each in several)
    return told >= 2 and not ahead  # noqa: PLR2004 - two


def last_done(outings: Iterable[Outing], seat: str) -> dict[str, str]:
    """Return the day on which the two last did an idea, by its id, as far as this person has told of it."""
    done = sorted((each.was, each.idea) for each in outings if each.idea and seat in each.told)
    return {idea: str(day.date()) for was, idea in done if (day := moment_of(was))}


def done_by_both(outings: Iterable[Outing]) -> dict[str, str]:
    """Return the same as far as both have told of it: what either may learn by it, both know."""
    several = [each for each in outings if each.both_told]
    return last_done(several, Seat.HOST)


def _read(row: Any) -> Told:  # Any: as JSON has it
    words, minutes, again = row
    if not (isinstance(words, str) and isinstance(again, bool) and 0 <= int(minutes) <= MINUTES_MOST):
        raise ValueError
    return words, int(minutes), again
