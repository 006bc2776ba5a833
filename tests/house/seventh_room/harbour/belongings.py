"""What the room keeps: bottles, thrown to the other or kept in a drawer."""

from dataclasses import dataclass
from datetime import datetime

from nearer.bonds.place import Place
from nearer.protocol import Words
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings.belongings import Part, Piece
from nearer.web import cards


@dataclass(frozen=True, kw_only=True)
class Bottle:
    seat: str
    words: str

    def card(self, where: cards.Rank | cards.Part) -> cards.Card:
        return cards.Card(place=where, template="harbour/bottle.html", context={"words": self.words})


BOTTLE = keeping.Kind(name="harbour-bottle", shape=Bottle)


def withdraw(place: Place, *, at: datetime) -> None:
    for kept in keeping.find(Shelf.of_bond(place), BOTTLE):
        if kept.document.seat == place.seat:
            keeping.remove(Shelf.of_bond(place), BOTTLE, kept.ref)


def own(drawer: Shelf, seat: str = "") -> list[Part]:
    found = [kept.document for kept in keeping.find(drawer, BOTTLE)]
    return [
        Part(title="Bottles", pieces=tuple(Piece(mine=b.seat == seat, words=Words(b.words)) for b in found))
    ]


def shared(place: Place) -> list[Part]:
    return own(Shelf.of_bond(place), place.seat)
