"""An article as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nearer.library.document import Document
from nearer.library.forms import EVIDENCE_NAMES
from nearer.library.leading import Lead, leads
from nearer.library.models import Article, Picture
from nearer.library.queries import published
from nearer.library.text import Section, sections
from nearer.sittings.practice import PracticeConfig, practices


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Everything on an article's page that is the same for all its readers.

    Attributes:
        document: its words.
        lead: what stands before the first heading.
        parts: its numbered sections.
        room: the practice that its sections lead into, or None.
        leads: the pages of the house that it leads to.
        picture: the address of its picture, or "".
        evidence: how firm the ground is, in words.
        more: what to read next.
    """

    document: Document
    lead: Section | None
    parts: list[Section]
    room: PracticeConfig | None
    leads: list[Lead]
    picture: str
    evidence: Any  # Any: lazily translated
    more: list[Article]


def shown(article: Article, document: Document) -> Shown:
    """Return an article as its page shows it."""
    found, rooms = sections(document.body), {room.dialogue.slug: room for room in practices()}
    picture = f"{article.pack_id}-{document.picture}" if article.pack_id and document.picture else ""
    return Shown(
        document=document,
        lead=next((section for section in found if not section.number), None),
        parts=[section for section in found if section.number],
        room=next((rooms[slug] for slug in document.practices if slug in rooms), None),
        leads=[lead for slug, lead in leads().items() if slug in document.practices],
        picture=picture if picture and Picture.objects.filter(pk=picture).exists() else "",
        evidence=EVIDENCE_NAMES[document.evidence],
        more=list(published().filter(slug__in=document.more)) if document.more else [],
    )
