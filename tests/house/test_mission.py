"""A test names only behaviours that exist."""

from __future__ import annotations

from tests.coverage_of_mission import behaviours, shown


def test_every_named_behaviour_exists() -> None:
    assert set(shown()) <= set(behaviours())
