"""Where somebody is called: sealed to the sender of notices, and with a name for its owner's own eyes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils import timezone

from nearer import clock
from nearer.database import writing
from nearer.notices import causes, wishes
from nearer.notices.models import Channel, Wishes
from nearer.notices.queue import sender
from nearer.notices.rules import Wish
from nearer.notices.wishes import Chosen
from nearer.vault import damage
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.keys import row_about
from nearer.vault.models import SealedSession
from nearer.vault.sender import seal_for_sender

MOST = 6
KIND, SCHEMA = "channel", 1
DEVICE = "device"


class Sort(StrEnum):
    """What sort of place it is."""

    PUSH = "push"
    MAIL = "mail"
    SERVICE = "service"


class Full(Exception):
    """There are as many as somebody needs."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One channel as its owner sees it.

    Attributes:
        ref: its id.
        sort: one of `Sort`, or empty where it does not open.
        name: what it is called: a browser, an address.
        since: the day on which it was added.
        device: what `device_of` says of the session in which a browser was added; None for what is no browser.
    """

    ref: UUID
    sort: str = ""
    name: str = ""
    since: date | None = None
    device: UUID | None = None


def add(
    user_id: UUID,
    profile: bytes,
    sort: Sort,
    where: dict[str, str],
    *,
    name: str,
    zone: str = "",
    session: UUID | None = None,
) -> None:
    """Add a place at which somebody is called; the first one switches notices on. The same place twice is one.

    Args:
        user_id: whose.
        profile: their profile key.
        sort: what sort of place it is.
        where: what the sender needs to reach it.
        name: what its owner calls it.
        zone: where they live, for the hour at which they are called.
        session: of a browser, the session that is open in it: with that it is no longer called.

    Raises:
        Full: there are as many as somebody needs.
    """
    ref = _ref(user_id, sort, where)
    about = {"sort": sort, "name": name, "since": timezone.localdate().isoformat()}
    with writing():
        if Channel.objects.filter(user=user_id).exclude(pk=ref).count() >= MOST:
            raise Full
        sealed = seal_for_sender(sender().public, {"kind": sort, **where}, row=ref)
        shown = seal(profile, key_version=1, document=about, **_place(user_id, ref))
        Channel.objects.update_or_create(
            pk=ref,
            defaults={"user_id": user_id, "sealed": sealed, "about": shown, "device": device_of(session)},
        )
        if not Wishes.objects.filter(pk=user_id).exists():
            wishes.store(user_id, Chosen(wish=Wish(zone=zone)))


def remove(user_id: UUID, **which: UUID | Collection[UUID] | None) -> None:
    """Take a place away; with the last one notices are off. One that is gone needs no word.

    Args:
        user_id: whose.
        which: its `pk`, or its `device`; several with `pk__in`.
    """
    with writing():
        gone, _each = Channel.objects.filter(user=user_id, **which).delete()
        if gone and not Channel.objects.filter(user=user_id).exists():
            forget(user_id)


def calls(user_id: UUID, session: UUID) -> bool:
    """Say whether somebody is called in the browser in which a session is open."""
    return Channel.objects.filter(user=user_id, device=device_of(session)).exists()


def lost(user_id: UUID) -> list[UUID]:
    """Return the channels of browsers whose session is over without anybody having ended it: it ran out."""
    found = dict(Channel.objects.filter(user=user_id, device__isnull=False).values_list("pk", "device"))
    if not found:
        return []
    open_ = SealedSession.objects.filter(user_id=user_id, expires_on__gte=clock.now().date())
    devices = {device_of(ref) for ref in open_.values_list("ref", flat=True)}
    return [pk for pk, device in found.items() if device not in devices]


def forget_lost(user_id: UUID) -> None:
    """Call no browser any more in which nobody is signed in."""
    remove(user_id, pk__in=lost(user_id))


def found_again(user_id: UUID, where: dict[str, str], session: UUID) -> None:
    """Let a browser in which somebody is called go with the session that is open in it now.

    Args:
        user_id: whose. What somebody else added in the same browser stays as it is.
        where: as the browser says it.
        session: the one that is open in it.
    """
    with writing():
        Channel.objects.filter(user=user_id, pk=_ref(user_id, Sort.PUSH, where)).update(
            device=device_of(session)
        )


def device_of(session: UUID | None) -> UUID | None:
    """Return by which id a channel knows a session: keyed, so that rows alone do not tell where somebody is called."""
    return row_about(wishes.key(), DEVICE, str(session)) if session else None


def forget(user_id: UUID) -> None:
    """Switch notices off, and keep nothing of them."""
    with writing():
        Channel.objects.filter(user=user_id).delete()
        Wishes.objects.filter(pk=user_id).delete()
        causes.forget(user_id)


def channels_of(user_id: UUID, profile: bytes) -> list[Shown]:
    """Return where somebody is called, as they see it."""
    rows = Channel.objects.filter(user=user_id).order_by("pk")
    return sorted((_shown(row, profile) for row in rows), key=lambda shown: (shown.sort, shown.name))


def _ref(user_id: UUID, sort: Sort, where: dict[str, str]) -> UUID:
    return row_about(wishes.key(), KIND, f"{user_id} {sort} {sorted(where.items())}")


def _shown(row: Channel, profile: bytes) -> Shown:
    def read() -> Shown:
        document = open_record(profile, row.about, **_place(row.user_id, row.pk))
        since = date.fromisoformat(document["since"])
        return Shown(ref=row.pk, sort=document["sort"], name=document["name"], since=since, device=row.device)

    return damage.opened(KIND, row.pk, read) or Shown(ref=row.pk)


def _place(user_id: UUID, ref: UUID) -> dict[str, Any]:  # Any: what a record is bound to
    return {
        "scope": Scope.USER, "scope_id": user_id, "kind": KIND, "row": ref, "author": user_id, "schema": SCHEMA,
    }  # fmt: skip
