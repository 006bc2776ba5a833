"""`nearer check`, and with `--open` also whether what is kept can still open for those whose it is."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import check

from nearer.server import unopened


class Command(check.Command):
    """Django's own, and the walk over all rows."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--open` beside Django's own."""
        super().add_arguments(parser)
        parser.add_argument(
            "--open",
            action="store_true",
            help="Walk over all rows, and name those that cannot open; no key is needed.",
        )

    def handle(self, *labels: Any, **options: Any) -> None:
        """Check; what cannot open is printed by ids and counts alone, and ends in the exit code 1."""
        walks = options.pop("open")
        super().handle(*labels, **options)
        if not walks:
            return
        found = sorted(unopened.walk())
        for each in found:
            self.stdout.write(f"{each.what} {each.row} {each.why}")
        self.stdout.write(f"cannot open {len(found)} left over in the key store {unopened.left_over()}")
        if found:
            sys.exit(1)
