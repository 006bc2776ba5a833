"""The surroundings every test run gets before Django reads its settings: nobody's data, no stray variables.

`NEARER_TEST_DATABASE` chooses `sqlite` (the default) or `postgres`; the latter is started here, once
for all of xdist's workers, and thrown away at the end.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from nearer.testing.postgres import Cluster
from nearer.testing.server import HOME

WORKER = "PYTEST_XDIST_WORKER"

# What is compiled is kept, whatever the shell asks for: each of many processes would compile it all again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

_cluster: Cluster | None = None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Prepare before pytest-django loads the settings."""
    prepare()
    return (yield)


def pytest_report_header() -> str:
    """Say which database the run is about."""
    return f"nearer: on {os.environ.get('NEARER_TEST_DATABASE', 'sqlite')}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Leave the counts, and what is red, to whoever runs several rounds and reports them together."""
    counted = os.environ.get("NEARER_TEST_COUNTS")
    if counted and WORKER not in os.environ:
        words = ("passed", "failed", "error", "skipped")
        stats = {word: terminalreporter.stats.get(word, []) for word in words}
        counts = {word: len(reports) for word, reports in stats.items() if reports}
        red = [_named(report) for report in (*stats["failed"], *stats["error"])]
        Path(counted).write_text(json.dumps({"counts": counts, "red": red}), encoding="utf-8")


def _named(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return which test is red, where in it, and the first line of why."""
    crash = getattr(report.longrepr, "reprcrash", None)
    why = crash.message if crash else str(report.longrepr).strip()
    return f"{report.nodeid}, {getattr(report, 'when', 'collect')}: {why.partition(chr(10))[0]}"


def pytest_unconfigure() -> None:
    """Throw away what `prepare` made; workers leave that to the process that started them."""
    global _cluster  # noqa: PLW0603 — pytest's hooks share nothing else
    if WORKER in os.environ:
        return
    if _cluster:
        _cluster.stop()
        _cluster = None
    if home := os.environ.pop(HOME, ""):
        shutil.rmtree(home, ignore_errors=True)


def prepare() -> None:
    """Point this process at a fresh data folder and at the chosen database."""
    global _cluster  # noqa: PLW0603
    if WORKER not in os.environ:
        for name in [name for name in os.environ if name.startswith("NEARER_") and "_TEST_" not in name]:
            del os.environ[name]
        os.environ[HOME] = tempfile.mkdtemp(prefix="nearer-test-")
        if os.environ.get("NEARER_TEST_DATABASE", "sqlite") == "postgres":
            _cluster = Cluster.start()
            os.environ["NEARER_DATABASE_URL"] = f"{_cluster.url}/nearer"
            os.environ["NEARER_KEYS_DATABASE_URL"] = f"{_cluster.url}/keys"
    data = Path(os.environ[HOME]) / os.environ.get(WORKER, "main")
    # As the program does for itself: what a test makes is for this account alone, and so is what it starts.
    os.umask(0o077)
    data.mkdir(exist_ok=True)
    os.environ["NEARER_DATA"] = str(data)
