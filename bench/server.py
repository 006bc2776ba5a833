"""Starts the real server on a folder of its own, and reads what the system says about it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server.

    Attributes:
        pid: its process.
        port: where it listens on 127.0.0.1.
        started_in: seconds from the start to the first answer it could give.
        environ: of its process.
    """

    pid: int
    port: int
    started_in: float
    environ: dict[str, str]

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Return the seconds of processor time it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> int:
        """Return its resident memory in KB."""
        return self._status("VmRSS")

    def own_memory(self) -> int:
        """Return its memory in KB, what it shares with others divided among them (PSS); resident where the system does not tell."""
        try:
            lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        except PermissionError:
            return self.memory()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))

    def threads(self) -> int:
        """Return how many threads it has."""
        return self._status("Threads")

    def _status(self, name: str) -> int:
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
        raise LookupError(name)


@contextmanager
def serving() -> Iterator[Server]:
    """Serve a fresh, empty copy until the block ends."""
    with tempfile.TemporaryDirectory(prefix="nearer-bench-") as folder:
        # No variable of the person who runs this may lead to data of theirs.
        environ = {name: value for name, value in os.environ.items() if not name.startswith("NEARER_")}
        environ |= {"NEARER_DATA": folder, "DJANGO_SETTINGS_MODULE": "bench.settings"}
        command = [sys.executable, "-m", "nearer", "serve", "--bind", "127.0.0.1:0"]
        begun = time.monotonic()
        with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
            try:
                port = _port_of(process)
                yield Server(pid=process.pid, port=port, started_in=time.monotonic() - begun, environ=environ)
            finally:
                process.terminate()
                process.wait(START_SECONDS)


def _port_of(process: subprocess.Popen[str]) -> int:
    assert process.stdout is not None
    line = process.stdout.readline()
    if "http://127.0.0.1:" not in line:
        raise RuntimeError(f"The server did not start: {line!r}")
    return int(line.rpartition(":")[2])


def pin(pid: int, core: int) -> None:
    """Keep a process on one core where there are two, so that asking does not slow down answering.

    Args:
        pid: the process; 0 is this one.
        core: the first or the second, 0 or 1.
    """
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) <= core:
        return
    for thread in Path(f"/proc/{pid or os.getpid()}/task").iterdir():
        os.sched_setaffinity(int(thread.name), {cores[core]})
