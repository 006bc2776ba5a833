"""A number on the help page is one that somebody confirmed, and not long ago."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from nearer.web.helplines import WHO, by_country, helplines, own_behaviour
from tests.house.tree import report

NUMBER = re.compile(r"[\d][\d -]*")


@pytest.mark.rule("R16")
def test_every_number_was_confirmed_within_twelve_months() -> None:
    today = datetime.now(UTC).date()  # the day it is built: what this asks of is the list, not the program

    old = [
        f"{line.country}, {line.name}: {line.verified_on}" for line in helplines() if not line.is_fresh(today)
    ]
    early = [line.name for line in helplines() if line.verified_on > today]

    assert not old, report(old)
    assert early == []


def test_every_line_says_who_it_is_for_and_where_it_was_confirmed() -> None:
    for line in helplines():
        assert line.who in WHO, line
        assert line.source.startswith(("https://", "http://")), line
        assert NUMBER.fullmatch(line.number), line
        assert line.dial, line


def test_men_lgbtq_people_and_those_who_worry_about_themselves_find_lines() -> None:
    assert {"men", "lgbtq", "own"} <= {line.who for line in helplines()}
    assert {line.country for line in own_behaviour()} >= {"United Kingdom", "United States", "Australia"}


def test_countries_stand_once_each_and_in_order() -> None:
    names = [country.name for country in by_country()]

    assert names == [*sorted(set(names) - {"European Union"}), "European Union"]
    assert all(country.emergency.isdigit() for country in by_country())
