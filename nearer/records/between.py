"""What the two put before each other outside a sitting, as one of them sees it: changed, taken back, and whether it is new.

A document of such a kind knows what a seat sees of it, and `without(seat)`: what stays when somebody takes their part back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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

    def is_new(self, until: datetime | None) -> bool:
        """Whether the other did something with it after this person last looked."""
        return not self.by_me and (until is None or self.at > until)


def items[D, S](
    kept: Iterable[Kept[Any]], place: Place, seen_in: Callable[[Kept[Any]], S | None]
) -> list[Item[S]]:
    """Return records as one of the two sees them, in their order; what they see nothing of is left out."""
    return [
        Item(ref=each.ref, at=each.at, by_me=each.author == place.me.user_id, seen=found)
        for each in kept
        if (found := seen_in(each))
    ]


def look(
    request: MemberRequest, place: Place, where: str, shown: Iterable[Item[Any]], *, at: datetime
) -> None:
    """Note that somebody has looked at a page, where there was something new for them."""
    until = seen.until(seen.gathered(request), place, where)
    if any(item.is_new(until) for item in shown):
        seen.note(request, place, where, at=at)


def change[D](
    place: Place, kind: Kind[Any], ref: UUID, how: Callable[[D], D], *, at: datetime, calls: bool = False
) -> None:
    """Put what `how` makes of something in its place, and tell the other; what it leaves as it is stays untouched.

    Args:
        place: who changes it.
        kind: what it is.
        ref: its id.
        how: what it becomes.
        at: now.
        calls: whether the other is called to it where they are not here.

    Raises:
        NotThere: there is no such thing, or no longer.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        was = keeping.get(shelf, kind, ref).document
        if (then := how(was)) != was:
            keeping.replace(shelf, kind, ref, then, at=at)
            news.tell_other(place, new=ref if calls else None)


def take_back(place: Place, kind: Kind[Any], ref: UUID) -> None:
    """Take back one's part of something, or fold away that the other did, also in a closed bond; what is gone needs no word.

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


def withdraw(place: Place, kind: Kind[Any]) -> None:
    """Take back every part that this person has in things of a kind."""
    for kept in keeping.find(Shelf.of_bond(place), kind):
        take_back(place, kind, kept.ref)
