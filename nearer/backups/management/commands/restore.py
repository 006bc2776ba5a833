"""`nearer restore`: put a backup in the place of what is here, or go back to a restore point."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from nearer import clock
from nearer.backups import points
from nearer.backups.errors import BackupError
from nearer.backups.restoring import Restored, go_back, restore, try_out
from nearer.vault.age import secret_in
from nearer.vault.errors import VaultError

STDIN = "-"
LARGEST_KEY = 64 * 1024


class Command(BaseCommand):
    """Restore a backup."""

    help = "Put a backup in the place of what is here. How it was before stays as a restore point for seven days."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to restore."""
        parser.add_argument("records", nargs="?", help="the backup of the records; - for standard input.")
        parser.add_argument(
            "--keys", help="the backup of the key store; without it, the key store that is here."
        )
        parser.add_argument("--key", type=Path, metavar="FILE", help="the file with what opens backups.")
        parser.add_argument(
            "--try", action="store_true", dest="tries", help="only restore it beside this copy, and look."
        )
        parser.add_argument(
            "--even-so", action="store_true", help="restore it although the two do not suit each other."
        )
        parser.add_argument(
            "--back", action="store_true", help="go back to how it was before the last restore or update."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Restore it."""
        clock.start(settings.CONFIG.data)
        try:
            if options["back"]:
                self._say(go_back(_last_point(), at=clock.now()))
            else:
                self._restore(**options)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem

    def _restore(
        self,
        *,
        records: str | None,
        keys: str | None,
        key: Path | None,
        tries: bool,
        even_so: bool,
        **_options: Any,
    ) -> None:
        if not records or not key:
            raise CommandError("Name the backup of the records, and with --key the file with what opens it.")
        secret = _secret(key)
        with ExitStack() as stack:
            source, along = _opened(stack, records), _opened(stack, keys) if keys else None
            if tries:
                made_at, shut = try_out(source, secret, keys=along, even_so=even_so)
                self.stdout.write(
                    f"It opens, and shows {made_at:%Y-%m-%d %H:%M} UTC. Rows that cannot open: {shut}."
                )
                return
            self._say(restore(source, secret, keys=along, even_so=even_so, at=clock.now()))

    def _say(self, restored: Restored) -> None:
        self.stdout.write(
            f"Restored: this copy is as it was on {restored.made_at:%Y-%m-%d %H:%M} UTC, with {restored.rows} rows. "
            f"Rows that cannot open, such as what was erased since: {restored.shut}. Everybody logs in again."
        )
        if restored.point:
            self.stdout.write("What was here before stays for seven days: nearer restore --back")
        came = restored.came
        if came.told:
            self.stdout.write(f"What was set in the browser came along: {', '.join(came.told)}.")
        if came.missing:
            self.stdout.write(
                f"Set by variables where the backup was made, and not here: {', '.join(came.missing)}. "
                "Their values are in no backup: set them again, as far as they hold for this machine."
            )
        if came.keys or came.told:
            self.stdout.write("The keys of the server came along: start a running program again.")


def _last_point() -> points.Point:
    whole = [point for point in points.kept() if point.records.is_file() and point.keys.is_file()]
    if not whole:
        raise CommandError("There is no restore point.")
    return whole[-1]


def _secret(key: Path) -> str:
    try:
        with key.open(encoding="utf-8") as file:
            return secret_in(file.read(LARGEST_KEY))
    except (OSError, UnicodeDecodeError, VaultError) as problem:
        raise CommandError(f"{key} is not a file with a key for backups (AGE-SECRET-KEY-…).") from problem


def _opened(stack: ExitStack, path: str) -> BinaryIO:
    if path == STDIN:
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(path).open("rb"))
    except OSError as problem:
        raise CommandError(f"{path} cannot be read.") from problem
