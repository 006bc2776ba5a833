"""Who may open a sitting: its bond's members, nobody else. For others it does not exist."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import close_old_connections
from django.http import Http404
from django.utils.crypto import constant_time_compare

from nearer.accounts.models import User
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.sittings.models import Sitting
from nearer.vault.sessions import SessionStore


def sitting_of(request: MemberRequest, ref: UUID) -> tuple[Sitting, Place]:
    """Return a sitting and the signed-in person's place in it.

    Raises:
        Http404: it is not theirs, or there is none: the two cannot be told apart.
    """
    sitting = _watchable(request.user.pk, ref)
    if sitting is None:
        raise Http404
    return sitting, request.visit.take(sitting.bond_id)


def may_watch(token: str, ref: UUID) -> int | None:
    """Say whether a session may follow a sitting; the live stream asks this now and then.

    Args:
        token: the session cookie's value.
        ref: the sitting.

    Returns:
        How many moves it has, or None when it is not theirs.
    """
    close_old_connections()
    session = SessionStore(token)
    user_id = session.get(SESSION_KEY)
    user = User.objects.filter(pk=user_id).first() if user_id else None
    if user is None:
        return None
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        return None
    sitting = _watchable(user.pk, ref)
    return sitting.seq if sitting else None


def _watchable(user_id: UUID, ref: UUID) -> Sitting | None:
    mine = {"bond__members__user": user_id, "bond__members__has_left": False}
    return Sitting.objects.filter(pk=ref, **mine).first()
