"""`nearer serve`: bring the databases up to date and serve, in one process. What is up to date is not written."""

from __future__ import annotations

import os
import signal
import socket
from argparse import ArgumentParser
from contextlib import suppress
from io import StringIO
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connections
from django.utils.translation import gettext as _

from nearer import clock
from nearer.accounts import nobody_yet
from nearer.backups import nightly
from nearer.backups.errors import BackupError, TooNew
from nearer.backups.schema import is_behind, refuse_later_major, refuse_newer
from nearer.backups.upgrading import before_migrating
from nearer.database import cannot_store
from nearer.firstrun import restarting
from nearer.notices import turn
from nearer.operating.findings import VARIABLES, Findings, new_keys, open_to_others
from nearer.server import daily, serving
from nearer.server.process import allow_many_connections, shut_memory
from nearer.standstill import has_moved, here


class Command(BaseCommand):
    """Serve Nearer on the configured address."""

    help = "Bring the databases up to date and serve Nearer."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the three options."""
        parser.add_argument(
            "--bind", default=settings.CONFIG.bind, help="host:port to listen on; port 0 chooses one."
        )
        parser.add_argument("--no-migrate", action="store_true", help="leave the databases as they are.")
        parser.add_argument(
            "--no-worker", action="store_true", help="leave notices to `nearer worker` on another machine."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until told to stop."""
        shut_memory()
        allow_many_connections()
        self._warn(open_to_others())
        signal.signal(signal.SIGTERM, _leave)
        if has_moved(settings.CONFIG.data, here()):
            raise CommandError(
                _(
                    "This copy has moved to other databases: set NEARER_DATABASE_URL and NEARER_KEYS_DATABASE_URL to those."
                )
            )
        self.bring_up_to_date(migrates=not options["no_migrate"])
        self._warn(new_keys())
        listener = serving.listener(options["bind"])
        clock.start(settings.CONFIG.data)
        daily.start()
        if not options["no_worker"]:
            turn.start()
            nightly.start()
        with suppress(OSError):  # the terminal may be a file on a disk that is full
            self.announce(listener)
        try:
            with suppress(KeyboardInterrupt):
                serving.serve("nearer.server.asgi:application", [listener])
        finally:
            restarting.follow()

    def _warn(self, found: Findings) -> None:
        for warning in found:
            self.stderr.write(f"{warning.msg} {warning.hint}")

    def bring_up_to_date(self, *, migrates: bool) -> None:
        """Write what is missing, and only that.

        Args:
            migrates: whether databases may be changed; what a newer version has changed is then refused.

        Raises:
            CommandError: it was not done, and the sentence says what to do.
        """
        try:
            _let_answer()
            _refuse_newer(even_ahead=migrates)
            if migrates:
                before_migrating(clock.now())
            for alias in filter(is_behind, settings.DATABASES if migrates else ()):
                call_command("migrate", database=alias, interactive=False, verbosity=0)
        except BackupError as problem:
            raise CommandError(str(problem)) from problem
        except DatabaseError as problem:
            if cannot_store(problem):
                raise CommandError(
                    _("The databases cannot be brought up to date: the disk is full, or can only be read.")
                ) from problem
            raise
        try:
            call_command("content", "load", verbosity=0, stdout=StringIO())
        except DatabaseError as problem:
            if not cannot_store(problem):
                raise
            self.stderr.write(_("Nothing can be stored: the library stays as it was."))

    def announce(self, listener: socket.socket) -> None:
        """Say where it is, and how it is set up while nobody has an account."""
        self.stdout.write(_("Nearer is on %(address)s") % {"address": _address(listener)})
        self.stdout.write(
            _("People reach it at %(url)s. Any other address is refused until NEARER_URL names it.")
            % {"url": settings.CONFIG.url}
        )
        if nobody_yet.is_open():
            self.stdout.write(
                _(
                    "Nobody has an account yet. Set it up in the browser, at %(url)s/setup, with the code %(code)s"
                )
                % {"url": settings.CONFIG.url, "code": nobody_yet.code()}
            )
        else:
            nobody_yet.forget()
        self.stdout.flush()


def _let_answer() -> None:
    """See that both databases can be asked.

    Raises:
        CommandError: one cannot.
        DatabaseError: there is no room for what even reading takes.
    """
    for alias, variable in VARIABLES.items():
        try:
            connections[alias].ensure_connection()
        except DatabaseError as problem:
            if cannot_store(problem):
                raise
            raise CommandError(
                _(
                    "The database of %(variable)s does not answer, or is damaged. See that it runs, and that the address, the name and the password are right."
                )
                % {"variable": variable}
            ) from problem


def _refuse_newer(*, even_ahead: bool) -> None:
    """Refuse databases of a later major version, and, where they may be changed, of any newer one.

    Raises:
        BackupError, CommandError: one is such.
    """
    for alias in settings.DATABASES:
        refuse_later_major(alias)
    try:
        for alias in settings.DATABASES if even_ahead else ():
            refuse_newer(alias)
    except TooNew as problem:
        meanwhile = _("Within one major version, `nearer serve --no-migrate` goes on with it meanwhile.")
        raise CommandError(f"{problem} {meanwhile}") from problem


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _leave(number: int, frame: FrameType | None) -> None:
    # The server raises the signal again once it has stopped in good order: that is an ordinary end.
    raise SystemExit(os.EX_OK)
