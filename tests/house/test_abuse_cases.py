"""The published abuse cases and the tests that play them are the same."""

from __future__ import annotations

import re

from tests.coverage_of_mission import shown
from tests.house.tree import ROOT

CASE = re.compile(r"^\| ((?:AB|SV)\d+) \|.*\| `(test_\w+)` \|$", re.MULTILINE)


def test_the_paper_and_the_tests_name_the_same_cases() -> None:
    paper = dict(CASE.findall((ROOT / "docs/abuse-cases.md").read_text(encoding="utf-8")))
    played = {case: [test.rpartition("::")[2] for test in tests] for case, tests in shown("case").items()}

    assert played == {case: [test] for case, test in paper.items()}
