"""What somebody might say one day. It lies in their own drawer; shared, a copy of it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from nearer.bonds.place import Place
from nearer.practices.closer.told import keeping as tellings
from nearer.practices.closer.told.keeping import TOLD
from nearer.practices.closer.told.rules import PART_MOST, Seen, Sort, Told, Wish
from nearer.records import between, keeping
from nearer.records.between import Item
from nearer.records.keeping import Kept, Kind
from nearer.records.shelf import Shelf

WORDS_MOST = PART_MOST


class Feeling(StrEnum):
    """What it is."""

    HOPE = "hope"
    WORRY = "worry"
    INSECURITY = "insecurity"


@dataclass(frozen=True, kw_only=True)
class Hope:
    """What is sealed.

    Attributes:
        feeling: a hope, a worry or an insecurity.
        words: in its owner's words.
    """

    feeling: str
    words: str

    def __post_init__(self) -> None:
        """Refuse what is none of the three."""
        Feeling(self.feeling)


HOPE = Kind(name="hope", shape=Hope)


def shared(place: Place) -> dict[str, Item[Seen]]:
    """Return what this person has shared of their drawer in a bond, by the id it has there."""
    found = tellings.items_in(keeping.gather(Shelf.of_bond(place), TOLD), place, Sort.HOPE)
    return {item.seen.of: item for item in found if item.seen.mine}


def share(place: Place, kept: Kept[Hope], wish: Wish, *, at: datetime) -> None:
    """Share it on its own; what is shared already stays as it is.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    if str(kept.ref) not in shared(place):
        said = {"words": kept.document.words}
        tellings.tell(
            place, Told(seat=place.seat, sort=Sort.HOPE, said=said, wish=wish, of=str(kept.ref)), at=at
        )


def take_back(place: Place, of: str) -> None:
    """Take back what was shared; it stays in the drawer."""
    if item := shared(place).get(of):
        between.take_back(place, TOLD, item.ref)
