"""A recovery code that was not typed back yet. It waits in its session, locked as the drawer is: the cookie does not open it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase

from nearer.accounts.ways_in.unlock import Unlocked
from nearer.vault.drawer import Drawer
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.errors import VaultError
from nearer.vault.keys import private_key_from

CODE = "recovery_code"
KIND, SCHEMA = "unsaved", 1


def keep(session: SessionBase, unlocked: Unlocked, code: str) -> None:
    """Keep a code in the session of whoever has just got it."""
    key = private_key_from(unlocked.master, KIND)
    sealed = seal(key, key_version=0, document={"code": code}, **_about(unlocked.user.pk))
    session[CODE] = sealed.hex()


def kept(session: SessionBase, drawer: Drawer) -> str:
    """Return the code that waits in somebody's session, opened with their drawer; "" where none does."""
    user_id = UUID(session[SESSION_KEY])
    try:
        key, sealed = private_key_from(drawer.master, KIND), bytes.fromhex(session.get(CODE, ""))
        return str(open_record(key, sealed, **_about(user_id))["code"])
    except VaultError:
        return ""


def _about(user_id: UUID) -> dict[str, Any]:
    return {
        "scope": Scope.USER,
        "scope_id": user_id,
        "kind": KIND,
        "row": user_id,
        "author": user_id,
        "schema": SCHEMA,
    }
