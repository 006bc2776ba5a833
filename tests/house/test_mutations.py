"""The list of checks that are taken out to see a test turn red keeps up with the program."""

from __future__ import annotations

from drills.mutations import LEAST, mutations


def test_every_check_in_the_list_stands_where_the_list_says() -> None:
    found = mutations()

    assert len(found) >= LEAST
    assert [each.what for each in found if not each.stands] == []
