"""What two maps and two guesses give when they are laid beside each other.

Everything here is made anew each time it is shown and stored nowhere, so what is taken out of a map is gone
from all that follows from it. A level of somebody's leaves for the other only where its owner opened it: on
a card both rated high, on the one card that was guessed lowest, and on cards they chose to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nearer.practices.needs.moves import ALL, CARDS, ESSENTIAL, UNSAID, Guess, Map
from nearer.protocol import Seat
from nearer.protocol.changing import changed

HIGH = 3  # "a lot"
BOTH_MOST = 3
FREEDOM = 8  # the card "Freedom to choose"
HARDLY = 0
ORDER = ("both", "theirs", "mine", "shown")


@dataclass(frozen=True, kw_only=True)
class Side:
    """What one of the two has put in.

    Attributes:
        importance: how much each card matters, -1 for unsaid.
        met: how it is met lately, -1 for unsaid.
        private: 1 for each card that stays with its owner.
        names: own words for a card; the last ones name cards of one's own.
        guesses: how much each card matters to the other, guessed; -1 for unsaid.
        shown: cards shown to the other on purpose.
        shown_met: those of them that were shown with how they are met.
    """

    importance: tuple[int, ...] = (UNSAID,) * ALL
    met: tuple[int, ...] = (UNSAID,) * ALL
    private: tuple[int, ...] = (0,) * ALL
    names: tuple[str, ...] = ("",) * ALL
    guesses: tuple[int, ...] = (UNSAID,) * CARDS
    shown: tuple[int, ...] = ()
    shown_met: tuple[int, ...] = ()

    def mapped(self, move: Map) -> Side:
        """Return the side with a map in it. A card of one's own without a name is none."""
        unnamed = [card for card in range(CARDS, ALL) if not move.names[card]]
        return changed(
            self, importance=_without(move.importance, unnamed), met=_without(move.met, unnamed),
            private=move.private, names=move.names,
        )  # fmt: skip

    def guessed(self, move: Guess) -> Side:
        """Return the side with a guess in it."""
        return changed(self, guesses=move.levels)

    def is_open(self, card: int) -> bool:
        """Whether a card takes part in the reveal."""
        return self.importance[card] != UNSAID and not self.private[card]

    def showing(self, card: int, *, met: bool) -> Side:
        """Return the side with one card shown; itself when there is nothing on it to show."""
        if self.importance[card] == UNSAID:
            return self
        shown = tuple(sorted({*self.shown, card}))
        with_met = met and self.met[card] != UNSAID
        shown_met = tuple(sorted({*self.shown_met, *([card] if with_met else [])}))
        same = (shown, shown_met) == (self.shown, self.shown_met)
        return self if same else changed(self, shown=shown, shown_met=shown_met)

    def without(self, card: int) -> Side:
        """Return the side with a card taken back; itself when nothing was on it."""
        if self.importance[card] == self.met[card] == UNSAID and not self.names[card]:
            return self
        names = tuple("" if n == card else name for n, name in enumerate(self.names))
        return changed(
            self, importance=_without(self.importance, [card]), met=_without(self.met, [card]), names=names,
            shown=tuple(c for c in self.shown if c != card),
            shown_met=tuple(c for c in self.shown_met if c != card),
        )  # fmt: skip

    def unguessed(self, card: int) -> Side:
        """Return the side without what was guessed of a card."""
        return changed(self, guesses=_without(self.guesses, [card]))

    @property
    def lacks_freedom(self) -> bool:
        """Whether being free to choose is essential, and hardly there."""
        return self.importance[FREEDOM] == ESSENTIAL and self.met[FREEDOM] == HARDLY

    @property
    def opened(self) -> Side:
        """What outlives a sitting: what takes part in the reveal or was shown, and the guesses."""
        kept = [card for card in range(ALL) if self.is_open(card) or card in self.shown]
        hidden = [card for card in range(ALL) if card not in kept]
        unmet = [card for card in range(ALL) if card not in self.shown_met]
        names = tuple("" if card in hidden else name for card, name in enumerate(self.names))
        return changed(
            self, importance=_without(self.importance, hidden), met=_without(self.met, unmet), names=names
        )


type Sides = Mapping[Seat, Side]


def _without(levels: tuple[int, ...], cards: Iterable[int]) -> tuple[int, ...]:
    gone = set(cards)
    return tuple(UNSAID if card in gone else level for card, level in enumerate(levels))


def taken_back(sides: Sides, seat: Seat, card: int) -> dict[Seat, Side]:
    """Return both sides without one of somebody's cards, and without what the other guessed of it."""
    theirs = sides[seat.other].unguessed(card) if card < CARDS else sides[seat.other]
    return {seat: sides[seat].without(card), seat.other: theirs}


def unsaid_by(sides: Sides, seat: Seat) -> dict[Seat, Side]:
    """Return both sides without anything that somebody put in: their cards, what was guessed of them, their guesses."""
    for card in range(ALL):
        sides = taken_back(sides, seat, card)
    return {seat: Side(), seat.other: sides[seat.other]}


def strengths(sides: Sides) -> list[int]:
    """Return up to three cards that both rated high, the highest first."""
    host, guest = sides[Seat.HOST], sides[Seat.GUEST]
    both = [card for card in range(CARDS) if host.is_open(card) and guest.is_open(card)]
    high = [card for card in both if min(host.importance[card], guest.importance[card]) >= HIGH]
    return sorted(high, key=lambda card: (-host.importance[card] - guest.importance[card], card))[:BOTH_MOST]


def most_missed(sides: Sides, owner: Seat) -> int | None:
    """Return the card of somebody's that the other guessed furthest below; None when none was."""
    mine, guesses = sides[owner], sides[owner.other].guesses
    below = {
        card: mine.importance[card] - guesses[card]
        for card in range(CARDS)
        if mine.is_open(card) and guesses[card] != UNSAID
    }
    furthest = max(below.values(), default=0)
    cards = [card for card, gap in below.items() if gap == furthest > 0]
    return min(cards, key=lambda card: (-mine.importance[card], card), default=None)


def opened_to(sides: Sides, seat: Seat) -> set[int]:
    """Return the cards of the other's that a seat is shown: what both rated high, what it missed most, what was shown."""
    missed = most_missed(sides, seat.other)
    return {*strengths(sides), *sides[seat.other].shown, *([] if missed is None else [missed])}


def rows(sides: Sides, seat: Seat) -> list[dict[str, Any]]:
    """Return the rows of the picture as one seat may see it: what both rated high first, then what was missed.

    Each has its card and whose words name it, the two levels as far as they are open to this seat, this seat's
    own guess where it was furthest below, and why it stands there.
    """
    mine, theirs = sides[seat], sides[seat.other]
    both = strengths(sides)
    their_missed, my_missed = most_missed(sides, seat.other), most_missed(sides, seat)
    open_theirs, open_mine = opened_to(sides, seat), opened_to(sides, seat.other)
    found = []
    for card in sorted({c for c in open_theirs | open_mine if c < CARDS}):
        row = _row(card, mine, theirs, is_open=card in open_theirs)
        row["guess"] = mine.guesses[card] if card == their_missed else None
        row["why"] = _why(card, both, their_missed, my_missed)
        found.append(row)
    found += [_own_row(card, mine=mine) for card in mine.shown if card >= CARDS]
    found += [_own_row(card, theirs=theirs) for card in theirs.shown if card >= CARDS]
    return sorted(found, key=lambda row: (ORDER.index(row["why"]), -_weight(row), row["card"]))


def _row(card: int, mine: Side, theirs: Side, *, is_open: bool) -> dict[str, Any]:
    level = theirs.importance[card] if is_open else UNSAID
    met = theirs.met[card] if card in theirs.shown_met else UNSAID
    named = theirs.names[card] if level != UNSAID else ""
    return {
        "card": card,
        "name": mine.names[card],
        "their_name": named if named != mine.names[card] else "",
        "mine": _said(mine.importance[card]),
        "theirs": _said(level),
        "their_met": _said(met),
        "my_met": _said(mine.met[card] if card in mine.shown_met else UNSAID),
    }


def _own_row(card: int, *, mine: Side | None = None, theirs: Side | None = None) -> dict[str, Any]:
    side = mine or theirs or Side()
    level = _said(side.importance[card])
    met = _said(side.met[card] if card in side.shown_met else UNSAID)
    return {
        "card": card, "name": side.names[card], "their_name": "", "guess": None, "why": "shown",
        "mine": level if mine else None, "theirs": level if theirs else None,
        "my_met": met if mine else None, "their_met": met if theirs else None,
    }  # fmt: skip


def _said(level: int) -> int | None:
    return None if level == UNSAID else level


def _why(card: int, both: list[int], their_missed: int | None, my_missed: int | None) -> str:
    if card in both:
        return "both"
    return "theirs" if card == their_missed else "mine" if card == my_missed else "shown"


def _weight(row: Mapping[str, Any]) -> float:
    levels = [level for level in (row["mine"], row["theirs"]) if level is not None]
    return sum(levels) / len(levels) if levels else 0.0


def pairs(sides: Sides, seat: Seat) -> list[tuple[int, int, int]]:
    """Return truth, guess and own level of every card this seat guessed and the other opened.

    For sums over many of them only: no page may hold one of these, or anything it could be found from.
    """
    mine, theirs = sides[seat], sides[seat.other]
    found = [
        (theirs.importance[c], mine.guesses[c], mine.importance[c]) for c in range(CARDS) if theirs.is_open(c)
    ]
    return [each for each in found if each[1] != UNSAID]
