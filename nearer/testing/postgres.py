"""A throw-away PostgreSQL: its files in a temporary folder, reachable only through a socket in there."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

USER = "nearer"
PATIENCE = 30.0
PR_SET_PDEATHSIG = 1

# Nothing here outlives the tests, so nothing needs to survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}


class NoCluster(RuntimeError):
    """PostgreSQL is missing or did not start; the message tells what it said."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A running server.

    Attributes:
        folder: everything it writes.
        process: the server itself.
    """

    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """The server's address, to which a database name is added."""
        return f"postgres://{USER}@{quote(str(self.folder), safe='')}"

    @classmethod
    def start(cls) -> Self:
        """Make an empty cluster with databases `nearer` and `keys`, and wait until it answers.

        Raises:
            NoCluster: PostgreSQL is missing or did not start.
        """
        folder = Path(tempfile.mkdtemp(prefix="nearer-pg-"))
        unprivileged = _unprivileged(folder)
        data = str(folder / "data")
        initdb = [
            _program("initdb"),
            "-D",
            data,
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-locale",
            "-N",
        ]
        made = subprocess.run(initdb, cwd=folder, capture_output=True, check=False, **unprivileged)  # noqa: S603 - PostgreSQL's own programs
        if made.returncode:
            raise NoCluster(made.stderr.decode(errors="replace"))
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        server = [_program("postgres"), "-D", data, "-k", str(folder), *settings]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603
                server,
                cwd=folder,
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_the_tests,  # noqa: PLW1509 — no other thread runs yet
                **unprivileged,
            )
        cluster = cls(folder=folder, process=process)
        cluster._wait()
        cluster._make_databases("nearer", "keys")
        return cluster

    def stop(self) -> None:
        """End the server at once and remove its files."""
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make_databases(self, *names: str) -> None:
        with psycopg.connect(f"{self.url}/postgres", autocommit=True) as connection:
            for name in names:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(f"{self.url}/postgres").close()
            except psycopg.OperationalError as problem:
                if self.process.poll() is not None or time.monotonic() > end:
                    said = (self.folder / "log").read_text(errors="replace")
                    self.stop()
                    raise NoCluster(said) from problem
                time.sleep(0.05)
            else:
                return


def _end_with_the_tests() -> None:
    """Ask Linux to end this process when the one that started it dies, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _program(name: str) -> str:
    found = shutil.which(name, path=os.environ.get("NEARER_TEST_POSTGRES") or None) or shutil.which(name)
    if not found:
        raise NoCluster(f"{name} was not found: `make test` finds or installs PostgreSQL first.")
    # initdb looks for its companions beside its real self, not beside a link to it.
    return os.path.realpath(found)


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Return how to run as somebody else when we are root, which PostgreSQL refuses to be."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    person = pwd.getpwnam(name)
    os.chown(folder, person.pw_uid, person.pw_gid)
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
