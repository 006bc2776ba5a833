"""One signed-in request: whose it is, and which of their bonds it is about. Opened lazily, once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from nearer.accounts.models import User
from nearer.accounts.profile import Face, face_of
from nearer.bonds.place import Place, place_in, places_of
from nearer.vault.ring import Ring

CURRENT = "bond"


class Visit:
    """What a request may open with the keys its session holds."""

    def __init__(self, user: User, ring: Ring, session: SessionBase) -> None:
        self.user = user
        self._ring = ring
        self._session = session
        self._taken: Place | None = None

    @cached_property
    def face(self) -> Face:
        """The person's own profile."""
        return face_of(self.user.pk, ring=self._ring)

    @cached_property
    def places(self) -> list[Place]:
        """Their places in all their bonds."""
        return places_of(self.user.pk, ring=self._ring)

    @property
    def place(self) -> Place | None:
        """The place this request is about: in the bond its address names, else in the one they last chose."""
        if self._taken is not None:
            return self._taken
        wanted = self._session.get(CURRENT, "")
        return next(
            (p for p in self.places if str(p.bond.pk) == wanted), self.places[0] if self.places else None
        )

    def take(self, bond_id: UUID) -> Place:
        """Let the whole request be about one bond.

        Raises:
            Http404: they have no place there.
        """
        self._taken = place_in(bond_id, self.user.pk, ring=self._ring)
        return self._taken

    def choose(self, bond_id: UUID) -> None:
        """Remember a bond as the one to look at from now on."""
        self._session[CURRENT] = str(bond_id)

    def forget_choice(self) -> None:
        """Look at the oldest bond again."""
        self._session.pop(CURRENT, None)


class MemberRequest(HttpRequest):
    """The request of somebody who is signed in."""

    user: User
    ring: Ring
    visit: Visit


class VisitMiddleware:
    """Sets `request.visit` for signed-in people; nothing is read or opened until a page asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the visit."""
        ring = getattr(request, "ring", None)
        if ring is not None and isinstance(request.user, User):
            request.visit = Visit(request.user, ring, request.session)  # type: ignore[attr-defined]
        return self.get_response(request)
