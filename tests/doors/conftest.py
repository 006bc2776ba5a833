"""The same quick pages as in `tests/pages`, and everybody who could stand at a door."""

from __future__ import annotations

import pytest

from tests.doors.world import World, make_world
from tests.pages.conftest import (
    _quick_pages,
    alice,
    bob,
    cast,
    charlie,
    dana,
    floor,
    made_once,
    other_pair,
    pair,
)

__all__ = ["_quick_pages", "alice", "bob", "cast", "charlie", "dana", "floor", "other_pair", "pair"]


@pytest.fixture
def world(request: pytest.FixtureRequest, db: None) -> World:
    """Two pairs, one who left, one who is invited, one alone, and a phone on the table."""
    return made_once("world", make_world, request)
