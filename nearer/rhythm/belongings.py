"""What is kept of a rhythm, as the house asks for it: when somebody leaves, takes back, or takes along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _

from nearer.bonds.place import Place
from nearer.records.keeping import Gathered
from nearer.rhythm import keeping as rhythm
from nearer.rhythm.rules import said_for
from nearer.sittings.belongings import Part, Piece
from nearer.web.words import words_of

NAME = "rhythm"
part, withdraw = rhythm.part, rhythm.withdraw


def shared(place: Place) -> list[Part]:
    """Return the hour both want and what one suggests, and what was written at the end of seasons, as far as one sees it."""
    found = rhythm.gather(place)
    hours = [
        Piece(mine=offer.hour.seat == place.seat, words=words_of(_when(offer.hour.starts)))
        for offer in rhythm.offers_in(found, place)
    ]
    return [
        Part(title=_("Our hour"), pieces=tuple(hours)),
        Part(title=_("At the end of a season"), pieces=tuple(_said(found, place))),
    ]


def _said(found: Gathered, place: Place) -> Iterator[Piece]:
    said = [kept.document for kept in found.of(rhythm.SAID)]
    for season in sorted({each.season for each in said}):
        day = timezone.localdate(datetime.fromisoformat(season)).isoformat()
        for each in said_for(place.seat, season, said):
            if each is not None:
                about = ((each.keep, _("To keep")), (each.change, _("To change")))
                shown = [(text, title) for text, title in about if text] or [("", "")]
                for text, title in shown:
                    words = words_of(text, withdrawn=each.is_withdrawn)
                    yield Piece(
                        mine=each.seat == place.seat, words=words, about=f"{title} · {day}".strip(" ·")
                    )


def _when(starts: datetime) -> str:
    return written(timezone.localtime(starts), "l, H:i")
