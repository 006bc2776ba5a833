"""How two people can share several things at once, such as chores or days: the adjusted winner.

Each spreads a hundred points over the things in private. The result gives both the same worth by their own points, neither
would rather have the other's part, and nothing else would be better for one and no worse for the other. At most one thing
is split; a part of it means a part of the time, or taking turns.

Source: Brams, S. J., & Taylor, A. D. (1996). Fair division: From cake-cutting to dispute resolution.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

POINTS = 100

type Points = Sequence[int]


def points(levels: Sequence[int]) -> Points:
    """Return a hundred points in the proportions of what somebody tapped; where that is nothing, as many for each.

    What rounding leaves over goes where it is largest, and where it is equal to the earlier ones.

    Args:
        levels: how much, by thing, from nought up.
    """
    weights = levels if any(levels) else [1] * len(levels)
    whole, places = sum(weights), range(len(weights))
    given = [POINTS * each // whole for each in weights]
    late = sorted(places, key=lambda place: (-(POINTS * weights[place] % whole), place))
    return [given[place] + (place in late[: POINTS - sum(given)]) for place in places]


def shares(one: Points, other: Points) -> list[Fraction]:
    """Return how much of each thing goes to the first of the two; the rest of it is the other's.

    Args:
        one: the points of the first, a hundred in all, by thing.
        other: the points of the second.

    Raises:
        ValueError: somebody spread another number of points, or fewer than none on a thing.
    """
    if len(one) != len(other) or any(sum(each) != POINTS or min(each) < 0 for each in (one, other)):
        raise ValueError("each spreads a hundred points over the same things")
    parts = _to_who_wants_it_more(one, other)
    first, second = worth(parts, one), worth([1 - part for part in parts], other)
    if first >= second:
        return _evened(parts, one, other)
    return [1 - part for part in _evened([1 - part for part in parts], other, one)]


def worth(parts: Sequence[Fraction], points: Points) -> Fraction:
    """Return what parts of the things are worth by somebody's own points."""
    return sum((part * each for part, each in zip(parts, points, strict=True)), Fraction())


def _to_who_wants_it_more(one: Points, other: Points) -> list[Fraction]:
    """Give each thing to who has more points on it, then what both want alike to who has less so far."""
    parts = [Fraction(mine > theirs) for mine, theirs in zip(one, other, strict=True)]
    mine = worth(parts, one)
    theirs = sum(b for a, b in zip(one, other, strict=True) if b > a)
    for place, (a, b) in enumerate(zip(one, other, strict=True)):
        if a == b and mine < theirs:
            parts[place], mine = Fraction(1), mine + a
        elif a == b:
            theirs += b
    return parts


def _evened(parts: Sequence[Fraction], rich: Points, poor: Points) -> list[Fraction]:
    """Hand over from who has more, first what costs them least for what it gives, until both have the same."""
    given = list(parts)
    held = [place for place, part in enumerate(parts) if part and rich[place]]
    for place in sorted(held, key=lambda place: (_cost(rich[place], poor[place]), place)):
        ahead = worth(given, rich) - worth([1 - part for part in given], poor)
        given[place] -= min(given[place], ahead / (rich[place] + poor[place]))
    return given


def _cost(rich: int, poor: int) -> tuple[bool, Fraction]:
    return (False, Fraction(rich, poor)) if poor else (True, Fraction())
