"""No count tells that somebody has sealed an answer: not on a page, not in a stream, not in a row."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from nearer.practices.listening.moves import Heat, Keep, Note
from nearer.practices.needs.moves import Guess, Map
from nearer.protocol import Move, Ready
from nearer.sittings.models import Sitting
from nearer.sittings.run.access import may_watch
from nearer.testing.cast import Pair, Person, fresh, play, post_move, run_of, start_floor, start_sitting
from tests.pages.conversations import CALM, floor_of_host, opening
from tests.pages.needs_talk import WHOLE, begin
from tests.pages.reading import at, html, moves_on

pytestmark = pytest.mark.django_db

FLOOR = [*opening("the drive home", CALM), *floor_of_host("I felt left out"), (True, Keep(keep=True))]
OTHERWISE = [(not is_host, move) if move.sealed else (is_host, move) for is_host, move in FLOOR]


@pytest.fixture(autouse=True)
def _still(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, timezone.now())


def received(person: Person, sitting: Sitting) -> tuple[Any, ...]:
    """Return all that reaches somebody of a sitting, and what its row says."""
    row, path = fresh(sitting), f"/s/{sitting.pk}"
    pages = [html(person.client.get(where)) for where in ("/", "/us", path)]
    fragment = html(person.client.get(path, headers={"X-Fragment": "stage"}))
    return (*pages, fragment, may_watch([(person.token, sitting.pk)]), row.seq, row.day)


def sealed_alone(pair: Pair, sitting: Sitting, turns: list[tuple[bool, Move]]) -> set[type[Move]]:
    """Play these; return the kinds of sealed move that were seen to tell the other nothing."""
    quiet = set()
    for is_host, move in turns:
        mover, other = (pair.host, pair.guest) if is_host else (pair.guest, pair.host)
        before = received(other, sitting) if move.sealed else ()
        step = run_of(other, sitting).position.step
        play(mover, sitting, move)
        if move.sealed and run_of(other, sitting).position.step == step:
            assert received(other, sitting) == before, type(move).__name__
            quiet.add(type(move))
    return quiet


@pytest.mark.parametrize("turns", [FLOOR, OTHERWISE], ids=["host first", "guest first"])
def test_on_the_floor(pair: Pair, turns: list[tuple[bool, Move]]) -> None:
    assert sealed_alone(pair, start_floor(pair), turns) == {Heat, Note, Keep}


def test_in_the_needs_mirror(pair: Pair) -> None:
    assert sealed_alone(pair, begin(pair), list(WHOLE)) == {Map, Guess}


def test_when_both_are_in_the_count_says_so(pair: Pair) -> None:
    sitting = start_floor(pair)
    moves = opening("the drive home", CALM)
    sealed_alone(pair, sitting, moves[:3])
    before = fresh(sitting).seq

    play(pair.guest, sitting, moves[3][1])

    assert fresh(sitting).seq == before + 2 == len(run_of(pair.host, sitting).log)


def test_in_the_lobby_it_shows_who_is_ready(pair: Pair) -> None:
    sitting = start_sitting(pair)
    before = fresh(sitting).seq

    play(pair.host, sitting, Ready())

    assert fresh(sitting).seq == before + 1
    assert "is ready." in html(pair.guest.client.get(f"/s/{sitting.pk}"))


def test_a_page_that_heard_of_no_seal_is_not_late(pair: Pair) -> None:
    sitting = start_floor(pair)
    turns = opening("the drive home", CALM)
    sealed_alone(pair, sitting, turns[:2])
    seen = fresh(sitting).seq
    play(pair.host, sitting, turns[2][1])

    assert post_move(pair.guest, sitting, "Heat", seq=seen, level="easy").status_code == 302
    assert "Volunteer" in moves_on(pair.guest.client.get(f"/s/{sitting.pk}"))
