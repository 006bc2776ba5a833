"""A deck: entries of one sort, each with an id that stays. It is read, never run. PURE.

schema = 1
name = "listening.topics"      the practice or part it is for, and what it is called there
kind = "idea"                  one of KINDS
version = 1
about = "Easy things to talk about."

[[entry]]
id = "way-home"
text = "Something you saw on the way home"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from types import MappingProxyType
from typing import Any

SCHEMA = 1
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
ID_MOST, ENTRIES_MOST = 60, 2_000
KIN = ("partner", "friend", "sibling", "parent", "child")


@dataclass(frozen=True, kw_only=True)
class Sort:
    """What entries of a kind look like.

    Attributes:
        most: characters of a text at most.
        facts: what else an entry says, by name: the words it may be, or the numbers from which to which.
        needs: the facts that none may lack.
    """

    most: int
    facts: Mapping[str, tuple[str, ...] | range | int] = field(default_factory=dict)
    needs: tuple[str, ...] = ()


YES_NO = ("yes", "no")
KINDS: Mapping[str, Sort] = MappingProxyType(
    {
        "card": Sort(most=90, facts={"name": 40}, needs=("name",)),
        "prompt": Sort(most=160, facts={"level": range(1, 4), "kin": KIN}),
        "question": Sort(most=140, facts={"kin": KIN}),
        "stem": Sort(most=90),
        "rung": Sort(most=120, facts={"name": 40, "only": ("live", "async")}, needs=("name",)),
        "cue": Sort(most=140, facts={"for": 40}),
        "idea": Sort(
            most=110,
            facts={
                "cost": range(4), "energy": range(4), "minutes": range(5, 721), "novelty": range(4),
                "where": ("in", "out", "either"), "season": ("any", "spring", "summer", "autumn", "winter"),
                "apart": YES_NO, "children": YES_NO, "accessible": YES_NO, "kin": KIN,
            },
        ),
    }
)  # fmt: skip
"""The kinds of entries there are. A text fact names how long it may be; `kin` may name several."""


class NotADeck(ValueError):
    """A deck cannot be used. The message names the entry and says what to write instead."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One card, prompt, stem, idea or question.

    Attributes:
        id: stays when its words change; what somebody has seen is remembered by it.
        text: what is shown.
        facts: what else its kind says of it.
    """

    id: str
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)  # Any: words, numbers, rows of words

    @property
    def name(self) -> str:
        """What a card or a rung is called; "" for other kinds."""
        return str(self.facts.get("name", ""))

    def suits(self, *kin: str) -> bool:
        """Say whether it is for two people who are one of these to each other, whichever: for all, unless it names some."""
        named = self.facts.get("kin", ())
        return not named or all(each in named for each in kin)


@dataclass(frozen=True, kw_only=True)
class Deck:
    """Entries of one kind.

    Attributes:
        name: the practice or part it is for, a full stop, and what it is called there.
        kind: one of `KINDS`.
        version: counts up as it changes.
        about: one line about it.
        entries: in their order, which says nothing but where to begin.
        fixed: whether a practice counts on these entries and no others, so that no pack may add to them.
        language: of its texts.
    """

    name: str
    kind: str
    version: int
    about: str
    entries: tuple[Entry, ...]
    fixed: bool = False
    language: str = "en"

    def __getitem__(self, entry: str) -> Entry:
        """Return the entry with this id.

        Raises:
            KeyError: there is none.
        """
        return self._named[entry][1]

    @cached_property
    def _named(self) -> dict[str, tuple[int, Entry]]:
        return {each.id: (number, each) for number, each in enumerate(self.entries)}

    def called(self, ids: Collection[str]) -> tuple[Entry, ...]:
        """Return those of its entries that are named, in its order; what it does not hold is passed over."""
        return tuple(each for _, each in sorted(self._named[one] for one in ids if one in self._named))

    def with_more(self, other: Deck) -> Deck:
        """Return the deck with the entries of another of the same name; an id that is here already stays as it is."""
        known = {each.id for each in self.entries}
        more = tuple(each for each in other.entries if each.id not in known)
        return Deck(
            **{each.name: getattr(self, each.name) for each in fields(self)}
            | {"entries": self.entries + more}
        )


def read_deck(text: str) -> Deck:
    """Read a deck.

    Args:
        text: of its file, as TOML.

    Raises:
        NotADeck: something in it is missing, unknown or not allowed.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise NotADeck(str(problem)) from None
    if told.pop("schema", None) != SCHEMA:
        raise NotADeck(f"this program reads decks with schema = {SCHEMA}.")
    entries, kind = told.pop("entry", []), str(told.get("kind"))
    if kind not in KINDS:
        raise NotADeck(f"kind is one of {', '.join(KINDS)}.")
    if not (isinstance(entries, list) and 1 <= len(entries) <= ENTRIES_MOST):
        raise NotADeck(f"a deck holds 1 to {ENTRIES_MOST} entries, each under [[entry]].")
    deck = _deck(told, tuple(_entry(each, KINDS[kind]) for each in entries))
    if len({each.id for each in entries_of(deck)}) != len(deck.entries):
        raise NotADeck("two entries have the same id.")
    return deck


def entries_of(deck: Deck, *, kin: Collection[str] = ()) -> tuple[Entry, ...]:
    """Return the entries that suit two people who are one of these to each other; all, when that is not said."""
    return tuple(each for each in deck.entries if not kin or each.suits(*kin))


def _deck(told: dict[str, Any], entries: tuple[Entry, ...]) -> Deck:
    odd = sorted(told.keys() - {each.name for each in fields(Deck)})
    if odd:
        raise NotADeck(f"nobody knows what {odd[0]!r} means.")
    try:
        deck = Deck(**told, entries=entries)
    except TypeError as missing:
        raise NotADeck(f"{', '.join(re.findall(r"'(\w+)'", str(missing)))} missing.") from None
    if not NAME.fullmatch(str(deck.name)):
        raise NotADeck('name looks like "listening.topics".')
    version: object = deck.version
    if not isinstance(version, int) or version < 1:
        raise NotADeck("version is a whole number from 1.")
    return deck


def _entry(told: Any, sort: Sort) -> Entry:  # Any: what stands in a file can be anything
    if not isinstance(told, dict):
        raise NotADeck("each entry stands under [[entry]].")
    facts = dict(told)
    name, text = facts.pop("id", ""), facts.pop("text", "")
    if not (isinstance(name, str) and ID.fullmatch(name) and len(name) <= ID_MOST):
        raise NotADeck(f'entry {name!r}: an id is small letters, numbers and hyphens, such as "way-home".')
    if not (
        isinstance(text, str) and text == text.strip() and 1 <= len(text) <= sort.most and text.isprintable()
    ):
        raise NotADeck(f"entry {name!r}: text is one line of 1 to {sort.most} characters.")
    if lacking := [each for each in sort.needs if each not in facts]:
        raise NotADeck(f"entry {name!r}: {lacking[0]} is missing.")
    for fact, value in facts.items():
        _check_fact(name, fact, value, sort)
    return Entry(
        id=name, text=text, facts={n: tuple(v) if isinstance(v, list) else v for n, v in facts.items()}
    )


def _check_fact(entry: str, fact: str, value: Any, sort: Sort) -> None:  # Any: see _entry
    allowed = sort.facts.get(fact)
    if allowed is None:
        raise NotADeck(f"entry {entry!r}: nobody knows what {fact!r} means.")
    if isinstance(allowed, range):
        if not isinstance(value, int) or isinstance(value, bool) or value not in allowed:
            raise NotADeck(f"entry {entry!r}: {fact} is a number from {allowed.start} to {allowed.stop - 1}.")
    elif isinstance(allowed, int):
        if not (isinstance(value, str) and 1 <= len(value) <= allowed and value.isprintable()):
            raise NotADeck(f"entry {entry!r}: {fact} is one line of 1 to {allowed} characters.")
    elif not all(each in allowed for each in (value if isinstance(value, list) else [value])):
        raise NotADeck(f"entry {entry!r}: {fact} is one of {', '.join(allowed)}.")
