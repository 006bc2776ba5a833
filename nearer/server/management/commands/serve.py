"""`nearer serve`: bring the databases up to date and serve, in one process. What is up to date is not written."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from argparse import ArgumentParser
from contextlib import suppress
from io import StringIO
from types import FrameType
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from nearer import clock
from nearer.database import cannot_store
from nearer.notices import turn
from nearer.operating.findings import open_to_others
from nearer.server import daily
from nearer.server.process import allow_many_connections, shut_memory
from nearer.server.wire import HEAD_BYTES, Connection, listen

GRACE_SECONDS = 10
KEEP_ALIVE_SECONDS = 15


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
        for warning in open_to_others():
            self.stderr.write(f"{warning.msg} {warning.hint}")
        signal.signal(signal.SIGTERM, _leave)
        self._bring_up_to_date(migrates=not options["no_migrate"])
        listener = self._listen(options["bind"])
        clock.start(settings.CONFIG.data)
        daily.start()
        if not options["no_worker"]:
            turn.start()
        with suppress(OSError):  # the terminal may be a file on a disk that is full
            self._announce(listener)
        with suppress(KeyboardInterrupt):
            _serve(listener)

    def _bring_up_to_date(self, *, migrates: bool) -> None:
        """Write what is missing, and only that."""
        try:
            for alias in filter(_is_behind, settings.DATABASES if migrates else ()):
                call_command("migrate", database=alias, interactive=False, verbosity=0)
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

    def _announce(self, listener: socket.socket) -> None:
        self.stdout.write(_("Nearer is on %(address)s") % {"address": _address(listener)})
        self.stdout.write(
            _("People reach it at %(url)s. Any other address is refused until NEARER_URL names it.")
            % {"url": settings.CONFIG.url}
        )
        self.stdout.flush()

    def _listen(self, bind: str) -> socket.socket:
        host, _colon, port = bind.rpartition(":")
        try:
            return listen(host.strip("[]"), int(port))
        except (OSError, ValueError) as problem:
            raise CommandError(
                _(
                    "Nearer cannot listen on %(bind)s: is it running already? NEARER_BIND names another address."
                )
                % {"bind": bind}
            ) from problem


def _is_behind(alias: str) -> bool:
    """Say whether a database has to be brought up to date; looking writes nothing."""
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _serve(listener: socket.socket) -> None:
    config = uvicorn.Config(
        "nearer.server.asgi:application",
        http=Connection,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        # Only a copy behind TLS has a proxy in front whose word on addresses counts.
        proxy_headers=settings.CONFIG.is_https,
        forwarded_allow_ips=list(settings.CONFIG.proxies),
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=HEAD_BYTES,
        backlog=1024,
    )
    asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _leave(number: int, frame: FrameType | None) -> None:
    # The server raises the signal again once it has stopped in good order: that is an ordinary end.
    raise SystemExit(os.EX_OK)
