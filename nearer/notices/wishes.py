"""What somebody chose, as it is kept: sealed under a key of this server, since what is new has to find its hour without them."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from nearer.notices.models import Wishes
from nearer.notices.rules import Told, Wish
from nearer.vault import damage
from nearer.vault.envelope import Document, Scope, open_record, seal
from nearer.vault.errors import refusing
from nearer.vault.keys import host_subkey

KIND, SCHEMA = "notices", 1
MARK_SIZE = 8
NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What is sealed.

    Attributes:
        wish: when they would like to be called.
        told: what they were told so far.
        mark: what a link that mutes holds for; another one once such a link was used.
        together: until when they are here with somebody, and called for nothing.
    """

    wish: Wish = field(default_factory=Wish)
    told: Told = field(default_factory=Told)
    mark: str = field(default_factory=lambda: secrets.token_hex(MARK_SIZE))
    together: datetime = NEVER

    @property
    def document(self) -> Document:
        """The same as it is sealed."""
        return {
            "wish": {name: _text(value) for name, value in asdict(self.wish).items()},
            "told": {name: _text(value) for name, value in asdict(self.told).items()},
            "mark": self.mark,
            "together": int(self.together.timestamp()),
        }

    @classmethod
    @refusing(KeyError, TypeError, ValueError, OverflowError)
    def read(cls, document: Document) -> Self:
        """Return what was sealed.

        Raises:
            VaultError: it says nothing of that kind.
        """
        wish, told = document["wish"], document["told"]
        hours = {name: time.fromisoformat(wish[name]) for name in ("at", "quiet_from", "quiet_until")}
        last = date.fromisoformat(told["last"]) if told["last"] else None
        return cls(
            wish=Wish(**{**wish, **hours}), told=Told(**{**told, "last": last}), mark=document["mark"],
            together=datetime.fromtimestamp(document.get("together", 0), UTC),
        )  # fmt: skip


def chosen_by(user_id: UUID, rows: QuerySet[Wishes] | None = None) -> Chosen | None:
    """Return what somebody chose; None when they would not like to be called, or it does not open.

    Args:
        user_id: whose.
        rows: among which rows to look, such as locked ones; among all unless given.
    """
    row = (Wishes.objects.all() if rows is None else rows).filter(pk=user_id).first()
    return damage.opened(KIND, user_id, lambda: opened(row)) if row else None


def opened(row: Wishes) -> Chosen:
    """Open what somebody chose.

    Raises:
        VaultError: it does not open.
    """
    return Chosen.read(open_record(key(), bytes(row.sealed), **place(row.pk)))


def store(user_id: UUID, chosen: Chosen) -> None:
    """Keep what somebody chose."""
    sealed = seal(key(), key_version=0, document=chosen.document, **place(user_id))
    Wishes.objects.update_or_create(pk=user_id, defaults={"sealed": sealed})


def key() -> bytes:
    """Return the key under which this server keeps hours and causes."""
    return host_subkey(settings.HOST_KEY, KIND)


def place(row: UUID) -> dict[str, Any]:  # Any: what a record is bound to
    """Return what a record of this server's is bound to.

    Args:
        row: its row's id.
    """
    return {
        "scope": Scope.USER,
        "scope_id": row,
        "kind": KIND,
        "row": row,
        "author": row,
        "schema": SCHEMA,
    }


def _text(value: object) -> object:
    return value.isoformat() if isinstance(value, (date, time)) else value
