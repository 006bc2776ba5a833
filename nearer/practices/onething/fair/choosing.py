"""Which ways to solve something to put before two people, from what each feels about them in private.

Of all that neither of them cannot live with, and that is no worse for either than how it is today, those come first
where the product of both gains over today is greatest (Nash, J. F. (1950). The bargaining problem. Econometrica, 18(2),
155-162). It does not matter there how freely somebody uses high numbers: a product is the same choice on any scale, which
neither a sum nor the smaller of the two is. What is worse for one and no better for the other than something else that is
there is not put before them.
"""

from __future__ import annotations

from collections.abc import Sequence

CANNOT = -1
"""In place of a number: I cannot live with that."""
MOST = 3
"""How many are put before the two at once."""

type Ratings = Sequence[int]
type Gains = tuple[int, int]


def ranked(one: Ratings, other: Ratings, today: tuple[int, int]) -> list[int]:
    """Return what could be put before the two, best first, as places in the list.

    Where the products are equal the smaller gain decides, then the sum, then which was there earlier.

    Args:
        one: how each way feels to one of them, or `CANNOT`.
        other: how each feels to the other.
        today: how it feels to each as it is.
    """
    gains = {place: _gains(pair, today) for place, pair in enumerate(zip(one, other, strict=True))}
    fair = {place: gain for place, gain in gains.items() if gain is not None}
    best = [place for place, gain in fair.items() if not any(_beats(each, gain) for each in fair.values())]
    return sorted(best, key=lambda place: _worth(fair[place]), reverse=True)


def offers(one: Ratings, other: Ratings, today: tuple[int, int]) -> tuple[int, ...]:
    """Return the places of at most three ways in the order in which they were written, which tells nothing."""
    return tuple(sorted(ranked(one, other, today)[:MOST]))


def _gains(pair: tuple[int, int], today: tuple[int, int]) -> Gains | None:
    if CANNOT in pair:
        return None
    gain = (pair[0] - today[0], pair[1] - today[1])
    return gain if min(gain) >= 0 else None


def _worth(gain: Gains) -> tuple[int, int, int]:
    return gain[0] * gain[1], min(gain), sum(gain)


def _beats(gain: Gains, other: Gains) -> bool:
    return gain != other and gain[0] >= other[0] and gain[1] >= other[1]
