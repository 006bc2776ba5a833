"""What is kept can be opened by the account that runs the program, and by no other of the machine."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def run(data: Path, *command: str) -> str:
    """Run one command as an account would whose files are open to all, and return what it said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEARER_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "nearer", *command],
        env={**kept, "NEARER_DATA": str(data), "PYTHONPATH": str(ROOT)},
        cwd=ROOT, umask=0o022, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was there before, open to all, with the databases that a command has made in it."""
    folder = tmp_path_factory.mktemp("data")
    folder.chmod(0o755)
    for alias in ("default", "keys"):
        run(folder, "migrate", "--database", alias, "--verbosity", "0")
    return folder


def test_what_a_command_writes_is_its_owners_alone(data: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.iterdir()}

    assert {"nearer.sqlite3", "keys.sqlite3", "host.key"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_the_check_names_what_others_can_open_and_nothing_else(data: Path) -> None:
    said = run(data, "check")
    assert f"chmod go= {data}\n" in said
    assert "sqlite3" not in said

    data.chmod(0o700)
    assert "chmod" not in run(data, "check")

    (data / "keys.sqlite3").chmod(0o640)
    said = run(data, "check")
    (data / "keys.sqlite3").chmod(0o600)
    assert f"chmod go= {data}/keys.sqlite3" in said
    assert said.count("chmod") == 1
