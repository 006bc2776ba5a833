"""A keepsake: a line, a photo or a voice note that one of the two puts into the book of both.

The other sees it after two minutes, in which it can be taken back without a trace. Later, too, whoever put it
there may take it back: the file is gone then, and a line stays for a while that says so, since what the other
has seen cannot be made unseen. Nothing says whether somebody has looked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from uuid import UUID

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.files import storing
from nearer.files.rewritten import Rewritten
from nearer.files.storing import Ref
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind, NotThere
from nearer.records.shelf import Shelf
from nearer.vault import damage

WORDS_MOST, ALT_MOST, LINE_MOST = 140, 300, 500
WAITS = timedelta(minutes=2)
LINE_STAYS = timedelta(days=30)
NEW = timedelta(days=14)  # for longer nothing is called new
SHELF = "keepsakes"
FILE = "file"


class Sort(StrEnum):
    """What a keepsake is."""

    PHOTO = "photo"
    VOICE = "voice"
    LINE = "note"


@dataclass(frozen=True, kw_only=True)
class Keepsake:
    """What is sealed.

    Attributes:
        sort: a photo, a voice note or a line.
        file: what opens its file; a line has none, nor has what was taken back.
        words: a few words about it; of a line, the line.
        alt: what is on a photo, for those who cannot see it.
        width: of a photo, in pixels.
        height: of a photo, in pixels.
        seconds: of a voice note.
        gone_on: the day it was taken back; empty until then.
        leaf: what it shares a page with: the id of a record of this bond, such as the first thing on that page or what was
            planned; empty for a page of its own.
    """

    sort: str
    file: str = ""
    words: str = ""
    alt: str = ""
    width: int = 0
    height: int = 0
    seconds: int = 0
    gone_on: str = ""
    leaf: str = ""


KEEPSAKE = Kind(name="keepsake", shape=Keepsake)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A keepsake as one of the two sees it.

    Attributes:
        ref: its id.
        day: when it was put there.
        mine: whether this person put it there.
        came: when the other could see it first.
        waits: whether the other does not see it yet.
        what: what is sealed.
    """

    ref: UUID
    day: date
    mine: bool
    came: datetime
    waits: bool
    what: Keepsake

    @property
    def is_photo(self) -> bool:
        """Whether it is to be looked at."""
        return self.what.sort == Sort.PHOTO

    @property
    def is_line(self) -> bool:
        """Whether it is to be read; what is neither this nor a photo is to be listened to."""
        return self.what.sort == Sort.LINE

    @property
    def is_gone(self) -> bool:
        """Whether it was taken back."""
        return bool(self.what.gone_on)

    @property
    def length(self) -> str:
        """How long a voice note is, in minutes and seconds."""
        return f"{self.what.seconds // 60}:{self.what.seconds % 60:02}"


def items_in(found: Gathered, place: Place, *, at: datetime) -> list[Item]:
    """Return those of the gathered keepsakes that this person sees now, newest first."""
    seen = (_item(kept, place, at) for kept in reversed(found.shown(KEEPSAKE)))
    return [item for item in seen if item.mine or not item.waits]


def shares(place: Place, leaf: UUID, *, at: datetime) -> bool:
    """Say whether something may stand on a page by this name: it is in the book, or a record of this bond, such as a plan."""
    if keeping.is_in(Shelf.of_bond(place), leaf):
        return True
    return any(item.what.leaf == str(leaf) for item in items_of(place, at=at))


def new_in(items: Iterable[Item], until: datetime | None, *, at: datetime) -> list[Item]:
    """Return those that the other added and this person has not looked at.

    Args:
        items: what they see now.
        until: what came up to then has been seen; None for never.
        at: now.
    """
    since = max(until or at - NEW, at - NEW)
    return [item for item in items if not (item.mine or item.is_gone) and item.came > since]


def items_of(place: Place, *, at: datetime) -> list[Item]:
    """Return those of a bond's keepsakes that this person sees now, newest first."""
    return items_in(keeping.gather(Shelf.of_bond(place), KEEPSAKE), place, at=at)


def add(
    place: Place,
    made: Rewritten | None,
    *,
    sort: Sort,
    words: str = "",
    alt: str = "",
    leaf: str = "",
    at: datetime,
    once: str = "",
) -> Item:
    """Put something into the book of both, once from each page.

    Args:
        place: who adds it, and in which bond.
        made: the file as it came out of the workshop; None for a line.
        sort: a photo, a voice note or a line.
        words: at most 140 characters; a line has up to 500.
        alt: at most 300 characters.
        leaf: what it shares a page with; see `Keepsake`.
        at: now.
        once: what tells the page it was sent from.

    Raises:
        ShelfFull: the bond keeps as much as it may.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        if there := keeping.came(shelf, KEEPSAKE, once):
            return _item(keeping.get(shelf, KEEPSAKE, there), place, at)
        _clear_old_lines(shelf, at)
        kept = Keepsake(sort=sort, words=words, alt=alt, leaf=leaf)
        put = keeping.put(shelf, KEEPSAKE, _with(kept, made, place) if made else kept, at=at, once=once)
        news.tell_when_there(place, at + WAITS, partial(keeping.is_still, put.ref), new=put.ref)
        return _item(put, place, at)


def _with(kept: Keepsake, made: Rewritten, place: Place) -> Keepsake:
    file = str(storing.keep(place.bond, made.content))
    return replace(kept, file=file, width=made.width, height=made.height, seconds=made.seconds)


def open_one(place: Place, ref: UUID, *, at: datetime) -> tuple[Item, bytes]:
    """Return a keepsake and its file, opened in memory.

    Raises:
        NotThere: there is none that this person sees now.
        Gone: it was taken back this very moment.
        VaultError: it does not open.
    """
    item = _item(keeping.get(Shelf.of_bond(place), KEEPSAKE, ref), place, at)
    if item.is_gone or not item.what.file or (item.waits and not item.mine):
        raise NotThere
    return item, storing.content_of(place.bond, Ref.read(item.what.file))


def open_all(place: Place, *, at: datetime) -> Iterator[tuple[Item, bytes]]:
    """Return every keepsake that this person sees now with its file, one at a time.

    What is taken back in that very moment is passed over, and what does not open, which is noted.
    """
    for item in items_of(place, at=at):
        if item.what.file:
            with suppress(storing.Gone):
                read = partial(storing.content_of, place.bond, Ref.read(item.what.file))
                if content := damage.opened(FILE, item.ref, read):
                    yield item, content


def take_back(place: Place, ref: UUID, *, at: datetime) -> None:
    """Take one's own keepsake back, for both, also in a closed bond; what is not one's own stays.

    A line is left, except where the other cannot have seen it yet.

    Raises:
        NotThere: there is none.
        BondNotOpen: the bond has not been confirmed.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        kept = keeping.get(shelf, KEEPSAKE, ref)
        item = _item(kept, place, at)
        if item.is_gone or not item.mine:
            return
        news.gone(place, ref)
        if item.what.file:
            storing.forget(place.bond, Ref.read(item.what.file))
        if item.waits:
            keeping.remove(shelf, KEEPSAKE, ref)
        else:
            gone = Keepsake(sort=item.what.sort, gone_on=at.date().isoformat(), leaf=item.what.leaf)
            keeping.replace(shelf, KEEPSAKE, ref, gone, at=kept.at, closed=True)
            news.tell_other(place)


def part(place: Place, *, at: datetime) -> None:
    """Take back what the other has not seen yet, for somebody who leaves."""
    for item in items_of(place, at=at):
        if item.mine and item.waits and not item.is_gone:
            take_back(place, item.ref, at=at)


def _clear_old_lines(shelf: Shelf, at: datetime) -> None:
    for kept in keeping.find(shelf, KEEPSAKE):
        gone_on = kept.document.gone_on
        if gone_on and date.fromisoformat(gone_on) < (at - LINE_STAYS).date():
            keeping.remove(shelf, KEEPSAKE, kept.ref)


def _item(kept: Kept[Keepsake], place: Place, at: datetime) -> Item:
    mine, waits = kept.author == place.me.user_id, at < kept.at + WAITS
    return Item(
        ref=kept.ref, day=kept.day, mine=mine, came=kept.at + WAITS, waits=waits, what=kept.document
    )  # fmt: skip
