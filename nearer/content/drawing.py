"""Drawing from a deck: nobody meets an entry again before they have met all of them. PURE."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def next_of(
    ids: Sequence[str], seen: Sequence[str], count: int, chance: Random
) -> tuple[list[str], list[str]]:
    """Draw some entries that were not seen since the deck was last used up.

    When fewer are left than are wanted, the rest come from the whole deck anew, those seen longest ago first among
    equals of chance; none comes twice in one draw. Ids that are seen but stand in the deck no more do no harm.

    Args:
        ids: of the deck's entries.
        seen: what was drawn since the deck was last used up, oldest first.
        count: how many are wanted.
        chance: decides between those that are left.

    Returns:
        The drawn ids, and what counts as seen from now on.
    """
    known = set(ids)
    met = [each for each in dict.fromkeys(seen) if each in known]
    left = [each for each in dict.fromkeys(ids) if each not in set(met)]
    drawn = chance.sample(left, min(count, len(left)))
    met += drawn
    if len(drawn) < count and len(known) > len(drawn):
        again = [each for each in dict.fromkeys(ids) if each not in set(drawn)]
        more = chance.sample(again, min(count - len(drawn), len(again)))
        return drawn + more, more
    return drawn, ([] if len(met) == len(known) else met)
