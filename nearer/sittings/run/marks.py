"""How a stored move says that words in it were edited or withdrawn.

Beside the move stands what became of its texts: `"marks": {"words": {"earlier": ["…"]}}`, or
`{"words": {"withdrawn": true}}` beside an empty text. A move without marks reads as it always has.
"""

from __future__ import annotations

from typing import Any

from nearer.protocol import Words
from nearer.web.words import words_of

MOVE, MARKS = "move", "marks"


def written(move: dict[str, Any]) -> dict[str, Any]:
    """Return what is sealed of an encoded move, with the marks its words carry."""
    found = {name: mark for name, value in move.items() if (mark := mark_of(value))}
    texts = {name: "" for name, mark in found.items() if mark.get("withdrawn")}
    return {MOVE: move | texts} | ({MARKS: found} if found else {})


def read(document: dict[str, Any], seq: int) -> dict[str, Any]:
    """Return an encoded move whose texts are `Words`, which know where they stand and what became of them."""
    found: dict[str, Any] = document.get(MARKS, {})
    return {
        name: words(value, f"{seq}.{name}", found.get(name, {}))
        if isinstance(value, str) and name != "kind"
        else value
        for name, value in document[MOVE].items()
    }


def words(text: str, where: str, mark: dict[str, Any]) -> Words:
    """Return a stored text with its mark."""
    gone, earlier = mark.get("withdrawn", False), tuple(mark.get("earlier", ()))
    return words_of(text, where=where, earlier=earlier, withdrawn=gone)


def mark_of(value: object) -> dict[str, Any]:
    """Return the mark to store beside a text; empty where there is nothing to tell of it."""
    if not isinstance(value, Words) or not (value.withdrawn or value.earlier):
        return {}
    return {"withdrawn": True} if value.withdrawn else {"earlier": list(value.earlier)}


def plain(value: object) -> object:
    """Return a value as it is stored outside its move: what was withdrawn is empty there."""
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if not isinstance(value, Words):
        return value
    return "" if value.withdrawn else str(value)
