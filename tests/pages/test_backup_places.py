"""Where backups go, when, and what the commands say."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from nearer.backups import nightly, points, state
from nearer.backups.errors import NotSetUp, NotStored, Occupied
from nearer.backups.making import back_up
from nearer.backups.places import STAMP
from nearer.backups.upgrading import before_migrating
from nearer.backups.work import workroom
from nearer.config import Config, ConfigError
from nearer.testing.cast import Person
from nearer.vault.age import new_pair
from nearer.vault.models import StoredKey
from tests.pages.keeping_backups import Keeper

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
ROOT = Path(__file__).parents[2]
OTHERS = ("restic", "rclone", "age")


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_a_command_takes_it_on_its_standard_input(kept: Keeper, settings: Settings, tmp_path: Path) -> None:
    there = {kind: tmp_path / f"{kind} there" for kind in ("records", "keys")}
    told = {kind: f"| dd status=none 'of={path}' conv=fsync # {{name}}" for kind, path in there.items()}
    told = {kind: text.partition(" #")[0] for kind, text in told.items()}
    settings.CONFIG = replace(settings.CONFIG, backup_to=told["records"], backup_keys_to=told["keys"])

    back_up(timezone.now(), tests=True)
    assert "It opens" in said(
        "restore", str(there["records"]), "--keys", str(there["keys"]), "--key", key_file(kept), "--try"
    )

    settings.CONFIG = replace(settings.CONFIG, backup_to="|false")
    with pytest.raises(NotStored, match="false"):
        back_up(timezone.now())
    settings.CONFIG = replace(settings.CONFIG, backup_to="|no-such-program-anywhere")
    with pytest.raises(NotStored, match="no-such-program"):
        back_up(timezone.now())


@pytest.fixture(name="elsewhere")
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What rclone knows as "there", and a place for restic."""
    there = tmp_path / "there"
    (there / "records").mkdir(parents=True)
    told = {
        "RCLONE_CONFIG_THERE_TYPE": "alias", "RCLONE_CONFIG_THERE_REMOTE": str(there),
        "RESTIC_REPOSITORY": str(tmp_path / "restic"), "RESTIC_PASSWORD": "of this test alone",
        "RESTIC_CACHE_DIR": str(tmp_path / "cache"),
    }  # fmt: skip
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    subprocess.run(["restic", "init", "--quiet"], check=True)
    return there


@pytest.mark.skipif(not all(map(shutil.which, OTHERS)), reason="restic, rclone or age is not installed")
def test_other_programs_take_it_and_give_it_back_as_the_docs_have_it(
    kept: Keeper, settings: Settings, tmp_path: Path, elsewhere: Path
) -> None:
    page = (ROOT / "docs/operating/backup.md").read_text("utf-8")
    commands = re.findall(r"^NEARER_BACKUP_TO='(\|.*?)' NEARER_BACKUP_KEYS_TO='(\|.*?)'", page, re.MULTILINE)
    assert {command.split()[1] for command, _keys in commands} == {"rclone", "restic"}
    key, back = key_file(kept), tmp_path / "back"
    for to, keys_to in commands:
        settings.CONFIG = replace(settings.CONFIG, backup_to=to, backup_keys_to=keys_to)
        records, keys = back_up(timezone.now()).names
        by = (
            ["rclone", "cat", f"there:records/{records}"]
            if "rclone" in to
            else ["restic", "dump", "latest", f"/{records}"]
        )
        back.write_bytes(subprocess.run(by, check=True, capture_output=True).stdout)
        assert "It opens" in said(
            "restore", str(back), "--keys", str(elsewhere / "keys" / keys), "--key", key, "--try"
        )

    (without_us,) = re.findall(r"`(age -d .*?)`", page)
    shell = without_us.replace("nearer-backups.txt", key).replace("RECORDS", str(back))
    subprocess.run(["bash", "-euo", "pipefail", "-c", shell], cwd=tmp_path, check=True)
    with closing(sqlite3.connect(tmp_path / "nearer.sqlite3")) as opened:
        marks = opened.execute("SELECT name FROM django_migrations WHERE app = 'nearer'").fetchall()
    assert marks == [("major_0",)]


def key_file(kept: Keeper) -> str:
    path = kept.data / "key.txt"
    path.write_text(kept.secret)
    return str(path)


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_a_folder_that_is_not_there_or_takes_nothing_is_named(
    kept: Keeper, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, folder = timezone.now(), tmp_path / "disk"
    settings.CONFIG = replace(settings.CONFIG, backup_to=str(folder), backup_keys_to=str(tmp_path))
    with pytest.raises(NotStored, match="is its disk there"):
        back_up(at)

    folder.mkdir()
    half = folder / f"nearer-records-{at.strftime(STAMP)}.age.part"
    half.write_bytes(b"half")  # from a night that was cut short
    records = back_up(at).names[0]
    assert names(folder) == [records]

    def refuse(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NotStored):
        back_up(at + DAY)
    assert names(folder) == [records]


def test_key_stores_go_after_seven_days_also_while_backups_fail(kept: Keeper, settings: Settings) -> None:
    at = timezone.now()
    for days in (20, 9, 8, 0):
        kept.back_up(at - days * DAY)
    assert len(names(kept.data / "backups" / "records")) == 4
    assert len(names(kept.data / "backups" / "keys")) == 1

    with workroom(), pytest.raises(Occupied):
        back_up(at + 7 * DAY)

    assert names(kept.data / "backups" / "keys") == []
    assert len(names(kept.data / "backups" / "records")) == 4


def test_without_a_recipient_nothing_is_made_and_a_key_is_made_once(
    kept: Keeper, settings: Settings, tmp_path: Path
) -> None:
    (kept.data / state.RECIPIENT).unlink()
    assert not state.is_late()
    with pytest.raises(NotSetUp, match="--new-key"):
        back_up(timezone.now())

    told = said("backup", "--new-key", str(tmp_path / "key"))

    assert state.recipient() in told
    assert (tmp_path / "key").read_text().splitlines()[1].startswith("AGE-SECRET-KEY-")
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="there already"):
        said("backup", "--new-key", str(tmp_path / "key"))
    assert state.is_late()
    assert "Restored it for a test: every row was looked at, 0 cannot open" in said("backup", "--verify")
    assert not state.is_late()


def test_commands_refuse_in_a_sentence(kept: Keeper, alice: Person, tmp_path: Path) -> None:
    records, _keys = kept.back_up(timezone.now())
    key = key_file(kept)

    for sentence, command in (
        ("Name the backup of the records", ("restore",)),
        ("cannot be read", ("restore", str(tmp_path / "nothing"), "--key", key)),
        ("is not a file with a key", ("restore", str(records), "--key", str(records))),
        ("does not open", ("restore", key, "--key", key)),
        ("There is no restore point", ("restore", "--back")),
        ("Name another database", ("move",)),
        ("is no address of a database", ("move", "--records", str(tmp_path / "nothing"))),
        ("holds no address", ("move", "--records", key)),
    ):
        with pytest.raises(CommandError, match=sentence):
            said(*command)

    assert "Everybody logs in again" in said("restore", str(records), "--key", key)
    assert "Everybody logs in again" in said("restore", "--back")


def test_each_night_a_process_of_its_own_makes_one(kept: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    at, begun = timezone.now(), list[Any]()
    answer = 1

    def run(command: list[str], **_given: Any) -> CompletedProcess[bytes]:
        begun.append(command)
        return CompletedProcess(command, answer)

    monkeypatch.setattr("nearer.backups.nightly.subprocess.run", run)
    assert nightly.turn(at)
    assert begun[0][-3:] == ["backup", "--verify", "--politely"]
    assert not nightly.turn(at + timedelta(minutes=59))
    assert nightly.turn(at + timedelta(hours=1))
    state.note(made_at=at + timedelta(hours=1))
    assert not nightly.turn(at + timedelta(hours=2))
    assert nightly.turn(at + DAY)


def test_before_databases_change_a_restore_point_is_made(
    kept: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now()
    assert before_migrating(at) is None

    monkeypatch.setattr("nearer.backups.schema.is_behind", lambda alias: alias == "default")
    point = before_migrating(at)

    assert point in points.kept()
    assert point is not None
    assert point.records.stat().st_mode & 0o077 == 0
    assert state.last_backup() == at


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("NEARER_BACKUP_TO", "backups"),
        ("NEARER_BACKUP_TO", "|"),
        ("NEARER_BACKUP_TO", "/one/place"),
        ("NEARER_BACKUP_RECIPIENT", "age1nobody"),
    ],
)
def test_wrong_settings_are_named(name: str, text: str) -> None:
    with pytest.raises(ConfigError, match=name):
        Config.from_env({name: text})
    _secret, recipient = new_pair()
    right = {"NEARER_BACKUP_TO": "/a", "NEARER_BACKUP_KEYS_TO": "|rclone rcat there:{name}"}
    assert Config.from_env(right | {"NEARER_BACKUP_RECIPIENT": recipient}).backup_recipient == recipient


def test_a_moment_is_told_to_the_second() -> None:
    assert datetime(2026, 1, 2, 3, 4, 5).strftime(STAMP) == "20260102T030405Z"  # noqa: DTZ001 - its name alone


def test_what_the_page_about_backups_says_is_done_as_it_stands_there(
    kept: Keeper, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(kept.data)
    page = Path(__file__).parents[2] / "docs/operating/backup.md"
    blocks = re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    lines = [
        line for block in blocks for line in block.splitlines() if line.startswith(("nearer b", "nearer r"))
    ]
    files = dict[str, str]()

    for line in lines:
        words = [files.get(word, word) for word in line.split()[1:]]
        if "--keys" in words:
            StoredKey.objects.all().delete()  # a new machine
        assert said(*words)
        if "--verify" in words:
            files = {
                kind.upper(): str(next((kept.data / "backups" / kind).iterdir()))
                for kind in ("records", "keys")
            }

    assert len(lines) == 6
    assert StoredKey.objects.exists()
