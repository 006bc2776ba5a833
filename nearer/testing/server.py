"""Runs a whole copy of Nearer for tests: its own folder, its own databases, a real server process."""

from __future__ import annotations

import atexit
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

from nearer.testing import served

START_SECONDS = 180
PAUSE = 0.05
# Below those that systems hand to whoever calls somebody: none of these is taken before a copy listens on it.
PORTS = range(20_000, 32_000)
DAY_FROM, DAY_TO = 9, 18
SERVED = "nearer.testing.served"
HOME = "NEARER_TEST_HOME"  # a folder of all processes of a test run
MIGRATE = "from django.core.management import call_command\nfor alias in ('default', 'keys'): call_command('migrate', database=alias, verbosity=0)"


@dataclass
class Copy:
    """One running copy.

    Attributes:
        data: its data folder.
        port: where it listens on 127.0.0.1.
        databases: extra environment naming its databases; empty for SQLite in the folder.
        module: what is run: the very same program with a clock that can be moved and passphrases that are cheap
            to try, or "nearer" for the program as it is.
        log_file: where it writes what it says, when its folder can only be read.
    """

    data: Path
    port: int
    databases: dict[str, str] = field(default_factory=dict)
    module: str = SERVED
    log_file: Path | None = None
    process: subprocess.Popen[bytes] | None = None

    @property
    def program(self) -> list[str]:
        """What runs a command in it."""
        return [sys.executable, "-m", self.module]

    @property
    def now(self) -> datetime:
        """What its clock says."""
        return datetime.now(UTC) + served.shift_of(self.data) + served.shift_of(self.data, served.WRONG)

    def at(self, moment: datetime) -> None:
        """Put its clock to a moment; from there it goes on."""
        self.data.mkdir(parents=True, exist_ok=True)
        served.move(self.data, moment - datetime.now(UTC))

    def wait(self, time: timedelta) -> None:
        """Let time pass in it, without waiting."""
        served.move(self.data, served.shift_of(self.data) + time)

    def wait_for_day(self) -> None:
        """Let time pass until noon, if it is evening or night in it."""
        if not DAY_FROM <= self.now.hour < DAY_TO:
            noon = self.now.replace(hour=12, minute=0)
            self.wait((noon if noon > self.now else noon + timedelta(days=1)) - self.now)

    def set_wrong(self, by: timedelta) -> None:
        """Set its clock wrong by so much, or right with nothing: no time passes by that."""
        served.move(self.data, by, served.WRONG)

    @property
    def url(self) -> str:
        """Its address, without a trailing slash."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Everything it wrote to the terminal."""
        return self.log_file or self.data / "server.log"

    @property
    def environment(self) -> dict[str, str]:
        """The variables it runs under."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("NEARER_", "DJANGO_"))
        }
        return {
            **kept,
            "NEARER_DATA": str(self.data),
            "NEARER_BIND": f"127.0.0.1:{self.port}",
            **self.databases,
        }

    def start(self) -> None:
        """Start it and wait until it is ready.

        Raises:
            RuntimeError: it ended or did not become ready.
        """
        self.data.mkdir(parents=True, exist_ok=True)
        if self.module == SERVED and not self.databases:
            self._begin_migrated()
        with self.log.open("ab") as log:
            command = [*self.program, "serve"]
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)  # noqa: S603
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            if self._is_ready():
                return
            time.sleep(PAUSE)
        self.kill()
        raise RuntimeError(self.log.read_text(encoding="utf-8")[-2000:])

    def stop(self) -> None:
        """End it in good order."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)
        self.process = None

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process = None

    def run(self, *command: str) -> str:
        """Run one management command in this copy and return what it printed."""
        whole = [*self.program, *command]
        return subprocess.run(whole, env=self.environment, check=True, capture_output=True, text=True).stdout  # noqa: S603

    def _begin_migrated(self) -> None:
        """Put databases with nobody in them where there are none; the program as it is makes its own."""
        if not any(self.data.glob("*.sqlite3")):
            for file in _nobody_yet().glob("*.sqlite3"):
                shutil.copy(file, self.data)

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:  # noqa: S310 - our own address
                return bool(answer.status == 200)  # noqa: PLR2004
        except (URLError, OSError):
            return False


@cache
def _nobody_yet() -> Path:
    """Return a folder with databases that are up to date and hold nobody, made once for all processes of a test run."""
    shared = os.environ.get(HOME)
    if not shared:
        folder = tempfile.TemporaryDirectory(prefix="nearer-empty-")
        atexit.register(folder.cleanup)
        shared = folder.name
    empty = Path(shared) / "nobody-yet"
    with (Path(shared) / "nobody-yet.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not empty.exists():
            first = Copy(data=Path(shared) / "nobody-yet.new", port=8000)
            first.data.mkdir(exist_ok=True)
            first.run("shell", "--no-imports", "--command", MIGRATE)
            first.data.rename(empty)
    return empty


def free_port() -> int:
    """Return a port that nobody uses now, nor is given by chance before it is listened on."""
    while True:
        port = secrets.choice(PORTS)
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


def three_ports() -> int:
    """Return the first of three ports, one after the other, that nobody listens on now: a demo needs as many."""
    while True:
        first = free_port()
        with ExitStack() as held, suppress(OSError):
            for more in (1, 2):
                held.enter_context(socket.socket()).bind(("127.0.0.1", first + more))
            return first


def databases_for(name: str) -> dict[str, str]:
    """Make two fresh databases when the tests run on PostgreSQL.

    Args:
        name: distinguishes this copy; letters, digits and underscores.

    Returns:
        The environment for `Copy`; empty when the tests run on SQLite.
    """
    url = os.environ.get("NEARER_DATABASE_URL", "")
    if not url.startswith("postgres"):
        return {}
    import psycopg
    from psycopg import sql

    named = {}
    with psycopg.connect(url, autocommit=True) as connection:
        for variable, kind in (("NEARER_DATABASE_URL", "words"), ("NEARER_KEYS_DATABASE_URL", "keys")):
            database = sql.Identifier(f"{name}_{kind}")
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(database))
            named[variable] = urlunsplit(urlsplit(url)._replace(path=f"/{name}_{kind}"))
    return named
