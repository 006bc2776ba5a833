"""Whether a text is in English, which is all that the quiet hints understand: about other languages they say nothing."""

from __future__ import annotations

import re

COMMON = frozenset(
    [
        "i",
        "you",
        "your",
        "my",
        "the",
        "and",
        "it",
        "that",
        "this",
        "were",
        "have",
        "did",
        "not",
        "to",
        "of",
        "for",
        "with",
        "when",
        "will",
        "would",
        "our",
        "been",
        "because",
        "from",
        "sorry",
    ]
)
"""Words that hardly an English sentence is without, and that other languages hardly have."""
WORD = re.compile(r"[^\W\d_]+")
SHARE = 7
"""One in so many is enough."""


def is_english(words: str) -> bool:
    """Say whether a text reads like English, by how many of its words are among the most common ones there."""
    found = [word.lower() for word in WORD.findall(words)]
    return SHARE * sum(word in COMMON for word in found) >= len(found) > 0
