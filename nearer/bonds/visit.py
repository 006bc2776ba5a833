"""One signed-in request: whose it is, and which of their bonds it is about. Opened lazily, once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from http import HTTPStatus
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from nearer.accounts.models import User
from nearer.accounts.profile import THEMES, Face, face_of
from nearer.bonds.models import Bond, Member
from nearer.bonds.place import Place, place_in, places_of, shut_for
from nearer.bonds.together import Together
from nearer.vault import damage
from nearer.vault.drawer import Drawer
from nearer.vault.errors import KeyRenewed, VaultError
from nearer.vault.ring import CutRing, Ring
from nearer.web.views import error_page

CURRENT = "bond"
NO_ROW = UUID(int=0)
SAFE = frozenset({"GET", "HEAD"})


class Visit:
    """What a request may open with the keys its session holds."""

    def __init__(self, user: User, ring: Ring | CutRing, session: SessionBase) -> None:
        self.user = user
        self._ring = ring
        self._session = session
        self._taken: Place | None = None

    @cached_property
    def together(self) -> Together | None:
        """What the session remembers of being in together mode; None when it is not."""
        return Together.of(self._session) if isinstance(self._ring, CutRing) else None

    @cached_property
    def face(self) -> Face:
        """The person's own profile; in together mode, when that is closed, what their card shows."""
        if isinstance(self._ring, Ring):
            return face_of(self.user.pk, ring=self._ring, profile=self.user.profile)
        theme = self.together.theme if self.together else THEMES[0]
        card = self.place.my_card if self.place else None
        return Face(name=card.name, ink=card.ink, theme=theme) if card else Face(name="", theme=theme)

    @property
    def drawer(self) -> Drawer | None:
        """Their private drawer while it is open, or None; together mode knows of none."""
        return self._session.drawer if isinstance(self._ring, Ring) else None  # type: ignore[attr-defined]

    @property
    def zone(self) -> str:
        """Where the person said they live, or ""; a profile that does not open keeps no page from being shown."""
        try:
            return self.face.zone
        except VaultError:
            return ""

    @cached_property
    def places(self) -> list[Place]:
        """Their places in all their bonds."""
        return places_of(self.user.pk, ring=self._ring)

    @cached_property
    def shut(self) -> list[Member]:
        """Their seats in bonds of theirs whose key does not open: all that is left to do there is to leave."""
        return [] if self.together else shut_for(self.user.pk, self.places)

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
            VaultError: the bond's key does not open for them.
        """
        self._taken = place_in(bond_id, self.user.pk, ring=self._ring)
        return self._taken

    @property
    def is_signed_in(self) -> bool:
        """Whether the person has not ended this session meanwhile, by changing how they sign in."""
        user = User.objects.filter(pk=self.user.pk).first()
        known = self._session.get(HASH_SESSION_KEY, "")
        return user is not None and constant_time_compare(user.get_session_auth_hash(), known)

    @property
    def is_late(self) -> bool:
        """Whether a bond that this request has opened has another key by now."""
        opened = [*self.__dict__.get("places", []), *([self._taken] if self._taken else [])]
        known = {place.bond.pk: place.bond.key_version for place in opened}
        return dict(Bond.objects.filter(pk__in=known).values_list("pk", "key_version")) != known

    def look_again(self) -> Visit:
        """Return a visit of the same session that has opened nothing yet."""
        return Visit(self.user, self._ring, self._session)

    def choose(self, bond_id: UUID) -> None:
        """Remember a bond as the one to look at from now on."""
        self._session[CURRENT] = str(bond_id)

    def forget_choice(self) -> None:
        """Look at the oldest bond again."""
        self._session.pop(CURRENT, None)


class MemberRequest(HttpRequest):
    """The request of somebody who is signed in.

    Attributes:
        user: who.
        ring: their whole ring. In together mode a cut one stands here, which only `visit` knows how to
            use; pages that ask for the whole one are refused before they are reached.
        visit: what this request may open.
    """

    user: User
    ring: Ring
    visit: Visit


class PrivateRequest(MemberRequest):
    """The request of somebody whose private drawer is open: see `nearer.accounts.again.needs_drawer`."""

    drawer: Drawer


class VisitMiddleware:
    """Sets `request.visit` for signed-in people; nothing is read or opened until a page asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the visit; a page that left something out is made again when a bond has another key by now."""
        ring = getattr(request, "ring", None)
        if ring is None or not isinstance(request.user, User):
            return self.get_response(request)
        visit = Visit(request.user, ring, request.session)
        request.visit = visit  # type: ignore[attr-defined]
        answer = self.get_response(request)
        if request.method in SAFE and damage.noticed() and visit.is_late:
            damage.forget()
            request.visit = visit.look_again()  # type: ignore[attr-defined]
            answer = self.get_response(request)
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer once more when the other gave the bond a new key in the middle of this request.

        Writing checks the key under the bond's lock, so what failed has left nothing behind. What does not open
        then either is damaged: a page says so, from which the ways out lead.
        """
        if not isinstance(exception, (KeyRenewed, VaultError)):
            return None
        try:
            return self._once_more(request, exception) or _shut(request)
        except (KeyRenewed, VaultError):
            return _shut(request)

    def _once_more(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        visit: Visit | None = getattr(request, "visit", None)
        match = request.resolver_match
        if match is None or not _came_between(exception, request, visit):
            return None
        if visit is not None:
            if not visit.is_signed_in:
                return redirect("home:today")
            request.visit = visit.look_again()  # type: ignore[attr-defined]
        for _, files in request.FILES.lists():
            for file in files:
                file.seek(0)
        answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return answer


def _shut(request: HttpRequest) -> HttpResponse:
    match = request.resolver_match
    about = [value for value in match.kwargs.values() if isinstance(value, UUID)] if match else []
    damage.note(match.view_name if match else "page", about[0] if about else NO_ROW)
    return error_page(None, HTTPStatus.CONFLICT, "shut")


def _came_between(exception: Exception, request: HttpRequest, visit: Visit | None) -> bool:
    if isinstance(exception, KeyRenewed):
        return True
    return request.method in SAFE or visit is None or visit.is_late
