"""`nearer check`: what is wrong with a copy, in plain words; with `--open` also whether what is kept can still open."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.core.management.base import CommandParser
from django.core.management.commands import check
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nearer.operating import findings, reach
from nearer.server import unopened


class Command(check.Command):
    """Django's own, what we look at ourselves, and the walk over all rows."""

    help = "Say in plain words what is wrong with this copy and how to mend it. Ends with 1 when it cannot work so."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--open` and `--reach` beside Django's own."""
        super().add_arguments(parser)
        parser.add_argument(
            "--open",
            action="store_true",
            help="Walk over all rows, and name those that cannot open; no key is needed.",
        )
        parser.add_argument(
            "--reach",
            action="store_true",
            help="Also ask the running copy by its public address, the way people come.",
        )

    def handle(self, *labels: Any, **options: Any) -> None:
        """Check; what cannot open is printed by ids and counts alone, and ends in the exit code 1."""
        walks, self._reaches = options.pop("open"), options.pop("reach")
        super().handle(*labels, **options)
        if not walks:
            return
        found = sorted(unopened.walk())
        for each in found:
            self.stdout.write(f"{each.what} {each.row} {each.why}")
        self.stdout.write(f"cannot open {len(found)} left over in the key store {unopened.left_over()}")
        if found:
            sys.exit(1)

    def check(
        self,
        app_configs: Sequence[AppConfig] | None = None,
        tags: Sequence[str] | None = None,
        display_num_errors: bool = False,  # noqa: FBT001, FBT002 - as Django has it
        include_deployment_checks: bool = False,  # noqa: FBT001, FBT002
        fail_level: int = checks.ERROR,
        databases: Sequence[str] | None = None,
    ) -> None:
        """Print what is wrong and how to mend it, what keeps a copy from working first; then end with 1 if there is such."""
        found: list[checks.CheckMessage] = []
        with suppress(DatabaseError):  # one that is damaged is named by our own look
            found += checks.run_checks(
                app_configs=app_configs, tags=tags, include_deployment_checks=include_deployment_checks,
                databases=databases,
            )  # fmt: skip
        if not (tags or app_configs):
            found += [*findings.everything(), *findings.new_keys()] + (
                reach.findings() if self._reaches else []
            )
        for each in sorted(found, key=lambda each: -each.level):
            self.stdout.write(f"{_word(each)} {each.msg}")
            if each.hint:
                self.stdout.write(f"      {each.hint}")
        self.stdout.write(_sum(len([each for each in found if each.level > checks.INFO])))
        if any(each.level >= fail_level for each in found):
            sys.exit(1)


def _word(message: checks.CheckMessage) -> str:
    if message.level >= checks.ERROR:
        return _("Wrong:")
    return _("Mind:") if message.level > checks.INFO else _("Know:")


def _sum(number: int) -> str:
    if not number:
        return _("Nothing is wrong.")
    return ngettext("One thing to mend.", "%(number)d things to mend.", number) % {"number": number}
