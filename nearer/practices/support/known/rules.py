"""Which comfort is good and which is not, and what helped: its owner's alone until they show it. PURE."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from nearer.practices.support.moves import Landing, Touch, Way, Wish
from nearer.protocol import Seat

TOUCHES = tuple(touch for touch in Touch if touch is not Touch.NONE)


@dataclass(frozen=True, kw_only=True)
class Comforts:
    """What is sealed in somebody's drawer.

    Attributes:
        yes: what comforts them.
        no: what does not.
    """

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no touch, or is both."""
        for touch in (*self.yes, *self.no):
            Touch(touch)
        if set(self.yes) & set(self.no):
            raise ValueError


@dataclass(frozen=True, kw_only=True)
class ShownComforts(Comforts):
    """What is sealed in the bond, once its owner showed it.

    Attributes:
        seat: whose it is.
    """

    seat: str

    def __post_init__(self) -> None:
        """Refuse what belongs to nobody."""
        super().__post_init__()
        Seat(self.seat)


@dataclass(frozen=True, kw_only=True)
class Helped:
    """What is sealed in somebody's drawer: what was done when they asked for something, and how it landed.

    Attributes:
        wish: what they asked for.
        ways: how the other was there.
        touches: which comfort there was.
        how: how it landed.
    """

    wish: str
    ways: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    how: str = Landing.LANDED

    def __post_init__(self) -> None:
        """Refuse what is none of these."""
        Wish(self.wish), Landing(self.how)
        for way in self.ways:
            Way(way)
        for touch in self.touches:
            Touch(touch)


@dataclass(frozen=True, kw_only=True)
class First:
    """What is sealed in the bond: in which order the ways are offered to the other. No number, and no day.

    Attributes:
        seat: for whom they are in this order.
        ways: the ways, what tends to help first.
    """

    seat: str
    ways: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse what is no order of the ways."""
        Seat(self.seat)
        if sorted(self.ways) != sorted(Way):
            raise ValueError


def order_of(helped: Iterable[Helped]) -> tuple[str, ...]:
    """Return the ways in the order in which they landed more often; those that are alike stay as they were."""
    landed: Counter[str] = Counter()
    for each in helped:
        for way in set(each.ways):
            landed[way] += 1 if each.how == Landing.LANDED else -1
    return tuple(sorted(Way, key=lambda way: -landed[way]))
