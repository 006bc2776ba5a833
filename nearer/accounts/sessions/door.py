"""Opens and closes the session around an unlocked vault."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, login
from django.contrib.sessions.backends.base import UpdateError
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from nearer.accounts.events import shown
from nearer.accounts.models import User
from nearer.accounts.sessions import devices
from nearer.accounts.slowing import known
from nearer.accounts.ways_in import unsaved
from nearer.accounts.ways_in.unlock import Unlocked
from nearer.database import writing
from nearer.vault.drawer import Drawer
from nearer.vault.models import SealedSession
from nearer.vault.sessions import ENDED_ELSEWHERE
from nearer.vault.tokens import hash_of

BACKEND = "nearer.accounts.backend.SessionOnlyBackend"
INVITATION = "invitation"
ONWARD = "onward"  # where somebody goes on who has just saved their recovery code; else to Today


def enter(request: HttpRequest, unlocked: Unlocked, *, shared: bool = False, code: str = "") -> None:
    """Log a person in under a fresh token; of what was in the session before, only an opened invitation stays.

    Their private drawer is open, since they have just shown who they are.

    Args:
        request: gets the new session.
        unlocked: whose vault is open.
        shared: whether others use this device, too: the session ends with the browser, and after ten minutes unused.
        code: a recovery code still to be shown, kept only in the sealed session, locked as the drawer is.
    """
    invitation = request.session.get(INVITATION)
    request.session.flush()
    login(request, unlocked.user, backend=BACKEND)
    unlocked.ring.put_into(request.session)
    open_drawer(request, unlocked)
    if shared:
        request.session.share()  # type: ignore[attr-defined]
    else:  # nothing of somebody stays behind on a device that others use
        known.remember(request, unlocked.user)
    devices.describe(request, unlocked.user.pk, ring=unlocked.ring, shared=shared)
    if invitation:
        request.session[INVITATION] = invitation
    if code:
        unsaved.keep(request.session, unlocked, code)


def open_drawer(request: HttpRequest, unlocked: Unlocked) -> None:
    """Put the master key of somebody who has just shown who they are into their session's drawer."""
    request.session.drawer = Drawer.opened(unlocked.master, at=timezone.now())  # type: ignore[attr-defined]
    shown.send(Drawer, request=request, user_id=unlocked.user.pk, ring=unlocked.ring)


def end_others(request: HttpRequest, user_id: UUID) -> int:
    """End every other session of a person, and let no other browser be known as theirs any more.

    Args:
        request: the session that stays.
        user_id: the person.

    Returns:
        How many were ended.
    """
    mine = hash_of(request.session.session_key or "")
    with writing():
        User.objects.filter(pk=user_id).update(auth_epoch=F("auth_epoch") + 1)
        if request.user.pk == user_id:
            _go_on(request, request.user)
        ended, _ = SealedSession.objects.filter(user_id=user_id).exclude(token_hash=mine).delete()
        ENDED_ELSEWHERE.send(User, user_id=user_id)
    return ended


def _go_on(request: HttpRequest, user: User) -> None:
    """Take the session that stays, and its browser, along into the new epoch."""
    user.refresh_from_db(fields=["auth_epoch"])
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    # At once, so that no other page of this browser finds its session in the old one. Where somebody has ended this
    # session meanwhile, it stays ended.
    with suppress(UpdateError):
        request.session.save()
    if not request.session.is_shared:  # type: ignore[attr-defined]
        known.remember(request, user)
