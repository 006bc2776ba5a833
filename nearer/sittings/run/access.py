"""Who may open a sitting: its bond's members, nobody else. For others it does not exist."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db.models import F, UUIDField
from django.http import Http404
from django.utils.crypto import constant_time_compare

from nearer import clock
from nearer.accounts.models import User
from nearer.bonds import given_up
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.together import NAME as TOGETHER
from nearer.bonds.visit import MemberRequest
from nearer.live import news
from nearer.prepared import Prepared
from nearer.sittings.models import Sitting
from nearer.sittings.run.ahead import number_of
from nearer.vault.sessions import SessionStore

WATCHED = Prepared(
    lambda ref, user: Sitting.objects.filter(pk=ref, bond__members__user=user, bond__members__has_left=False),
    UUIDField(), UUIDField(),
)  # fmt: skip


def sitting_of(request: MemberRequest, ref: UUID) -> tuple[Sitting, Place]:
    """Return a sitting and the signed-in person's place in it.

    Raises:
        Http404: it is not theirs, or there is none: the two cannot be told apart.
    """
    sitting = _watchable(request.user.pk, ref)
    if sitting is None:
        raise Http404
    return sitting, request.visit.take(sitting.bond_id)


def may_watch(asked: Sequence[tuple[str, UUID]]) -> list[int | None]:
    """Say which sessions may follow what; the live streams ask this now and then, many at once.

    Args:
        asked: session tokens, each with a sitting, or with whoever it is for their own news.

    Returns:
        For each, how many moves the sitting has, or None when it is not theirs, or not the one their
        phone lies on the table for, or the bond is closed: nothing moves there any more.
    """
    viewers, bound = _signed_in({token for token, _ in asked})
    mine = {"bond__members__user__in": set(viewers.values()), "bond__members__has_left": False}
    rows = Sitting.objects.filter(pk__in={ref for _, ref in asked}, **mine).exclude(
        bond__state=Bond.State.CLOSED
    )
    rows = rows.exclude(bond__members__in=given_up.seats())
    at, watched = clock.now(), rows.only("bond_id", "seq", "ahead").annotate(viewer=F("bond__members__user"))
    seqs: dict[tuple[UUID | None, UUID], int] = {(row.viewer, row.pk): number_of(row, at) for row in watched}
    seqs |= {(viewer, viewer): news.FIRST for viewer in viewers.values()}
    return [
        seqs.get((viewers.get(token), ref)) if bound.get(token, str(ref)) == str(ref) else None
        for token, ref in asked
    ]


def _signed_in(tokens: Collection[str]) -> tuple[dict[str, UUID], dict[str, str]]:
    """Return whose sessions these are, without those that are over, and which are bound to one sitting."""
    sessions = SessionStore.load_each(tokens)
    users = User.objects.in_bulk({data[SESSION_KEY] for data in sessions.values() if SESSION_KEY in data})
    found = {
        token: users.get(UUID(data[SESSION_KEY])) for token, data in sessions.items() if SESSION_KEY in data
    }
    viewers = {
        token: user.pk
        for token, user in found.items()
        if user
        and constant_time_compare(sessions[token].get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    }
    return viewers, {t: data[TOGETHER]["sitting"] for t, data in sessions.items() if TOGETHER in data}


def _watchable(user_id: UUID, ref: UUID) -> Sitting | None:
    found = next(iter(WATCHED(ref, user_id)), None)
    # What one of the two gave up while nothing could be stored is over for both.
    left = given_up.seats()
    if found and left and Bond.objects.filter(pk=found.bond_id, members__in=left).exists():
        return None
    return found
