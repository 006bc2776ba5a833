"""Seven quiet minutes after a conflict, or three times a year: three questions of a kind outsider, for oneself alone.

Own words for the idea of a study in which seven minutes, three times, kept how people felt about their marriage from going
down over a year (Finkel, E. J., Slotter, E. B., Luchies, L. B., Walton, G. M., & Gross, J. J. (2013). A brief intervention to
promote conflict reappraisal preserves marital quality over time).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind
from nearer.records.shelf import Shelf

PROMPTS = {
    "seen": _(
        "Imagine that somebody who wishes you both well had watched. What did they see, and what good could they find in it?"
    ),
    "hard": _("What makes it hard to see it their way while you are in the middle of it?"),
    "next": _("How could you take their view next time, and how would that help you both?"),
}
MOST = 2_000
AFTER = timedelta(days=7)
"""For how long after a hard talk it is offered."""
APART = timedelta(days=122)
"""How far apart it is offered otherwise: three times a year."""


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What is sealed. Each of the three may be empty.

    Attributes:
        bond: the id of the bond it is about.
        seen: what somebody kind saw.
        hard: what makes it hard to see it so.
        next: what would help next time.
    """

    bond: str
    seen: str = ""
    hard: str = ""
    next: str = ""


@dataclass(frozen=True, kw_only=True)
class Offered:
    """That somebody was offered it, and wrote or let it be: at hand, without a word of what was written.

    Attributes:
        bond: the id of the bond it is about.
        day: when, as 2026-01-31.
    """

    bond: str
    day: str


LOOKED = Kind(name="one-thing-looked", shape=Looked)
OFFERED = Kind(name="one-thing-offered", shape=Offered)


def is_due(own: Gathered, place: Place, *, since: date, talked: date | None, at: datetime) -> bool:
    """Say whether it is offered to somebody now: after a hard talk, and at four, eight and twelve months.

    Args:
        own: what was gathered at their own hand.
        place: theirs.
        since: on which day they switched the room on.
        talked: the day of the last talk that came to its end.
        at: now.
    """
    today = timezone.localdate(at)
    days = [
        date.fromisoformat(each.document.day)
        for each in own.of(OFFERED)
        if each.document.bond == str(place.bond.pk)
    ]
    last = max(days, default=None)
    after = talked is not None and today - talked <= AFTER and (last is None or last < talked)
    return place.bond.state == Bond.State.OPEN and (after or today - (last or since) >= APART)


def let_be(place: Place, hand: Shelf, *, at: datetime) -> None:
    """Note that somebody was offered it today."""
    offered = Offered(bond=str(place.bond.pk), day=timezone.localdate(at).isoformat())
    keeping.put(hand, OFFERED, offered, at=at, about=f"one-thing {place.bond.pk}")


def keep(drawer: Shelf, said: Looked, *, at: datetime, once: str = "") -> None:
    """Keep it, once from each page; nothing at all is nothing to keep."""
    if any(getattr(said, field.name) for field in fields(said) if field.name != "bond"):
        keeping.put(drawer, LOOKED, said, at=at, once=once)


def own(drawer: Shelf, bond: str) -> list[Kept[Looked]]:
    """Return one's own, about one bond, newest first.

    Raises:
        VaultError: the drawer is closed.
    """
    return [kept for kept in keeping.find(drawer, LOOKED) if kept.document.bond == bond][::-1]
