"""Words with which somebody solves it, or makes it smaller, where the other wants to be heard. For their author alone. PURE.

English openings only, and better to miss many than to stop somebody once without need.
"""

from __future__ import annotations

import re
from enum import StrEnum

SENTENCE = r"(?:^|[.!?…\n]\s*)[\"'“]?(?:(?:so|and|but|well|maybe|then)[,]?\s+)*"
ADVICE = re.compile(
    SENTENCE
    + r"(?:why (?:don[’']t|not) you\b|have you (?:tried|thought of|considered)\b|(?:how|what) about \w+ing\b"
    r"|you (?:should|could|must|need to|have to|ought to|just need)\b|if i were you\b|my advice\b|the (?:solution|answer) is\b"
    r"|(?:just|simply) (?:try|do|tell|ask|stop|ignore|let)\b|try (?:to|not to)\b)",
    re.IGNORECASE,
)
SMALLER = re.compile(
    SENTENCE
    + r"(?:(?:it|that)[’']?s not (?:so|that) bad\b|(?:it|that) is not (?:so|that) bad\b|at least\b|don[’']t (?:worry|be (?:silly|sad|like that))\b"
    r"|other people have\b|everybody (?:feels|has|does) (?:that|this|it)\b|you[’']re (?:over|too )\w+|it will pass\b|cheer up\b|no big deal\b)",
    re.IGNORECASE,
)


class Hint(StrEnum):
    """What a hint is about."""

    ADVICE = "advice"  # it may be a way to solve it
    SMALLER = "smaller"  # it may make it smaller than it is


def is_advice(words: str) -> bool:
    """Say whether this may be a way to solve it."""
    return bool(ADVICE.search(words))


def is_smaller(words: str) -> bool:
    """Say whether this may make it smaller than it is."""
    return bool(SMALLER.search(words))


def received(words: str) -> Hint | None:
    """Say what somebody who is about to receive something with these words might look at once more: one hint at most."""
    if is_advice(words):
        return Hint.ADVICE
    return Hint.SMALLER if is_smaller(words) else None
