"""Reads a pack as an editor would: what is wrong, and what could be better. PURE."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from nearer.content import lint, reading
from nearer.content.deck import Deck, read_deck
from nearer.library.pack import Pack, PackError, Piece, read_pack
from nearer.library.text import plain_of, sections

SHORT_MINUTES = 2
LINK = re.compile(r'href="/library/([^"#]*)(?:#([^"]*))?"')
SHOUTING = re.compile(r"!|\b(?:please|simply|obviously|you should|you must)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to mend.

    Attributes:
        where: which article; "" for the whole pack.
        what: what to do.
        stops: whether the pack cannot be used before it is mended.
    """

    where: str
    what: str
    stops: bool = False


def check_pack(folder: Path, *, rooms: Collection[str], behaviours: Collection[str]) -> list[Finding]:
    """Return what is wrong with a pack, or could be better; nothing when it is fine.

    Args:
        folder: the pack's.
        rooms: slugs of the practices that articles may lead into.
        behaviours: ids that articles may explain.
    """
    try:
        pack = read_pack(folder)
    except PackError as problem:
        return [Finding(where="", what=str(problem), stops=True)]
    of_pieces = [finding for piece in pack.pieces for finding in _of(piece, pack, rooms, behaviours)]
    return of_pieces + [finding for text in pack.decks for finding in of_deck(read_deck(text))]


def of_deck(deck: Deck) -> list[Finding]:
    """Return what could be better in a deck."""
    return [Finding(where=f"{deck.name} {each.entry}".strip(), what=each.what) for each in lint.remarks(deck)]


def words_of(piece: Piece) -> str:
    """Return everything a reader of an article reads, as plain text."""
    document = piece.document
    parts = [document.summary, *document.short]
    for section in sections(document.body):
        parts += [f"{section.title}.", section.plain]
    return "\n\n".join(parts)


def _of(piece: Piece, pack: Pack, rooms: Collection[str], behaviours: Collection[str]) -> Iterator[Finding]:
    for what in _wrong(piece, pack, rooms, behaviours):
        yield Finding(where=piece.slug, what=what, stops=True)
    for what in _better(piece):
        yield Finding(where=piece.slug, what=what)


def _wrong(piece: Piece, pack: Pack, rooms: Collection[str], behaviours: Collection[str]) -> Iterator[str]:
    document = piece.document
    for odd in sorted(set(document.practices) - {*rooms, *pack.practices}):
        yield f"There is no practice {odd!r}."
    for odd in sorted(set(document.behaviours) - set(behaviours)):
        yield f"There is no behaviour {odd!r}."
    for slug, anchor in LINK.findall("".join(section.html for section in sections(document.body))):
        if not _leads_somewhere(slug, anchor, pack):
            yield f"The link to /library/{slug} leads nowhere."


def _better(piece: Piece) -> Iterator[str]:
    document, text = piece.document, words_of(piece)
    if not any(section.number for section in sections(document.body)):
        yield "Give it numbered sections: second-level headings."
    if not document.sources and document.evidence != "practice":
        yield "Name the sources that the grade of evidence rests on."
    if reading.minutes("\n\n".join(document.short)) > SHORT_MINUTES:
        yield "The short version takes longer than two minutes."
    if (grade := reading.grade(text)) > reading.GRADE_AT_MOST:
        yield f"It reads at grade {grade:.1f}; shorter sentences and words bring it to 7."
    if hit := SHOUTING.search(plain_of(text)):
        yield f"It says {hit.group()!r}: say it more quietly."


def _leads_somewhere(slug: str, anchor: str, pack: Pack) -> bool:
    found = next((piece for piece in pack.pieces if piece.slug == slug), None)
    if found is None:
        return slug == ""
    return not anchor or anchor in {section.anchor for section in sections(found.document.body)}
