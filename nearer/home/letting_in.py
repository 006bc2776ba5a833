"""Letting somebody back in: the place they had goes to their new account, with a new key for the bond.

What was sealed and not opened in that place is erased first: whoever sits there next, it was not said to them.
Whoever still comes in by a way of their own keeps their place.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from nearer import clock, live
from nearer.accounts.events import What, note
from nearer.accounts.models import User
from nearer.bonds import first, returns
from nearer.bonds.models import Return
from nearer.bonds.place import Place, places_of
from nearer.bonds.returns import Asker
from nearer.bonds.roster import NotTheirKey
from nearer.bonds.visit import MemberRequest
from nearer.database import writing
from nearer.home.rotation import rotate
from nearer.sittings.run import actions as sittings
from nearer.vault.errors import KeyRenewed
from nearer.vault.owning import locked_identity
from nearer.vault.ring import Ring

PLACE_KEPT = "place_kept"


def let_in_when_due(request: MemberRequest) -> None:
    """Keep what this person promised, in each of their bonds where it is time."""
    at, changed = clock.now(), False
    for promise in returns.promises(request.visit.places):
        if promise.asker and promise.opens_at <= at:
            _keep(promise.place, promise.row, promise.asker, at=at)
            changed = True
    if changed:
        request.visit = request.visit.look_again()


def tell_the_replaced(request: MemberRequest) -> int:
    """Tell somebody whose place went to another account: now, and among the events of their ways in.

    Returns:
        How many places went.
    """
    gone = request.user.replaced
    if gone:
        User.objects.filter(pk=request.user.pk).update(replaced=0)
    for _ in range(gone):
        note(request.user.pk, request.ring, What.REPLACED)
    return gone


def keep_places(*, request: HttpRequest, user_id: UUID, ring: Ring, **_: Any) -> None:
    """Let go what was promised of somebody's places: they have just come in, so nothing of theirs is lost.

    Args:
        request: theirs; its session remembers it for their next look at Today.
        user_id: who came in.
        ring: theirs.
    """
    if not Return.objects.filter(bond__members__user=user_id).exists():
        return
    for promise in returns.promises(places_of(user_id, ring=ring)):
        if promise.is_mine:
            returns.say_no(promise.place)
            request.session[PLACE_KEPT] = True
            note(user_id, ring, What.PLACE_KEPT)


def _keep(place: Place, row: Return, asker: Asker, *, at: datetime) -> None:
    public = bytes.fromhex(asker.public)
    try:
        with writing():
            locked_identity(row.user_id, public)
            _let_in(place, row, public, at=at)
    except KeyRenewed:
        # They have other keys than those that were compared, or the bond has: the first has to be asked anew.
        if not _has_these_keys(row, public):
            returns.say_no(place)
    except NotTheirKey:
        returns.say_no(place)


def _has_these_keys(row: Return, public: bytes) -> bool:
    try:
        with writing():
            locked_identity(row.user_id, public)
    except KeyRenewed:
        return False
    return True


def _let_in(place: Place, row: Return, public: bytes, *, at: datetime) -> None:
    them = place.them
    if them is None or str(row.user_id) in {str(place.me.user_id), str(them.user_id)}:
        return
    ended = sittings.part(place, at=at)
    first.close(place)
    rotate(place, trusted={them.pk: public}, heirs={them.pk: row.user_id})
    User.objects.filter(pk=them.user_id).update(replaced=F("replaced") + 1)
    row.delete()
    for ref in ended:
        transaction.on_commit(partial(live.recheck, ref))
