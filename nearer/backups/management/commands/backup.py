"""`nearer backup`: make a backup now; with `--verify`, restore it for a test; with `--new-key`, make the key for it."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from nearer import clock, ownfile
from nearer.backups import state
from nearer.backups.errors import BackupError
from nearer.backups.making import back_up
from nearer.vault.age import new_pair

POLITE = 10  # how far it steps back behind the pages


class Command(BaseCommand):
    """Make a backup."""

    help = "Make a backup of this copy while it runs, sealed to whoever runs it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the options."""
        parser.add_argument(
            "--verify", action="store_true", help="restore it beside this copy, and look at every row."
        )
        parser.add_argument(
            "--politely", action="store_true", help="step back behind the pages, as each night."
        )
        parser.add_argument(
            "--new-key", type=Path, metavar="FILE", help="make a key, and write its secret into a new file."
        )

    def handle(
        self, *_args: Any, verify: bool, politely: bool, new_key: Path | None, **_options: Any
    ) -> None:
        """Make it."""
        if new_key:
            self._make_key(new_key)
            return
        clock.start(settings.CONFIG.data)
        if politely:
            os.nice(POLITE)
        try:
            made = back_up(clock.now(), tests=verify)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Stored {made.names[0]} and {made.names[1]}.")
        if made.shut is not None:
            self.stdout.write(f"Restored it for a test: every row was looked at, {made.shut} cannot open.")

    def _make_key(self, path: Path) -> None:
        secret, recipient = new_pair()
        try:
            ownfile.write(path, f"# public key: {recipient}\n{secret}\n".encode(), replaces=False)
        except OSError as problem:
            raise CommandError(f"{path} cannot be written, or is there already.") from problem
        try:
            state.seal_to(recipient)
        except OSError as problem:
            path.unlink()
            raise CommandError(
                f"Nothing was changed: {settings.CONFIG.data} can only be read, or its disk is full."
            ) from problem
        self.stdout.write(
            f"From now on backups are sealed to {recipient}. What opens them is in {path}: keep it away from this machine, "
            "at two places. It cannot be made again."
        )
