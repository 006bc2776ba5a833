"""The product asks Django for the time, so that one clock can be moved for all of it."""

from __future__ import annotations

import re

from tests.house.tree import files, name, report

BEHIND_DJANGO = re.compile(
    r"\bdatetime\.(?:now|utcnow|today)\(|\bdate\.today\(|\btime\.time\(|timezone\.localtime\(\)"
)
TESTS_OWN = "nearer/testing/"


def test_nothing_reads_the_clock_behind_django() -> None:
    modules = [path for path in files(".py", under="nearer") if not name(path).startswith(TESTS_OWN)]

    found = [name(path) for path in modules if BEHIND_DJANGO.search(path.read_text(encoding="utf-8"))]

    assert not found, report(found)
