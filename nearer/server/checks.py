"""What `nearer check` looks at beside Django's own: whether other accounts of the machine can reach what is kept."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

from nearer.hostkey import HOST, NOTICES

OTHERS = stat.S_IRWXG | stat.S_IRWXO
# SQLite writes these beside a database, with the database's own mode.
BESIDE = ("", "-wal", "-shm", "-journal")


@checks.register(checks.Tags.security)
def open_to_others(**_given: Any) -> list[checks.CheckMessage]:
    """Return a warning for the data folder and for each file of secrets that more than its owner may open."""
    return [
        checks.Warning(
            _("Other accounts of this machine can open %(path)s. Close it: chmod go= %(path)s")
            % {"path": path},
            id="nearer.W001",
        )
        for path in _kept()
        if path.exists() and path.stat().st_mode & OTHERS
    ]


def _kept() -> Iterator[Path]:
    yield settings.CONFIG.data
    yield from (settings.CONFIG.data / name for name in (HOST, NOTICES))
    for database in settings.DATABASES.values():
        if database["ENGINE"].endswith("sqlite3"):
            yield from (Path(f"{database['NAME']}{end}") for end in BESIDE)
