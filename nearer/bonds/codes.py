"""The short code of a link that is out, for reading aloud.

It only opens the link's secret, together with a key of the key store, so that a stolen database cannot be
searched for it.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from nearer.bonds.actions import NotOpen
from nearer.bonds.models import Invitation, Return
from nearer.vault import store
from nearer.vault.errors import VaultError
from nearer.vault.keys import (
    INVITE_SECRET_SIZE,
    new_short_code,
    read_short_code,
    short_code_key,
    short_code_selector,
    unwrap,
    wrap,
    write_invite_secret,
)


def lock_secret(row: Invitation | Return, secret: bytes, *, shred: bytes, purpose: str) -> str:
    """Lock a link's secret with a new short code, into the row.

    Args:
        row: of the link; not saved here.
        secret: 16 bytes.
        shred: the row's key in the key store.
        purpose: what tells such codes from others.

    Returns:
        The code, as it is read aloud.
    """
    code = new_short_code()
    short, padded = read_short_code(code), secret + bytes(32 - INVITE_SECRET_SIZE)
    row.code_selector = short_code_selector(settings.HOST_KEY, short)
    row.code_wrap = wrap(short_code_key(short, shred), padded, purpose=purpose, owner=row.pk)
    return code


def open_secret(
    rows: QuerySet[Invitation] | QuerySet[Return], text: str, *, purpose: str, at: datetime
) -> str:
    """Return the link's secret for a short code.

    Args:
        rows: those that may be opened.
        text: the code, as somebody typed it.
        purpose: what it was locked for.
        at: now.

    Raises:
        NotOpen: the code opens nothing now.
    """
    try:
        code = read_short_code(text)
        selector = short_code_selector(settings.HOST_KEY, code)
        row = rows.filter(code_selector=selector, expires_at__gt=at).first()
        if row is None:
            raise NotOpen
        key = short_code_key(code, store.secret_of(row.pk))
        secret = unwrap(key, bytes(row.code_wrap), purpose=purpose, owner=row.pk)
    except VaultError as shut:
        raise NotOpen from shut
    return write_invite_secret(secret[:INVITE_SECRET_SIZE])
