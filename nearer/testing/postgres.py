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
from contextlib import suppress
from dataclasses import dataclass, replace
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
UNSAFE = ("fsync", "synchronous_commit", "full_page_writes")


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
    def start(cls, *, lasting: bool = False) -> Self:
        """Make an empty cluster with databases `nearer` and `keys`, and wait until it answers.

        Args:
            lasting: whether what it acknowledges has to survive its being killed.

        Raises:
            NoCluster: PostgreSQL is missing or did not start.
        """
        folder = Path(tempfile.mkdtemp(prefix="nearer-pg-"))
        unprivileged = _unprivileged(folder)
        initdb = [_program("initdb"), "-D", str(folder / "data"), "-U", USER, "-A", "trust", "-E", "UTF8"]
        command = [*initdb, "--no-locale", "-N"]
        made = subprocess.run(command, cwd=folder, capture_output=True, check=False, **unprivileged)  # noqa: S603 - PostgreSQL's own programs
        if made.returncode:
            raise NoCluster(made.stderr.decode(errors="replace"))
        cluster = cls(folder=folder, process=_serve(folder, lasting=lasting))
        cluster.wait()
        cluster._make_databases("nearer", "keys")
        return cluster

    def kill(self) -> None:
        """End the server and everything it has started, as a power cut would."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        for each in (pid, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)
        self.process.wait()

    def again(self) -> Self:
        """Serve the same files again after `kill`, and wait until it answers."""
        cluster = replace(self, process=_serve(self.folder, lasting=True))
        cluster.wait()
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

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            NoCluster: it did not start.
        """
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


def _serve(folder: Path, *, lasting: bool) -> subprocess.Popen[bytes]:
    settings = SETTINGS | (dict.fromkeys(UNSAFE, "on") if lasting else {})
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [_program("postgres"), "-D", str(folder / "data"), "-k", str(folder), *options]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603
            command,
            cwd=folder,
            stdout=log,
            stderr=log,
            preexec_fn=_end_with_the_tests,  # noqa: PLW1509 — no other thread runs yet
            **_unprivileged(folder),
        )


def _end_with_the_tests() -> None:
    """Ask Linux to end this process when the one that started it dies, however that happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _program(name: str) -> str:
    installed = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    places = [os.environ.get("NEARER_TEST_POSTGRES", ""), os.environ.get("PATH", ""), *installed]
    found = shutil.which(name, path=os.pathsep.join(filter(None, places)))
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
