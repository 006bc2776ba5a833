"""Seven quiet minutes after a conflict, or three times a year: three questions of a kind outsider, for oneself alone.

Own words for the idea of a study in which seven minutes, three times, kept how people felt about their marriage from going
down over a year (Finkel, E. J., Slotter, E. B., Luchies, L. B., Walton, G. M., & Gross, J. J. (2013). A brief intervention to
promote conflict reappraisal preserves marital quality over time).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from nearer.records import keeping
from nearer.records.keeping import Kept, Kind
from nearer.records.shelf import Shelf

PROMPTS = {
    "seen": _(
        "Somebody who wishes both of you well watched it. What did they see, and what good could they find in it?"
    ),
    "hard": _("What makes it hard to see it their way while you are in the middle of it?"),
    "next": _("How could you take their view next time, and how would that help you both?"),
}
MOST = 2_000


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


LOOKED = Kind(name="one-thing-looked", shape=Looked)


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
