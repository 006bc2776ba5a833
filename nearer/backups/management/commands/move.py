"""`nearer move`: to other databases, from SQLite to PostgreSQL or back; every row is compared."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from nearer import clock
from nearer.backups.errors import BackupError
from nearer.backups.moving import move
from nearer.config import DATABASE_SCHEMES


class Command(BaseCommand):
    """Move to other databases."""

    help = "Copy everything to other databases, compare every row, and leave the old ones."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to."""
        about = (
            "postgres://user:password@host/name, sqlite:///folder/file.sqlite3, or a file with such a line."
        )
        parser.add_argument("--records", default="", help=f"the new database of the records: {about}")
        parser.add_argument(
            "--keys", default="", help="the new one of the key store, written in the same way."
        )
        parser.add_argument("--even-so", action="store_true", help="write over whatever is in them.")

    def handle(self, *_args: Any, records: str, keys: str, even_so: bool, **_options: Any) -> None:
        """Move."""
        clock.start(settings.CONFIG.data)
        try:
            moved = move(_address(records), _address(keys), at=clock.now(), even_so=even_so)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Moved: {moved.rows} rows, each compared.")
        self.stdout.write(
            "Now set NEARER_DATABASE_URL and NEARER_KEYS_DATABASE_URL to the new addresses, and start Nearer again. "
            "Until then it says that it is back in a minute."
        )
        for variable in moved.left_over:
            self.stdout.write(f"Delete the database that was left ({variable}) within seven days.")


def _address(told: str) -> str:
    """Return an address that is given, or stands in a file, where no list of processes shows it."""
    if not told or told.partition("://")[0] in DATABASE_SCHEMES:
        return told
    try:
        address = Path(told).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"{told} is no address of a database, and no file that holds one.") from problem
    if address.partition("://")[0] not in DATABASE_SCHEMES:
        raise CommandError(
            f"{told} holds no address of a database, such as postgres://user:password@host/name."
        )
    return address
