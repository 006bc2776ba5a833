"""Passkeys as ways in: added, listed, removed, and opened.

With the PRF extension a passkey gives 32 bytes that nobody else has, and these open the master key as a stretched
passphrase does. A passkey without it only says who somebody is; the passphrase still opens.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from nearer.accounts.ways_in import ceremony, unlock
from nearer.accounts.ways_in.ceremony import Made, Refused
from nearer.database import writing
from nearer.vault.models import Passkey, UnlockMethod
from nearer.vault.owning import locked_identity
from nearer.vault.ring import Ring

NEW_FOR = timedelta(days=30)


def add(user_id: UUID, master: bytes, made: Made, answer: bytes, *, ring: Ring) -> None:
    """Keep a passkey that has been made.

    Args:
        user_id: whose.
        master: their master key, from the open drawer.
        made: the passkey.
        answer: its own 32 bytes; empty where the device gives none.
        ring: theirs.

    Raises:
        KeyRenewed: they have another master key by now.
    """
    method = unlock.passkey_method(user_id, answer, master)
    with writing():
        locked_identity(user_id, ring.public)
        method.save(force_insert=True)
        Passkey.objects.create(
            method=method, credential=made.credential, public=made.public, count=made.count,
            synced=made.synced, made_on=timezone.localdate(),
        )  # fmt: skip


def of_person(user_id: UUID) -> list[Passkey]:
    """Return somebody's passkeys, the newest first; each knows whether it opens the vault and whether it is new."""
    since = (timezone.now() - NEW_FOR).date()
    found = list(Passkey.objects.filter(method__user_id=user_id).select_related("method"))
    for passkey in found:
        passkey.is_new = passkey.made_on > since
    return sorted(found, key=lambda passkey: (passkey.made_on, passkey.pk), reverse=True)


def may_open(user_id: UUID | None) -> bool:
    """Say whether somebody has a passkey that opens the vault."""
    return _methods(user_id).exclude(wrap=b"").exists()


def remove(user_id: UUID, ref: UUID) -> int:
    """Remove one of somebody's passkeys; one that is gone already is passed over.

    Returns:
        How many went.
    """
    gone, _ = _methods(user_id).filter(pk=ref).delete()
    return gone


def shown(request: HttpRequest, what: str) -> Passkey:
    """Return the passkey that somebody has shown, after checking that it is that one and that they hold it.

    A counter that did not go on means that there are two of it: it is never taken again, and its owner sees why.

    Args:
        request: carries the browser's answer in the field `credential`.
        what: which ceremony was begun.

    Raises:
        Refused: it is none of this house's.
    """
    sent = request.POST.get("credential", "")
    credential = ceremony.credential_in(sent)
    passkey = Passkey.objects.filter(credential=credential).select_related("method__user").first()
    public = bytes(passkey.public) if passkey else b""
    count, handle = ceremony.read_one(request, sent, what, public)
    if passkey is None or handle != passkey.method.user_id.bytes or passkey.copied:
        raise Refused
    passkey.copied = max(count, passkey.count) > 0 and count <= passkey.count
    passkey.count = max(count, passkey.count)
    with writing():
        passkey.save(update_fields=["count", "copied"])
    if passkey.copied:
        raise Refused
    return passkey


def open_with(passkey: Passkey, sent: str) -> unlock.Unlocked | None:
    """Open the vault with what a passkey answered, or return None where it has no answer.

    Args:
        passkey: from `shown`.
        sent: the answer, as the browser sent it.

    Raises:
        Refused: it is not its answer.
    """
    answer = ceremony.answer_in(sent)
    if not answer or not passkey.opens:
        return None
    try:
        return unlock.by_passkey(passkey.method, answer)
    except unlock.NotOpened:
        raise Refused from None


def _methods(user_id: UUID | None) -> QuerySet[UnlockMethod]:
    return UnlockMethod.objects.filter(user=user_id, kind=UnlockMethod.Kind.PASSKEY)
