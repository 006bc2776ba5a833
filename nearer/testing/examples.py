"""How many made-up examples a property is tried with."""

from __future__ import annotations

import os

MANY = "NEARER_TEST_EXAMPLES"
"""The variable that asks for all of them; to tests of whole lives its value says how many."""

FEWEST = 15


def examples(many: int, *, least: int = FEWEST) -> int:
    """Return with how many examples a property is tried in every run, of those that could be.

    The same ones come first each time, so a run that tries more of them each time learns the same each time: all of
    them are for whoever has changed what a property is about.

    Args:
        many: how many it could be tried with.
        least: how many it takes to tell anything.
    """
    return many if os.environ.get(MANY) else min(many, max(many // 4, least))
