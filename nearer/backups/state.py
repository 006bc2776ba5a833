"""What is known of backups: when the last one was made, and when the last one was restored for a test."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from nearer import clock, ownfile

NAME, RECIPIENT = "backups.json", "backup.recipient"
LATE = timedelta(hours=26)  # a night and a little


@dataclass(frozen=True, kw_only=True)
class Known:
    """How backups stand; None where it never happened.

    Attributes:
        made_at: when the last backup was stored.
        tested_at: when one was last restored for a test, with all its rows looked at.
        failed_at: when the last try failed.
        shut: how many rows of the tested one cannot open; `nearer check --open` names such rows.
    """

    made_at: datetime | None = None
    tested_at: datetime | None = None
    failed_at: datetime | None = None
    shut: int = 0

    def is_late(self, at: datetime) -> bool:
        """Say whether the last backup is older than a night."""
        return self.made_at is None or at - self.made_at > LATE


def known() -> Known:
    """Return how backups stand."""
    try:
        told = json.loads(_path().read_text(encoding="utf-8"))
        moments = {name: told.get(name) for name in ("made_at", "tested_at", "failed_at")}
        read = {name: datetime.fromisoformat(text) for name, text in moments.items() if text}
        return Known(**read, shut=int(told.get("shut", 0)))
    except (OSError, ValueError, AttributeError, TypeError):
        return Known()


def note(**changes: datetime | int) -> None:
    """Note what has happened; on a full disk it goes on without."""
    now = replace(known(), **changes)  # type: ignore[arg-type] # the names are those of the fields
    told = {each.name: getattr(now, each.name) for each in fields(now)}
    text = json.dumps({name: v.isoformat() if isinstance(v, datetime) else v for name, v in told.items()})
    with suppress(OSError):
        ownfile.write(_path(), text.encode())


def last_backup() -> datetime | None:
    """Return when the last backup was stored."""
    return known().made_at


def last_tested_restore() -> datetime | None:
    """Return when a backup was last restored for a test."""
    return known().tested_at


def is_set_up() -> bool:
    """Say whether it is known to whom backups are sealed."""
    return bool(recipient())


def is_late() -> bool:
    """Say whether there should be a newer backup; where none are set up, that is not so."""
    return is_set_up() and known().is_late(clock.now())


def recipient() -> str:
    """Return to whom backups are sealed; nothing where nobody said so."""
    if settings.CONFIG.backup_recipient:
        return str(settings.CONFIG.backup_recipient)
    with suppress(OSError, UnicodeDecodeError):
        return (settings.CONFIG.data / RECIPIENT).read_text(encoding="ascii").strip()
    return ""


def seal_to(known_as: str) -> None:
    """Let backups be sealed to somebody from now on.

    Args:
        known_as: the recipient, age1….
    """
    ownfile.write(settings.CONFIG.data / RECIPIENT, f"{known_as}\n".encode())


def _path() -> Path:
    return Path(settings.CONFIG.data) / NAME
