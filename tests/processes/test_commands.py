"""A command that cannot do its work says in one sentence what to do: no folder, version or disk ends in a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder

from nearer.accounts.models import User
from nearer.server.program import Program

ON_NOTHING = {
    "study status": "nearer serve",
    "study open --title A --by B --contact C --key {folder}/key": "nearer serve",
    "endsessions": "nearer serve",
    "role give sam operator": "nearer serve",
    "content list": "nearer serve",
    "prune": "nearer serve",
    "check --open": "nearer serve",
    "remove_stale_contenttypes": "nearer serve",
    "backup": "nearer backup --new-key",
    "restore": "--key",
    "restore --back": "no restore point",
    "createsuperuser": "in the browser",
}


@pytest.mark.parametrize("command", ON_NOTHING)
def test_where_no_copy_ever_ran_a_sentence_says_what_to_do(tmp_path: Path, command: str) -> None:
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("NEARER_", "DJANGO_"))}
    words = command.format(folder=tmp_path).split()

    ended = subprocess.run(
        [sys.executable, "-m", "nearer", *words],
        env={**kept, "NEARER_DATA": str(tmp_path / "data")}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ended.returncode == 1
    assert ON_NOTHING[command] in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not (tmp_path / "key").exists(), "what opens nothing is not left lying there"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what a command says as it ends with the exit code 1."""
    with pytest.raises(SystemExit) as ended:
        Program(["nearer", *words]).execute()
    told = capsys.readouterr().err or str(ended.value)
    assert ended.value.code in {1, told}
    return told


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["endsessions", "prune", "study status", "content list", "worker"])
def test_a_later_major_version_is_left_alone(capsys: pytest.CaptureFixture[str], command: str) -> None:
    from django.db import connection

    MigrationRecorder(connection).record_applied("nearer", "major_9")

    assert "belongs to a later major version" in said(capsys, *command.split())


@pytest.mark.django_db
def test_what_can_only_be_read_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class ReadOnly(Exception):
        sqlite_errorname, sqlstate = "SQLITE_READONLY", "25006"

    def refuses(*_given: object) -> None:
        raise OperationalError from ReadOnly()

    monkeypatch.setattr(User.objects, "all", refuses)

    assert "can only be read" in said(capsys, "endsessions")


def test_its_help_names_what_is_ours_and_its_version_is_ours(capsys: pytest.CaptureFixture[str]) -> None:
    Program(["nearer", "--help"]).execute()
    told = capsys.readouterr().out
    assert "  serve " in told
    assert "  demo " in told
    assert "flush" not in told

    Program(["nearer", "--version"]).execute()
    assert capsys.readouterr().out.startswith("0.")
