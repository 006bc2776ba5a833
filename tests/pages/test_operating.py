"""Whoever looks after a copy sees how it is, and nothing of anybody; what watches it is told whether it can work."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from nearer import clock, hostkey, saved
from nearer.backups import state as backups
from nearer.config import ConfigError
from nearer.library.models import Role
from nearer.operating import findings, metrics, reach, state
from nearer.server.management.commands import serve
from nearer.testing.cast import Pair, Person, make_person, open_drawer
from nearer.vault.models import StoredKey
from tests.pages.reading import html, words

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TOKEN = "a" * 40


@pytest.fixture
def configured(settings: Any) -> Any:
    """Change what the owner of the copy has set."""

    def change(**changes: Any) -> None:
        settings.CONFIG = replace(settings.CONFIG, **changes)

    return change


@pytest.fixture
def operator(alice: Person) -> Person:
    call_command("role", "give", alice.username, "operator")
    return alice


class TestThePage:
    def test_is_for_the_role_alone_and_after_the_passphrase(self, operator: Person, bob: Person) -> None:
        open_drawer(bob)
        assert bob.client.get("/operator").status_code == 404
        assert "/operator" not in html(bob.client.get("/settings"))
        assert "/operator" in html(operator.client.get("/settings"))

        asked = operator.client.get("/operator")
        assert asked.status_code == 403
        assert "Passphrase" in words(asked)

        open_drawer(operator)
        assert operator.client.get("/operator").status_code == 200
        Role.objects.all().delete()
        assert operator.client.get("/operator").status_code == 404

    def test_the_role_opens_nothing_else(self, operator: Person) -> None:
        assert operator.client.get("/library/desk").status_code == 404

    def test_shows_counts_and_nobody(self, operator: Person, pair: Pair) -> None:
        open_drawer(operator)

        page = operator.client.get("/operator")

        assert "2 accounts" in words(page)
        assert "Nothing is wrong." in words(page)
        main = html(page).partition("<main")[2]
        for name in (
            pair.host.name,
            pair.guest.name,
            pair.host.username,
            pair.guest.username,
            str(pair.bond.pk),
        ):
            assert name not in main

    def test_says_what_is_wrong(self, operator: Person, configured: Any) -> None:
        configured(url="http://192.168.1.20:8000")
        open_drawer(operator)

        assert "without TLS" in words(operator.client.get("/operator"))

    @pytest.mark.parametrize(
        ("url", "can"),
        [
            ("http://127.0.0.1:8000", True),
            ("http://localhost:8000", True),
            ("http://[::1]:8000", True),
            ("https://nearer.example.org", True),
            ("http://192.168.1.20:8000", False),
        ],
    )
    def test_says_whether_devices_can_be_called(
        self, operator: Person, configured: Any, *, url: str, can: bool
    ) -> None:
        configured(url=url)
        open_drawer(operator)

        assert ("Devices can be called." in words(operator.client.get("/operator"))) == can

    def test_tells_of_the_mail_server(self, operator: Person, configured: Any, settings: Any) -> None:
        open_drawer(operator)
        assert "No mail is sent" in words(operator.client.get("/operator"))
        with socket.socket() as closed:  # bound and not listening: nobody answers there
            closed.bind(("127.0.0.1", 0))
            configured(mail_url=f"smtp://127.0.0.1:{closed.getsockname()[1]}")
            settings.MAILERS = settings.CONFIG.mailers

            assert "does not answer" in words(operator.client.post("/operator/mail"))


class TestReady:
    def test_names_what_is_missing(self) -> None:
        assert Client().get("/readyz").content.startswith(b"ready\n")

        recorder = MigrationRecorder(connections["keys"])
        recorder.migration_qs.filter(app="vault", name="0001_initial").delete()
        answer = Client().get("/readyz")

        assert answer.status_code == 503
        assert b"database of the keys: behind" in answer.content

    def test_goes_on_beside_a_newer_version(self) -> None:
        MigrationRecorder(connections["default"]).record_applied("vault", "9999_of_tomorrow")

        answer = Client().get("/readyz")

        assert answer.status_code == 200
        assert b"database of the records: ahead" in answer.content

    def test_a_start_refuses_what_a_newer_version_changed_and_says_how_it_goes_on(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(serve, "call_command", lambda *_given, **_named: None)
        serve.Command().bring_up_to_date(migrates=True)
        MigrationRecorder(connections["keys"]).record_applied("vault", "9999_of_tomorrow")

        with pytest.raises(CommandError, match=r"newer version of Nearer\. Run that.*serve --no-migrate"):
            serve.Command().bring_up_to_date(migrates=True)
        serve.Command().bring_up_to_date(migrates=False)

    def test_a_later_major_version_is_gone_on_with_by_nobody(self) -> None:
        recorder = MigrationRecorder(connections["keys"])
        assert {name for app, name in recorder.applied_migrations() if app == "nearer"} == {"major_0"}
        recorder.record_applied("nearer", "major_1")

        answer = Client().get("/readyz")

        assert answer.status_code == 503
        assert b"database of the keys: of a later major version" in answer.content
        assert "nearer.E005" in {each.id for each in findings.databases()}
        for migrates in (True, False):
            with pytest.raises(CommandError, match=r"later major version of Nearer than 0\."):
                serve.Command().bring_up_to_date(migrates=migrates)

    def test_a_start_names_the_database_that_does_not_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Silent:
            def ensure_connection(self) -> None:
                raise OperationalError("connection refused")

        monkeypatch.setattr(serve, "connections", {"default": connections["default"], "keys": Silent()})

        with pytest.raises(CommandError, match="NEARER_KEYS_DATABASE_URL does not answer"):
            serve.Command().bring_up_to_date(migrates=True)

    def test_accounts_without_keys_are_not_ready(self, alice: Person) -> None:
        StoredKey.objects.all().delete()

        assert Client().get("/readyz").status_code == 503
        assert "nearer.E003" in {each.id for each in findings.databases()}


class TestAround:
    """What stands around a copy and is wrong: its clock, a key that was missing, a setting in the file, a damaged database."""

    def test_a_wrong_clock(self, configured: Any, tmp_path: Path) -> None:
        configured(data=tmp_path)
        assert list(findings.wrong_clock()) == []
        for leap, wrong in (
            (timedelta(hours=-1), False),
            (timedelta(days=1), True),
            (timedelta(days=-11), True),
        ):
            (tmp_path / clock.MARK).write_text((timezone.now() + leap).isoformat(), "ascii")
            assert [each.id for each in findings.wrong_clock()] == ["nearer.W011"] * wrong, leap

    def test_a_key_that_was_missing_where_people_are(self, tmp_path: Path) -> None:
        hostkey.made_now.clear()
        hostkey.load_or_make(tmp_path)
        assert list(findings.new_keys()) == [], "nobody is here yet"
        make_person("Alice")
        assert [each.id for each in findings.new_keys()] == ["nearer.W012"]
        hostkey.made_now.clear()
        hostkey.load_or_make(tmp_path)
        assert list(findings.new_keys()) == []

    def test_a_place_for_backups_that_is_not_there(self, configured: Any, tmp_path: Path) -> None:
        configured(backup_to=str(tmp_path / "unplugged"), backup_keys_to="| no-such-program {name}")
        told = [str(each.msg) for each in findings.no_place_for_backups()]
        assert ("unplugged" in told[0], "no-such-program" in told[1]) == (True, True)
        configured(backup_to=str(tmp_path), backup_keys_to="|cat")
        assert list(findings.no_place_for_backups()) == []

    def test_a_setting_that_stands_in_the_file(self, tmp_path: Path) -> None:
        (tmp_path / saved.FILE).write_text('{"NEARER_URL": "nearer"}', "utf-8")
        told = {"NEARER_DATA": str(tmp_path)}
        with pytest.raises(ConfigError, match=r"without a path.*It stands in .*settings\.json"):
            saved.config_from(told)
        with pytest.raises(ConfigError, match=r"in it\.$"):
            saved.config_from({**told, "NEARER_URL": "nearer as well"})

    def test_a_damaged_database_is_a_sentence(self, tmp_path: Path) -> None:
        (tmp_path / "nearer.sqlite3").write_bytes(b"no database" * 100)
        tried = subprocess.run(
            [sys.executable, "-m", "nearer", "check"], env={**os.environ, "NEARER_DATA": str(tmp_path), "NEARER_DATABASE_URL": ""},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (tried.returncode, tried.stderr) == (1, "")
        assert "NEARER_DATABASE_URL does not answer, or is damaged" in tried.stdout


class TestBackups:
    """Said where it is looked for: on the page, in a probe's answer, by the command."""

    @pytest.fixture(autouse=True)
    def _set_up(self, configured: Any, tmp_path: Path) -> None:
        configured(
            data=tmp_path, backup_recipient="age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
        )

    def test_none_yet(self) -> None:
        assert [each.id for each in findings.backups()] == ["nearer.W008"]
        answer = Client().get("/readyz")
        assert (answer.status_code, b"backups: late" in answer.content) == (200, True)

    def test_of_this_night_and_tested(self, operator: Person) -> None:
        backups.note(made_at=clock.now(), tested_at=clock.now() - timedelta(days=3))
        open_drawer(operator)

        page = words(operator.client.get("/operator"))

        assert list(findings.backups()) == []
        assert b"backups: ok" in Client().get("/readyz").content
        for moment in (clock.now(), clock.now() - timedelta(days=3)):
            assert f"{moment:%-d %B %Y}" in page

    def test_with_rows_that_do_not_open(self) -> None:
        backups.note(made_at=clock.now(), tested_at=clock.now(), shut=2)

        assert [each.id for each in findings.backups()] == ["nearer.W009"]


class TestMetrics:
    @pytest.fixture(autouse=True)
    def _anew(self) -> Iterator[None]:
        metrics.meter.cache_clear()
        yield
        metrics.meter.cache_clear()

    def test_are_for_the_token_alone(self, configured: Any) -> None:
        missing = Client().get("/never-was").content
        assert Client().get("/metrics", headers={"authorization": "Bearer "}).content == missing

        configured(metrics_token=TOKEN)
        for shown in ("", "Bearer", "Bearer b", f"Basic {TOKEN}", "Bearer ä"):
            assert Client().get("/metrics", headers={"authorization": shown}).content == missing

    def test_count_and_name_nobody(self, configured: Any, pair: Pair) -> None:
        configured(metrics_token=TOKEN)

        told = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).content.decode()

        assert "nearer_accounts 2.0" in told
        assert "nearer_notices_waiting 0.0" in told
        for each in (pair.host, pair.guest):
            assert each.username not in told
            assert str(each.user.pk) not in told


class TestReaching:
    """The public address, asked as people come; what answers there is a server of this test's own."""

    @pytest.fixture
    def answering(self, configured: Any) -> Iterator[dict[str, tuple[int, bytes]]]:
        answers = {"/healthz": (200, b"ok\n"), "/help": (200, b"Help")}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, body = answers[self.path]
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_said: object) -> None:
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        configured(url=f"http://127.0.0.1:{server.server_port}")
        yield answers
        server.shutdown()
        server.server_close()

    def test_a_copy_that_answers_is_fine(self, answering: dict[str, tuple[int, bytes]]) -> None:
        assert reach.findings() == []

    def test_another_program_is_noticed(self, answering: dict[str, tuple[int, bytes]]) -> None:
        answering["/healthz"] = (404, b"nginx")

        assert "Something else answers" in reach.findings()[0].msg

    def test_a_name_that_is_not_passed_on_is_noticed(self, answering: dict[str, tuple[int, bytes]]) -> None:
        answering["/help"] = (400, b"")

        assert "proxy_set_header Host" in str(reach.findings()[0].hint)

    def test_nobody_there_is_noticed(self, configured: Any) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            configured(url=f"http://127.0.0.1:{closed.getsockname()[1]}")

            assert "Nothing answers" in reach.findings()[0].msg


class TestFindings:
    def test_a_slip_in_a_name_is_seen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NEARER_OPERATER", "Sam")
        monkeypatch.setenv("NEARER_METRICS_TOKEN_FILE", "")

        (found,) = findings.unknown_variables()

        assert "NEARER_OPERATER" in found.msg
        assert "NEARER_OPERATOR" in str(found.hint)

    @pytest.mark.parametrize(
        ("changes", "number"),
        [
            ({"url": "http://nearer.local:8000"}, "nearer.W003"),
            ({"url": "https://nearer.example.org", "operator": ""}, "nearer.W004 nearer.W007"),
            ({}, ""),
        ],
    )
    def test_each_has_its_cause(self, configured: Any, changes: dict[str, str], number: str) -> None:
        configured(**changes)

        assert {each.id for each in findings.everything()} == set(number.split())

    def test_a_disk_that_is_full(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for left, number in ((0, "nearer.E004"), (1 << 20, "nearer.W006"), (1 << 30, "")):
            monkeypatch.setattr(state, "room", lambda _folder, left=left: left)
            assert [each.id for each in findings.room()] == ([number] if number else [])

    def test_the_command_ends_with_one_where_it_cannot_work(
        self, configured: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        call_command("check")
        assert capsys.readouterr().out == "Nothing is wrong.\n"

        configured(url="http://nearer.local")
        call_command("check")
        said = capsys.readouterr().out
        assert said.startswith("Mind: People reach this copy without TLS")
        assert said.endswith("One thing to mend.\n")

        monkeypatch.setattr(state, "room", lambda _folder: 0)
        with pytest.raises(SystemExit) as ended:
            call_command("check")
        assert ended.value.code == 1
        assert capsys.readouterr().out.startswith("Wrong: Nothing can be written")
