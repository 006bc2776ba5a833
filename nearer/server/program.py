"""The program `nearer`: its help shows our own commands, and what keeps a command from its work is said in one sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from django.core.management import BaseCommand, CommandError, ManagementUtility, get_commands
from django.utils.translation import gettext as _

OURS = "nearer."
LOOK_THEMSELVES = {"backup", "check", "move", "restore", "serve"}
"""These say in their own words what they do with databases of a later version."""

NOT_HERE = {"changepassword", "createsuperuser"}
"""Of Django's own, what there is nothing for."""


class Program(ManagementUtility):
    """Django's manage command, for somebody who runs a copy and has never seen Django."""

    def execute(self) -> None:
        """Do what was asked; whoever asks for the version means ours."""
        if self.argv[1:] in (["version"], ["--version"]):
            sys.stdout.write(f"{version('nearer')}\n")
        else:
            super().execute()

    def main_help_text(self, commands_only: bool = False) -> str:  # noqa: FBT001, FBT002 - as Django has it
        """Return what there is, each in one line; Django's own are named by `nearer help --commands` alone."""
        if commands_only:
            return super().main_help_text(commands_only)
        lines = {name: super(Program, self).fetch_command(name).help for name in _ours()}
        lines["demo"] = _("Show two people who do not exist, in a folder of their own.")
        width = max(map(len, lines))
        return "\n".join(
            [
                _("nearer COMMAND, and nearer help COMMAND for what it takes:"),
                "",
                *(f"  {name:{width}}  {lines[name]}" for name in sorted(lines)),
            ]
        )

    def fetch_command(self, subcommand: str) -> BaseCommand:
        """Return a command that ends with a sentence, and never with a traceback, where its databases are not as it needs them."""
        if subcommand in NOT_HERE:
            sys.exit(_("Accounts are made in the browser: no command makes one, or knows a passphrase."))
        command = super().fetch_command(subcommand)
        refuses = subcommand in _ours() and subcommand not in LOOK_THEMSELVES
        command.execute = _saying(command.execute, refuses_later=refuses)  # type: ignore[method-assign]
        return command


def _ours() -> list[str]:
    return [name for name, app in get_commands().items() if str(app).startswith(OURS)]


def _saying(execute: Callable[..., str | None], *, refuses_later: bool) -> Callable[..., str | None]:
    def run(*args: Any, **options: Any) -> str | None:  # Any: as Django has it
        # Loaded once Django is ready.
        from django.conf import settings
        from django.db import DatabaseError

        from nearer.backups.errors import TooNew
        from nearer.backups.schema import refuse_later_major
        from nearer.operating.state import why_not

        try:
            for alias in settings.DATABASES if refuses_later else ():
                refuse_later_major(alias)
            return execute(*args, **options)
        except TooNew as problem:
            raise CommandError(str(problem)) from problem
        except DatabaseError as problem:
            if not (said := why_not(problem)):
                raise
            raise CommandError(said) from problem

    return run
