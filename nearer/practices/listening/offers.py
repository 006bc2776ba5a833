"""What is said on the Floor but belongs elsewhere: a way to solve it, or another topic.

On the Floor the two only hear each other. Words that open like advice or like a change of topic are
offered the parking place, and never held back: their writer may send them as they are. Better to miss
many than to stop somebody once without need, so only plain openings of a sentence count.
"""

from __future__ import annotations

import re
from enum import StrEnum

from nearer.parts.moves import Ask, Clarify, Reflect, Speak, Validate
from nearer.practices.listening.moves import Cheer
from nearer.protocol import Move

SENTENCE = r"(?:^|[.!?…\n]\s*)[\"'“]?"
SOLUTIONS = (
    r"why (?:don[’']t|not) (?:you|we)\b",
    r"have you (?:tried|thought of|considered)\b",
    r"(?:how|what) about (?:we |you )?\w+ing\b",
    r"what if (?:you|we)\b",
    r"let[’']s (?!say\b)",
    r"(?:you|we) (?:should|could) (?:just |simply |always |maybe |try |go |ask |tell |call |talk |make |get |do |take |leave |stop )",
    r"if i were you\b",
    r"my advice\b",
    r"(?:the|one|an easy|a good) (?:solution|way out|best thing to do)\b",
    r"(?:just|simply) (?:try|do|tell|ask|stop|ignore)\b",
)
TOPICS = (
    r"by the way\b",
    r"on another note\b",
    r"(?:and )?another thing\b",
    r"and while we(?:[’']re| are) at it\b",
    r"while we(?:[’']re| are) at it\b",
    r"something else\b",
    r"not to change the (?:subject|topic)\b",
    r"that reminds me\b",
)


class Matter(StrEnum):
    """What sort of thing belongs in the parking place."""

    SOLUTION = "solution"
    TOPIC = "topic"


def _any_of(openings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(SENTENCE + "(?:" + "|".join(openings) + ")", re.IGNORECASE)


_SOLUTION, _TOPIC = _any_of(SOLUTIONS), _any_of(TOPICS)


def offer(move: Move) -> Matter | None:
    """Say whether what somebody is about to say might be parked.

    Advice is looked for in what a listener says, a change of topic in what either says.

    Args:
        move: what is about to be played.

    Returns:
        What it might be, or None.
    """
    if isinstance(move, Reflect | Validate | Ask | Cheer) and _SOLUTION.search(move.words):
        return Matter.SOLUTION
    if isinstance(move, Speak | Clarify | Reflect | Validate | Ask) and _TOPIC.search(move.words):
        return Matter.TOPIC
    return None
