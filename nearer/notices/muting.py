"""A link that mutes without logging in: it works once, and does nothing else.

It names a channel, and carries a seal over that and the owner's mark (`Chosen.mark`). Using one changes the mark, so that no other
link made before it works either.
"""

from __future__ import annotations

import hmac
from dataclasses import replace
from secrets import token_hex
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from nearer.notices import causes, wishes
from nearer.notices.models import Channel
from nearer.notices.wishes import MARK_SIZE
from nearer.vault.errors import VaultError
from nearer.vault.keys import host_subkey
from nearer.vault.webpush import bytes_of, text_of

ID_SIZE, SEAL_SIZE = 16, 16


class Used(LookupError):
    """The link was used, or is none."""


def link_for(channel: Channel) -> str:
    """Return the link for what is sent by a channel."""
    chosen = wishes.chosen_by(channel.user_id)
    seal = _seal(channel.pk, chosen.mark if chosen else "")
    token = text_of(channel.pk.bytes + seal)
    return f"{settings.CONFIG.url}{reverse('home:mute', args=[token])}"


def mute(token: str) -> None:
    """Mute whatever would come to whoever got this link.

    Raises:
        Used: it was used, or is none.
    """
    channel = _channel(token)
    chosen = wishes.chosen_by(channel.user_id)
    if chosen is None:
        raise Used
    causes.change(channel.user_id, wish=replace(chosen.wish, muted=True), mark=token_hex(MARK_SIZE))


def is_good(token: str) -> bool:
    """Say whether a link would still work; looking uses nothing up."""
    try:
        _channel(token)
    except Used:
        return False
    return True


def _channel(token: str) -> Channel:
    try:
        raw = bytes_of(token)
    except VaultError:
        raise Used from None
    if len(raw) != ID_SIZE + SEAL_SIZE:
        raise Used
    channel = Channel.objects.filter(pk=UUID(bytes=raw[:ID_SIZE])).first()
    chosen = wishes.chosen_by(channel.user_id) if channel else None
    if channel is None or chosen is None:
        raise Used
    if not hmac.compare_digest(raw[ID_SIZE:], _seal(channel.pk, chosen.mark)):
        raise Used
    return channel


def _seal(channel: UUID, mark: str) -> bytes:
    key = host_subkey(settings.HOST_KEY, "mute")
    return hmac.digest(key, channel.bytes + mark.encode(), "sha256")[:SEAL_SIZE]
