"""Reads a deck as an editor would: what stands twice, what is hard to read, what does not belong between two people. PURE."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from nearer.content import reading
from nearer.content.deck import Deck, Entry

GRADE_AT_MOST = 6.0
SHORTEST_GRADED = 6  # words: the grade of a shorter line says nothing
ALIKE = 0.8  # of the telling words of two texts, what both say
FORBIDDEN = {
    "harm that was done": r"traumas?|traumatic|abused?|rap(?:e|ed)|assault\w*|violence|suicid\w*|self-harm",
    "somebody's past with others": r"ex(?:es)?|ex-\w+|affairs?|cheat(?:ed|ing)?|past partners?|former partners?",
    "sexual matters": r"sex|sexual\w*|porn\w*|orgasm\w*|naked",
    "what could be used against somebody": r"passwords?|pin codes?|crimes?|illegal|debts?|salary|diagnos\w+|medication",
    "an order or a reproach": r"you always|you never|you should|you must|why don['’]t you",
}
"""What no card, prompt or question asks about, and how it would be said."""

_SUBJECTS = {what: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for what, words in FORBIDDEN.items()}
_SHOUTING = re.compile(r"!")
_EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "like",
        "me",
        "most",
        "my",
        "of",
        "on",
        "or",
        "our",
        "so",
        "some",
        "something",
        "that",
        "the",
        "them",
        "there",
        "they",
        "thing",
        "this",
        "to",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "with",
        "would",
        "you",
        "your",
    ]
)


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One thing to mend.

    Attributes:
        entry: the id of the entry; "" for the whole deck.
        what: what to do.
    """

    entry: str
    what: str


def remarks(deck: Deck) -> list[Remark]:
    """Return what could be better in a deck; nothing when it is fine."""
    return [*_twice(deck), *(Remark(entry=each.id, what=what) for each in deck.entries for what in _of(each))]


def are_alike(one: str, other: str) -> bool:
    """Say whether two texts ask or say nearly the same: by the words that tell, whatever their order."""
    return _alike(_Said.of(one), _Said.of(other))


def telling(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about, without their endings."""
    return frozenset(_stem(word) for word in plain(text).split() if word not in _EMPTY)


def plain(text: str) -> str:
    """Return a text in small letters, without signs."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|ing|ed|es|s)$", "", word) if len(word) > 4 else word  # noqa: PLR2004 - short words have none


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What a text is compared by, read once for all it is compared with."""

    plain: str
    telling: frozenset[str]

    @classmethod
    def of(cls, text: str) -> _Said:
        return cls(plain=plain(text), telling=telling(text))


def _alike(one: _Said, other: _Said) -> bool:
    if not one.telling or not other.telling:
        return one.plain == other.plain
    shared = len(one.telling & other.telling)
    return shared / (len(one.telling) + len(other.telling) - shared) >= ALIKE


def _twice(deck: Deck) -> Iterator[Remark]:
    said = [(each.id, _Said.of(f"{each.name} {each.text}")) for each in deck.entries]
    for (one, here), (other, there) in combinations(said, 2):
        if _alike(here, there):
            yield Remark(entry=other, what=f"It is nearly the same as {one!r}.")


def _of(entry: Entry) -> Iterator[str]:
    text = f"{entry.name}. {entry.text}" if entry.name else entry.text
    for what, words in _SUBJECTS.items():
        if hit := words.search(text):
            yield f"It speaks of {what}: {hit.group()!r}."
    if (
        len(reading.words_in(entry.text)) >= SHORTEST_GRADED
        and (grade := reading.grade(entry.text)) > GRADE_AT_MOST
    ):
        yield f"It reads at grade {grade:.1f}; shorter words bring it to {GRADE_AT_MOST:.0f}."
    if _SHOUTING.search(text):
        yield "It shouts: leave the exclamation mark out."
