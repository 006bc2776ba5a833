"""Every requirement of OWASP ASVS 5.0.0, levels 1 and 2, is answered by a test, a document or a reason that exist."""

from __future__ import annotations

import logging
import re
import stat
import sys
import tomllib
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from nearer.accounts import forms
from nearer.accounts.models import User
from tests.house.tree import ROOT, report

# Section: its requirements of level 1, and those of level 2. Those of level 3 are left out.
STANDARD = {
    "1.1": ("", "1-2"), "1.2": ("1-5", "6-9"), "1.3": ("1-2", "3-11"), "1.4": ("", "1-3"), "1.5": ("1", "2"),
    "2.1": ("1", "2-3"), "2.2": ("1-2", "3"), "2.3": ("1", "2-4"), "2.4": ("", "1"),
    "3.2": ("1-2", ""), "3.3": ("1", "2-4"), "3.4": ("1-2", "3-6"), "3.5": ("1-3", "4-5"), "3.7": ("", "1-2"),
    "4.1": ("1", "2-3"), "4.2": ("", "1"), "4.3": ("", "1-2"), "4.4": ("1", "2-4"),
    "5.1": ("", "1"), "5.2": ("1-2", "3"), "5.3": ("1-2", ""), "5.4": ("", "1-3"),
    "6.1": ("1", "2-3"), "6.2": ("1-8", "9-12"), "6.3": ("1-2", "3-4"), "6.4": ("1-2", "3-4"), "6.5": ("", "1-5"),
    "6.6": ("", "1-3"), "6.8": ("", "1-4"),
    "7.1": ("", "1-3"), "7.2": ("1-4", ""), "7.3": ("", "1-2"), "7.4": ("1-2", "3-5"), "7.5": ("", "1-2"),
    "7.6": ("", "1-2"),
    "8.1": ("1", "2"), "8.2": ("1-2", "3"), "8.3": ("1", ""), "8.4": ("", "1"),
    "9.1": ("1-3", ""), "9.2": ("1", "2-4"),
    "10.1": ("", "1-2"), "10.2": ("", "1-2"), "10.3": ("", "1-4"), "10.4": ("1-5", "6-11"), "10.5": ("", "1-5"),
    "10.6": ("", "1-2"), "10.7": ("", "1-3"),
    "11.1": ("", "1-2"), "11.2": ("", "1-3"), "11.3": ("1-2", "3"), "11.4": ("1", "2-4"), "11.5": ("", "1"),
    "11.6": ("", "1"),
    "12.1": ("1", "2-3"), "12.2": ("1-2", ""), "12.3": ("", "1-4"),
    "13.1": ("", "1"), "13.2": ("", "1-5"), "13.3": ("", "1-2"), "13.4": ("1", "2-5"),
    "14.1": ("", "1-2"), "14.2": ("1", "2-4"), "14.3": ("1", "2-3"),
    "15.1": ("1", "2-3"), "15.2": ("1", "2-3"), "15.3": ("1", "2-7"),
    "16.1": ("", "1"), "16.2": ("", "1-5"), "16.3": ("", "1-4"), "16.4": ("", "1-3"), "16.5": ("", "1-3"),
    "17.1": ("", "1"), "17.2": ("", "1-4"), "17.3": ("", "1-2"),
}  # fmt: skip
NOT_OURS = ("9.", "10.", "17.")  # tokens of others, OAuth, WebRTC: nothing of it is here
LEAST_TESTED = 0.65
WAYS = ("test", "document", "reason")


def answers() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "asvs.toml").read_text(encoding="utf-8"))[
        "requirement"
    ]
    return found


def test_every_requirement_is_answered_in_exactly_one_way() -> None:
    found = answers()

    assert {id_: answer["level"] for id_, answer in found.items()} == dict(_asked())
    assert not [id_ for id_, answer in found.items() if len(set(answer) & set(WAYS)) != 1]
    assert all(answer[way].strip() for answer in found.values() for way in WAYS[1:] if way in answer)


def test_every_test_and_document_named_is_there() -> None:
    missing = []
    for id_, answer in answers().items():
        for test in _listed(answer.get("test", [])):
            path, _, function = test.partition("::")
            if not _has(path, rf"^\s*(async )?def {function}\(") or not function.startswith("test_"):
                missing.append(f"{id_} names {test}")
        path, _, anchor = answer.get("document", "").partition("#")
        if path and anchor not in _anchors(path):
            missing.append(f"{id_} names {answer['document']}")

    assert not missing, report(missing)


def test_most_is_shown_by_a_test() -> None:
    ours = {id_: answer for id_, answer in answers().items() if not id_.startswith(NOT_OURS)}

    assert sum("test" in answer for answer in ours.values()) >= LEAST_TESTED * len(ours)


@pytest.mark.parametrize("address", ["/signup", "/login", "/recover"])
@pytest.mark.django_db
def test_passphrases_are_typed_unseen_and_may_be_pasted(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    fields = re.findall(r'<input[^>]*name="passphrase"[^>]*>', page)

    assert fields
    assert all('type="password"' in each and "autocomplete=" in each for each in fields)
    assert "onpaste" not in page
    assert forms.PASSPHRASE_MOST >= 64


@pytest.mark.django_db
def test_nobody_has_an_account_in_a_new_copy() -> None:
    assert not User.objects.exists()


def test_the_host_key_is_its_owners_alone() -> None:
    assert stat.S_IMODE((settings.CONFIG.data / "host.key").stat().st_mode) == 0o600


def test_nothing_runs_in_debug_mode() -> None:
    source = (ROOT / "nearer/settings.py").read_text(encoding="utf-8")

    assert re.search(r"^DEBUG = False$", source, re.MULTILINE)
    assert settings.DEBUG is False
    assert not {"debug_toolbar", "django.contrib.admin", "django.contrib.admindocs"} & set(
        settings.INSTALLED_APPS
    )


def test_a_log_line_has_its_time_in_utc() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ WARNING nearer\.some - a word\n", _logged("a word"))


def test_a_line_break_forges_no_log_line() -> None:
    lines = _logged("a word\r\n2026-01-01T00:00:00Z ERROR forged\x1b[31m\u2028\x85")

    assert lines.count("\n") == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", lines)


@pytest.mark.django_db
def test_a_refusal_is_logged_without_its_address(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="django.request"):
        client.get("/words-that-were-mistyped-here")

    lines = [_formatted(record) for record in caplog.records]
    assert any("answered 404" in line for line in lines)
    assert not any("mistyped" in line for line in lines)


def test_an_error_is_logged_by_its_kind_and_place_alone() -> None:
    line = ""
    try:
        int("what somebody wrote")
    except ValueError:
        line = _logged("It broke", problem=True)

    assert "ValueError at " in line
    assert __name__.rpartition(".")[2] in line
    assert "what somebody wrote" not in line


def _asked() -> list[tuple[str, int]]:
    return [
        (f"{section}.{number}", level)
        for section, levels in STANDARD.items()
        for level, span in enumerate(levels, start=1)
        for number in _numbers(span)
    ]


def _numbers(span: str) -> range:
    first, _, last = span.partition("-")
    return range(int(first), int(last or first) + 1) if first else range(0)


def _listed(tests: str | list[str]) -> list[str]:
    return [tests] if isinstance(tests, str) else tests


def _has(path: str, pattern: str) -> bool:
    file = ROOT / path
    return file.is_file() and bool(re.search(pattern, file.read_text(encoding="utf-8"), re.MULTILINE))


def _anchors(path: str) -> set[str]:
    file = Path(ROOT / path)
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _logged(message: str, *, problem: bool = False) -> str:
    record = logging.LogRecord(
        "nearer.some", logging.WARNING, __file__, 1, message, (), sys.exc_info() if problem else None
    )
    return f"{_formatted(record)}\n"


def _formatted(record: logging.LogRecord) -> str:
    """Return what the handler of the settings writes for a record."""
    root = logging.getLogger()
    handler = next(each for each in root.handlers if each.get_name() == "stderr")
    assert isinstance(handler, logging.StreamHandler)
    # Set aside as it is: another test may have had its output caught, and let go, since.
    stream, written = handler.stream, StringIO()
    handler.stream = written
    try:
        handler.handle(record)
    finally:
        handler.stream = stream
    return written.getvalue().removesuffix("\n")
