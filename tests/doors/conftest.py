"""The same quick pages as in `tests/pages`, and everybody who could stand at a door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from nearer.testing.cast import Pair
from tests.doors.crawl import everywhere
from tests.doors.lived import make_lived, make_two_lived
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


@pytest.fixture
def lived(request: pytest.FixtureRequest, db: None) -> Pair:
    """Alice and Bob with a life behind them: something of every kind there is."""
    return made_once("lived", make_lived, request)


@pytest.fixture
def two_lived(request: pytest.FixtureRequest, db: None) -> tuple[Pair, set[str]]:
    """Alice and Bob, and every id of two others; all of them have a life behind them."""
    return made_once("two lived", make_two_lived, request)


_walked: dict[str, Mapping[str, Any]] = {}


@pytest.fixture
def walked(lived: Pair) -> Mapping[str, Mapping[str, Any]]:
    """Every answer that Alice, Bob, and somebody without an account get by looking; they walk once in a process."""
    if not _walked:
        browsers = {"Alice": lived.host.client, "Bob": lived.guest.client, "nobody": Client()}
        _walked.update({name: everywhere(browser) for name, browser in browsers.items()})
    return _walked
