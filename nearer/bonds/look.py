"""What every page needs to know about how it looks: whose ink is whose, and who the two are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from nearer.accounts.profile import INKS, Face, face_of
from nearer.bonds.place import current_place


@dataclass(frozen=True, kw_only=True)
class Look:
    """The inks, theme and names of one page."""

    me: str = INKS[0]
    you: str = INKS[1]
    theme: str = ""
    name: str = ""
    other: str = ""


def my_face(request: HttpRequest) -> Face:
    """Return the signed-in person's profile, opened once a request."""
    if not hasattr(request, "nearer_face"):
        request.nearer_face = face_of(request.user.pk, ring=request.ring)
    return request.nearer_face


def look(request: HttpRequest) -> dict[str, Any]:
    """Add `look` and the quick exit's address to every template; nothing is opened before it is used."""
    return {"look": SimpleLazyObject(lambda: _look(request)), "exit_url": settings.QUICK_EXIT_URL}


def _look(request: HttpRequest) -> Look:
    if getattr(request, "ring", None) is None:
        return Look()
    face, place = my_face(request), current_place(request)
    card = place.their_card if place else None
    you = card.ink if card and card.ink != face.ink else next(ink for ink in INKS[::-1] if ink != face.ink)
    if card is None:
        you = next(ink for ink in (INKS[1], INKS[0]) if ink != face.ink)
    return Look(me=face.ink, you=you, theme=face.theme, name=face.name, other=card.name if card else "")
