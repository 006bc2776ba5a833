"""The scripted other seat, in a small room: when it plays, when it waits, and what it says."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from nearer.protocol import Dialogue, Leave, Move, Pause, Ready, Seat
from nearer.protocol.moves import rules_of
from nearer.protocol.partner import Moment, Partner, Persona, Script, plain_value, words_of
from tests.unit.protocol.rooms import GUEST, HOST, NOON, Close, Colour, Exchange, Tell, Wave, opened, tell

ROBIN = Persona(name="Robin", manner="Says little.")
PLAIN = ("One plain sentence, too long for the room.", "Another one", "A third")


def partner(seed: int = 1, **lines: Any) -> Partner[Persona]:
    kinds = {kind.__name__: kind for kind in Exchange.moves}
    found = {kinds[name]: line for name, line in lines.items()}
    return Partner(
        script=Script(personas=(ROBIN,), lines=found, plain=PLAIN), persona=ROBIN, seed=seed, seat=GUEST
    )


def kinds(played: list[tuple[Move, Dialogue]]) -> list[type[Move]]:
    return [type(move) for move, _ in played]


def test_it_is_ready_at_once_and_only_once() -> None:
    played = partner().play_on(Exchange.begin(), [], NOON)

    assert kinds(played) == [Ready]


def test_it_seals_its_answer_at_once_and_gives_one_sign() -> None:
    played = partner().play_on(opened(Exchange), [], NOON)

    assert kinds(played) == [Wave, Tell]


def test_a_sign_is_given_once_a_step_even_if_somebody_paused() -> None:
    log: list[tuple[Seat | None, Move]] = [(GUEST, Wave()), (HOST, Pause())]

    assert not isinstance(partner().answer(opened(Exchange), log), Wave)


def test_a_line_may_say_that_this_is_no_moment_for_it() -> None:
    played = partner(Wave=lambda _: []).play_on(opened(Exchange), [], NOON)

    assert kinds(played) == [Tell]


def test_silent_lines_leave_nobody_waiting() -> None:
    played = partner(Wave=lambda _: [], Tell=lambda _: []).play_on(opened(Exchange), [], NOON)

    assert kinds(played) == [Tell]


def test_what_either_could_do_is_left_to_the_person() -> None:
    both = opened(Exchange).play(HOST, tell(), NOON).play(GUEST, tell("hi"), NOON)

    assert partner().play_on(both, [], NOON) == []
    assert partner().begin(both, []) == Close()


def test_it_rests_while_the_person_pauses_and_after_they_left() -> None:
    for stop in (Pause(), Leave()):
        assert partner().play_on(opened(Exchange).play(HOST, stop, NOON), [], NOON) == []


def test_it_never_pauses_or_leaves() -> None:
    for seed in range(50):
        played = partner(seed).play_on(opened(Exchange), [], NOON)
        assert not {Pause, Leave} & set(kinds(played))


def test_it_looks_through_its_own_view_only() -> None:
    seen: list[Moment[Persona]] = []

    def look(now: Moment[Persona]) -> list[Move]:
        seen.append(now)
        return [tell("mine")]

    partner(Tell=look).play_on(opened(Exchange).play(HOST, tell("a secret"), NOON), [], NOON)

    assert "a secret" not in repr(seen[0].view)
    assert seen[0].view["seat"] is GUEST


def test_it_prefers_what_it_has_not_said_and_never_says_the_same_twice_running() -> None:
    said = [tell("one"), tell("two"), tell("three")]
    log: list[tuple[Seat | None, Move]] = []
    for _ in range(30):
        move = partner(Tell=lambda _: said, Wave=lambda _: []).answer(opened(Exchange), log)
        assert move is not None
        log.append((GUEST, move))

    words = [words_of(move) for _, move in log]
    assert set(words[:3]) == {("one",), ("two",), ("three",)}
    assert all(one != next_ for one, next_ in pairwise(words))


def test_chance_follows_from_the_seed_and_the_moves_so_far() -> None:
    now = Moment(view={}, persona=ROBIN, seed=5, moves=3)

    assert now.chance.random() == now.chance.random()
    assert now.chance.random() != replace(now, moves=4).chance.random()
    assert now.once("story").random() == replace(now, moves=4).once("story").random()
    assert now.once("story").random() != now.once("topic").random()


@pytest.mark.parametrize("words", ["", "short", "longer than twenty characters"])
def test_plain_values_fit_their_fields(words: str) -> None:
    for seed in range(40):
        chance = Moment(view={}, persona=ROBIN, seed=seed).chance
        made = Tell(**{n: plain_value(rule, words, chance) for n, rule in rules_of(Tell).items()})
        assert made.colour in Colour
