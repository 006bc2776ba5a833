"""Three own answers a quarter, about somebody one is in a bond with. They lie in one's drawer, and nobody else's page knows.

They are ours, follow what trust is said to be made of (Rempel, J. K., Holmes, J. G., & Zanna, M. P. (1985). Trust in close
relationships), and have not been validated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.pulse.readings import LEAST, MOST
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf
from nearer.statistics.trend import Point
from nearer.vault.ring import Ring

ITEMS = ("expect", "count", "side")
MONTHS = 3
FIRST_AFTER = timedelta(days=28)


@dataclass(frozen=True, kw_only=True)
class Felt:
    """What is sealed. Each of the three may be left out.

    Attributes:
        bond: the id of the bond it is about.
        name: what the other was called then.
        quarter: which quarter, as 2026-3.
        expect: "I know what to expect from them".
        count: "I can count on them when it matters".
        side: "they are on my side".
    """

    bond: str
    name: str
    quarter: str
    expect: int | None = None
    count: int | None = None
    side: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is no answer."""
        number_of(self.quarter)
        if not all(level is None or LEAST <= level <= MOST for level in (self.expect, self.count, self.side)):
            raise ValueError


@dataclass(frozen=True, kw_only=True)
class Asked:
    """That somebody was asked in a quarter, and answered or let it be: at hand, without a word of the answer."""

    bond: str
    quarter: str


FELT = Kind(name="trust", shape=Felt)
ASKED = Kind(name="trust-asked", shape=Asked)


def quarter_of(day: date) -> str:
    """Return the quarter of a day, as 2026-3."""
    return f"{day.year}-{(day.month - 1) // MONTHS + 1}"


def number_of(quarter: str) -> int:
    """Return a quarter as a number, one more each time."""
    year, part = quarter.split("-")
    return 4 * int(year) + int(part)


def is_due(own: Gathered, place: Place, *, at: datetime) -> bool:
    """Whether it is time to ask somebody: once a quarter, in a bond that is open and a few weeks old."""
    today = timezone.localdate(at)
    asked = {(each.document.bond, each.document.quarter) for each in own.of(ASKED)}
    is_ready = place.bond.state == Bond.State.OPEN and place.bond.made_on + FIRST_AFTER <= today
    return is_ready and (str(place.bond.pk), quarter_of(today)) not in asked


def let_be(place: Place, ring: Ring, *, at: datetime) -> None:
    """Note that somebody was asked this quarter."""
    bond = str(place.bond.pk)
    asked = Asked(bond=bond, quarter=quarter_of(timezone.localdate(at)))
    keeping.put(Shelf.at_hand(place.me.user_id, ring), ASKED, asked, at=at, about=f"trust {bond}")


def say(place: Place, ring: Ring, levels: dict[str, int | None], *, at: datetime) -> None:
    """Keep three answers for this quarter, in the place of earlier ones; none at all is nothing."""
    theirs, quarter = place.their_card, quarter_of(timezone.localdate(at))
    felt = Felt(bond=str(place.bond.pk), name=theirs.name if theirs else "", quarter=quarter, **levels)
    if any(level is not None for level in levels.values()):
        about = f"{place.bond.pk} {quarter}"
        keeping.put(Shelf.of_person(place.me.user_id, ring), FELT, felt, at=at, about=about)
    let_be(place, ring, at=at)


def own(drawer: Shelf, place: Place) -> list[Kept[Felt]]:
    """Return somebody's own answers about a bond, oldest first.

    Raises:
        VaultError: their drawer is closed.
    """
    mine = [kept for kept in keeping.find(drawer, FELT) if kept.document.bond == str(place.bond.pk)]
    return sorted(mine, key=lambda kept: number_of(kept.document.quarter))


def points_of(found: list[Kept[Felt]], item: str) -> list[Point]:
    """Return what was said under one of the three, and when."""
    said = [(number_of(kept.document.quarter), getattr(kept.document, item)) for kept in found]
    return [(float(quarter), float(level)) for quarter, level in said if level is not None]
