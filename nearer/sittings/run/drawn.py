"""What a pair was shown of a deck, so that they see nothing twice before they have seen all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random, SystemRandom

from nearer.bonds.cards import Kin
from nearer.bonds.place import Place
from nearer.content.deck import Entry, entries_of
from nearer.content.decks import deck
from nearer.content.drawing import next_of
from nearer.protocol import Dialogue, Move
from nearer.records import keeping
from nearer.records.keeping import Kind
from nearer.records.shelf import Shelf
from nearer.sittings.practice import PracticeConfig
from nearer.sittings.run.log import Played, Run


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What is sealed.

    Attributes:
        deck: the name of the deck.
        seen: the ids the two have met since it was last used up, oldest first.
    """

    deck: str
    seen: tuple[str, ...]


DRAWN = Kind(name="drawn", shape=Drawn)
KINS: Mapping[str, tuple[str, ...]] = {
    Kin.PARTNER: ("partner",),
    Kin.FRIEND: ("friend",),
    Kin.SIBLING: ("sibling",),
    Kin.PARENT: ("parent", "child"),
    Kin.CHILD: ("parent", "child"),
    Kin.FAMILY: ("sibling", "parent", "child"),
}
"""What two people may be to each other, by what they said they are: an entry suits them if it suits all of it."""
NOBODYS = ("other",)
"""Two who did not say meet what is for everybody."""


def draw(
    place: Place, name: str, count: int, *, at: datetime, fits: Callable[[Entry], bool] = bool
) -> list[Entry]:
    """Draw entries that these two have not met, and remember that they have met them now.

    Args:
        place: who draws, for both.
        name: of the deck.
        count: how many.
        at: now.
        fits: says of an entry whether it may be drawn.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
        KeyError: there is no such deck.
    """
    shelf, found = Shelf.of_bond(place), deck(name)
    suited = [entry for entry in entries_of(found, kin=KINS.get(place.kin, NOBODYS)) if fits(entry)]
    with keeping.changing(shelf):
        kept = next((each for each in keeping.find(shelf, DRAWN) if each.document.deck == name), None)
        seen = kept.document.seen if kept else ()
        drawn, met = next_of([each.id for each in suited], seen, count, SystemRandom())
        remembered = Drawn(deck=name, seen=tuple(met))
        if kept:
            keeping.replace(shelf, DRAWN, kept.ref, remembered, at=at)
        else:
            keeping.put(shelf, DRAWN, remembered, at=at)
    return [found[each] for each in drawn]


def facts_for(place: Place, room: PracticeConfig, *, at: datetime) -> dict[str, tuple[str, ...]]:
    """Return the texts that a room begins with, drawn from its decks; see `PracticeConfig.draws`."""
    return {
        fact: tuple(entry.text for entry in draw(place, name, count, at=at, fits=room.fits))
        for fact, (name, count) in room.draws.items()
    }


def facts_alone(room: PracticeConfig, seed: int) -> dict[str, tuple[str, ...]]:
    """Return the same for somebody who practises alone: of that nothing is remembered, and a seed gives the same again."""
    chance = Random(seed)  # noqa: S311 - variety, not secrecy
    return {
        fact: tuple(entry.text for entry in chance.sample([*filter(room.fits, deck(name).entries)], count))
        for fact, (name, count) in room.draws.items()
    }


def dealt(run: Run, played: Played) -> Played:
    """Return a move with what it deals: an entry that these two have not met. Any other move stays as it is."""
    move, position = played.move, run.position
    if played.seat is None or not move.deals or type(move) not in position.legal(played.seat):
        return played
    (entry,) = draw(run.place, position.deck, 1, at=played.at)
    return replace(played, move=with_entry(move, entry))


def dealt_alone(position: Dialogue, log: Iterable[Move], move: Move, seed: int) -> Move:
    """Return the same for somebody who practises alone: what was dealt in this run comes last."""
    if not move.deals:
        return move
    dealt = [getattr(each, each.deals) for each in log if each.deals]
    fresh = entries_of(deck(position.deck), kin=NOBODYS)
    left = [entry for entry in fresh if entry.id not in dealt] or fresh
    return with_entry(move, Random(f"{seed}:{len(dealt)}").choice(left))  # noqa: S311 - variety, not secrecy


def with_entry(move: Move, entry: Entry) -> Move:
    """Return a move with the entry it deals."""
    return replace(move, **{move.deals: entry.id})


def undealt(move: Move) -> Move:
    """Return a move as a page sends it: it does not know what will be dealt."""
    return replace(move, **{move.deals: ""}) if move.deals else move
