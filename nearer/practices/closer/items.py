"""What the two put before each other outside a sitting, as one of them sees it, and whether it is new to them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.records import keeping, seen
from nearer.records.keeping import Kept, Kind, NotThere
from nearer.records.shelf import Shelf


@dataclass(frozen=True, kw_only=True)
class Item[S]:
    """Something with its id.

    Attributes:
        ref: its id.
        at: when something was last done with it.
        by_me: whether this person did that.
        seen: what they may see of it.
    """

    ref: UUID
    at: datetime
    by_me: bool
    seen: S

    @classmethod
    def of(cls, kept: Kept[Any], place: Place, seen: S) -> Item[S]:
        """Return a record as one of the two sees it."""
        return cls(ref=kept.ref, at=kept.at, by_me=kept.author == place.me.user_id, seen=seen)

    def is_new(self, until: datetime | None) -> bool:
        """Whether the other did something with it after this person last looked."""
        return not self.by_me and (until is None or self.at > until)


def look(
    request: MemberRequest, place: Place, where: str, items: Iterable[Item[Any]], *, at: datetime
) -> None:
    """Note that somebody has looked at a page, where there was something new for them."""
    until = seen.until(seen.gathered(request), place, where)
    if any(item.is_new(until) for item in items):
        seen.note(request, place, where, at=at)


def take_back(place: Place, kind: Kind[Any], ref: UUID) -> None:
    """Take back one's part of something, or fold away that the other did, also in a closed bond.

    Raises:
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True), suppress(NotThere):
        kept = keeping.get(shelf, kind, ref)
        left = kept.document.without(place.seat)
        if left != kept.document:
            keeping.keep_left(shelf, kind, kept, left)
            news.gone(place, ref)
            news.tell_other(place)
