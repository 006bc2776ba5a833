"""What every page needs to know about how it looks: whose ink is whose, and who the two are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from nearer.accounts.profile import INKS, SIGNS, THEMES
from nearer.bonds.cards import other_ink
from nearer.bonds.visit import Visit
from nearer.protocol import Seat
from nearer.vault import damage


@dataclass(frozen=True, kw_only=True)
class Look:
    """The inks, theme and names of one page; and whether two people look at it together.

    `seat` is this person's: the shape that stands for somebody is one, whoever looks. `sign` and `called` are what the house goes by on somebody's own pages; empty where it is nobody's own page.
    """

    me: str = INKS[0]
    you: str = INKS[1]
    theme: str = THEMES[0]
    name: str = ""
    other: str = ""
    together: bool = False
    sign: str = ""
    seat: str = Seat.HOST

    @property
    def called(self) -> str:
        """What the house is called in this page's title."""
        return SIGNS.get(self.sign, "")


def look(request: HttpRequest) -> dict[str, Any]:
    """Add `look`, who runs this copy, and what did not open so far; nothing is opened before it is used."""
    return {
        "look": SimpleLazyObject(lambda: _look(request)),
        "operator": settings.CONFIG.operator,
        "unopened": damage.noticed,
    }


def _look(request: HttpRequest) -> Look:
    visit: Visit | None = getattr(request, "visit", None)
    return _look_of(visit) if visit else Look()


def _look_of(visit: Visit) -> Look:
    face, place = visit.face, visit.place
    mine = place.my_card.ink if place else face.ink
    card = place.their_card if place else None
    you = card.ink if card else other_ink(mine)
    other, shared = card.name if card else "", visit.together is not None
    sign = "" if shared else face.sign
    return Look(
        me=mine,
        you=you,
        theme=face.theme,
        name=face.name,
        other=other,
        together=shared,
        sign=sign,
        seat=place.seat if place else Seat.HOST,
    )
