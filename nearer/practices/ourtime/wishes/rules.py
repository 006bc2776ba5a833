"""What somebody would like to do, what both would, and from when on both find it. PURE.

What somebody says counts from the start of their next day on: an idea that both would like appears with a morning and
not with a tap, so that nothing that is tapped tells what the other has said. Where somebody is, their browser says; so that
no day comes sooner for saying something else, at least twenty hours lie between two mornings of one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from nearer.practices.ourtime.moves import Level, quarter_of
from nearer.protocol import Seat

DAY, SHORTEST = 4 * 24, 4 * 20
"""How many quarters of an hour a day has, and how many lie at least between the two mornings with which words begin to count."""
OWN_MOST, TEXT_MOST = 30, 110

type Said = tuple[int, int]
"""From when on it counts, in quarters of an hour since 1970, and how much. Days begin with a quarter everywhere."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What is sealed: what one of the two would like.

    Attributes:
        seat: whose.
        said: of each idea, by its id, what counts of it, and then what will.
        own: ideas of their own: the id and the text. The other meets them among their cards.
        morning: with which quarter the last word of all begins to count, or began.
    """

    seat: str
    said: Mapping[str, tuple[Said, ...]]
    own: tuple[tuple[str, str], ...] = ()
    morning: int = 0

    def __post_init__(self) -> None:
        """Refuse what is no wish, and read rows as what they are."""
        Seat(self.seat)
        said = {
            idea: tuple((int(when), int(Level(level))) for when, level in words)
            for idea, words in self.said.items()
        }
        object.__setattr__(self, "said", said)
        object.__setattr__(self, "own", tuple((str(ref), str(text)) for ref, text in self.own))

    def saying(self, idea: str, level: Level, at: datetime, tomorrow: datetime) -> Wishes:
        """Return it with a word about an idea, in the place of whatever else does not count yet.

        Args:
            idea: its id.
            level: how much one would like it.
            at: now.
            tomorrow: when the next day begins where they say they are.
        """
        now, morning = quarter_of(at), quarter_of(tomorrow)
        if self.morning > now:
            morning = self.morning
        elif morning < self.morning + SHORTEST:
            morning += DAY
        counts = [each for each in self.said.get(idea, ()) if each[0] <= now]
        row = (*counts[-1:], (morning, int(level)))
        return replace(self, said={**self.said, idea: row}, morning=morning)

    def adding(self, idea: str, text: str, at: datetime, tomorrow: datetime) -> Wishes:
        """Return it with an idea of one's own, which one would like."""
        return replace(self, own=(*self.own, (idea, text))).saying(idea, Level.LIKE, at, tomorrow)

    def without(self, idea: str) -> Wishes:
        """Return it without a word about an idea, and without the idea if it is one's own."""
        said = {each: row for each, row in self.said.items() if each != idea}
        return replace(self, said=said, own=tuple(each for each in self.own if each[0] != idea))

    def now(self, idea: str) -> Level | None:
        """What they said of it last; None when nothing."""
        row = self.said.get(idea)
        return Level(row[-1][1]) if row else None

    def by(self, day: datetime) -> dict[str, int]:
        """What counted when a day began."""
        start = quarter_of(day)
        counted = {idea: [level for when, level in row if when <= start] for idea, row in self.said.items()}
        return {idea: levels[-1] for idea, levels in counted.items() if levels}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Something both would like.

    Attributes:
        idea: its id, or its place on the table.
        levels: how much each of the two.
        novelty: from 0 to 3.
        done: the day on which they last did it, as 2026-01-31; empty for never.
    """

    idea: str
    levels: tuple[int, int]
    novelty: int = 0
    done: str = ""


def ranked(several: Iterable[Wanted]) -> list[Wanted]:
    """Return what both would like, best first.

    By the product of what the two said (Nash, J. F. (1950). The bargaining problem), with nothing to lose for either;
    of equals the one that leaves neither far behind, then the newer one, then the one not done for longest.
    """
    both = [each for each in several if min(each.levels) >= Level.OK]
    return sorted(
        both,
        key=lambda each: (
            -each.levels[0] * each.levels[1], -min(each.levels), -each.novelty, each.done,
        ),
    )  # fmt: skip


def common(
    mine: Wishes, theirs: Wishes, day: datetime, *, novelty: Mapping[str, int], done: Mapping[str, str]
) -> list[str]:
    """Return the ideas that both would like since before a day began, best first: all that one learns of the other's.

    Args:
        mine: what one has said.
        theirs: what the other has.
        day: when it began.
        novelty: of the ideas there are, how new each is.
        done: the day on which the two last did one, by its id.
    """
    here, there = mine.by(day), theirs.by(day)
    wanted = [
        Wanted(idea=each, levels=(here[each], there[each]), novelty=new, done=done.get(each, ""))
        for each, new in novelty.items()
        if each in here and each in there
    ]
    return [each.idea for each in ranked(wanted)]
