"""PURE: which answers to a questionnaire are set against which."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from nearer.closeness.checkup.instruments import Instrument
from nearer.statistics.change import Change, change

TOGETHER, HALF_YEAR = timedelta(days=150), timedelta(days=182)
"""Answers of five months are taken together, and compared with those of the half-year before them."""


def compared(form: Instrument, scores: Sequence[tuple[int, float]]) -> Change | None:
    """Return what may be said of the newest answers to a questionnaire.

    Args:
        form: which.
        scores: how many days before the newest, and the sum; the newest first.
    """
    late = [score for ago, score in scores if ago <= TOGETHER.days]
    early = [score for ago, score in scores if TOGETHER.days < ago <= (TOGETHER + HALF_YEAR).days]
    return change(early, late, form.exact) if early else None
