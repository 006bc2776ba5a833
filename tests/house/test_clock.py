"""The product asks Django for the time, so that one clock can be moved for all of it."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from nearer.testing import clock
from tests.house.tree import files, name, report

BEHIND_DJANGO = re.compile(
    r"\bdatetime\.(?:now|utcnow|today)\(|\bdate\.today\(|\btime\.time\(|timezone\.localtime\(\)"
)
TESTS_OWN = "nearer/testing/"


def test_nothing_reads_the_clock_behind_django() -> None:
    modules = [path for path in files(".py", under="nearer") if not name(path).startswith(TESTS_OWN)]

    found = [name(path) for path in modules if BEHIND_DJANGO.search(path.read_text(encoding="utf-8"))]

    assert not found, report(found)


def test_no_test_looks_at_the_machines_clock() -> None:
    # The list of help lines is asked on the day it is built, and a fixture sets the clock of all others.
    known = {"tests/house/test_clock.py", "tests/house/test_helplines.py", "tests/conftest.py"}
    tests = [path for path in files(".py", under="tests") if name(path) not in known]

    found = [name(path) for path in tests if BEHIND_DJANGO.search(path.read_text(encoding="utf-8"))]

    assert not found, report(found)


def test_a_test_begins_at_noon_or_when_a_run_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(clock.BEGINS, raising=False)
    assert clock.begins().isoformat() == clock.NOON

    monkeypatch.setenv(clock.BEGINS, "2026-03-29T02:30:00+02:00")
    assert clock.begins().isoformat() == "2026-03-29T00:30:00+00:00"
    assert clock.begins(clock.NOON).isoformat() == clock.NOON


@pytest.mark.begins("2028-02-29T23:59:59.900000+00:00")
def test_a_test_may_choose_its_own_moment() -> None:
    assert timezone.now().isoformat() >= "2028-02-29T23:59:59.9"
    assert timezone.now().isoformat() < "2028-03-01T00:10"
