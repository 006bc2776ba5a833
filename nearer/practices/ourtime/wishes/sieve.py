"""Which ideas fit: what they cost and ask for, and for whom they are. PURE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LITTLE, MOST = 1, 3


@dataclass(frozen=True, kw_only=True)
class Sieve:
    """What ideas may ask for; nothing said means that it does not matter.

    Attributes:
        cost: from 0, free, to 3; a little unless somebody says otherwise.
        energy: from 0 to 3.
        minutes: how long at most; 0 for any time.
        where: "in", "out" or "" for either.
        season: one of the four, or "" for any.
        apart: whether it can be done at a distance.
        children: whether it can be done with children.
        accessible: whether it can be done sitting, or without steps.
    """

    cost: int = LITTLE
    energy: int = MOST
    minutes: int = 0
    where: str = ""
    season: str = ""
    apart: bool = False
    children: bool = False
    accessible: bool = False

    def lets(self, facts: Mapping[str, Any]) -> bool:  # Any: what a deck says of an idea
        """Say whether an idea fits. What nobody said of it is in nobody's way."""
        within = (
            facts.get("cost", 0) <= self.cost
            and facts.get("energy", 0) <= self.energy
            and (not self.minutes or facts.get("minutes", 0) <= self.minutes)
        )
        there = not self.where or facts.get("where", self.where) in {self.where, "either"}
        then = not self.season or facts.get("season", "any") in {self.season, "any"}
        needed = [name for name in ("apart", "children", "accessible") if getattr(self, name)]
        return within and there and then and all(facts.get(name, "yes") == "yes" for name in needed)
