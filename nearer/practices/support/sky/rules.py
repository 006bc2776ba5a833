"""Five skies, a word for it, and when Today asks again. PURE."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from nearer.protocol import Seat

LINE_MOST, WORD_MOST = 140, 40
SHOWN_FOR = timedelta(days=2)
"""After this, what was shown is no news of anybody, and shows no more."""
OFF = 0
RHYTHMS = (1, 3, 7, OFF)
"""Every day, about twice a week, weekly, not at all."""
USUAL = 3


class Look(StrEnum):
    """The five skies, from the lightest."""

    CLEAR = "clear"
    FAIR = "fair"
    GREY = "grey"
    RAIN = "rain"
    STORM = "storm"


class Talk(StrEnum):
    """Whether somebody wants to talk."""

    NO = "no"
    YES = "yes"
    LATER = "later"


@dataclass(frozen=True, kw_only=True)
class Sky:
    """What is sealed: how somebody is.

    Attributes:
        look: which of the five; empty where a word says it.
        word: a word for it.
        line: a line.
        talk: whether they want to talk.
        bond: the id of the bond it was looked at in.
        shown: whether the other was shown it, then.
    """

    look: str = ""
    word: str = ""
    line: str = ""
    talk: str = Talk.NO
    bond: str = ""
    shown: bool = False

    def __post_init__(self) -> None:
        """Refuse what is none of them."""
        if self.look:
            Look(self.look)
        Talk(self.talk)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is sealed: the latest that somebody showed the other, in the place of what they showed before.

    Attributes:
        seat: whose it is.
        look: as in `Sky`.
        word: as in `Sky`.
        line: as in `Sky`.
        talk: as in `Sky`.
    """

    seat: str
    look: str = ""
    word: str = ""
    line: str = ""
    talk: str = Talk.NO

    def __post_init__(self) -> None:
        """Refuse what is none of them."""
        Seat(self.seat), Talk(self.talk)
        if self.look:
            Look(self.look)


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """What is sealed: how often one of the two would like to be asked.

    Attributes:
        seat: whose choice it is.
        days: one of `RHYTHMS`.
    """

    seat: str
    days: int

    def __post_init__(self) -> None:
        """Refuse what is no rhythm."""
        Seat(self.seat)
        if self.days not in RHYTHMS:
            raise ValueError


def agreed(rhythms: Iterable[Rhythm]) -> int:
    """Return after how many days Today asks: the slower of the two choices, and not at all if either wants that."""
    days = {each.seat: each.days for each in rhythms}
    both = [days.get(seat, USUAL) for seat in Seat]
    return OFF if OFF in both else max(both)


def is_due(last: datetime | None, days: int, at: datetime) -> bool:
    """Say whether it is time to ask again; half a day early is in time, so that mornings and evenings count alike."""
    return days != OFF and (last is None or at - last >= timedelta(days=days) - timedelta(hours=12))
