"""Whom an open page hears something from, and when: only what they see from then on, and never a word of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from nearer import live
from nearer.keepsakes import items
from nearer.plans import lines
from nearer.practices.needs import signs
from nearer.sittings.run.access import may_watch
from nearer.testing.cast import Pair, Person, arrive, play, post_move, start_sitting
from tests.pages.letters import OPENED, SENT, STEPS, go_on, letters
from tests.pages.test_keepsakes import keep

pytestmark = pytest.mark.django_db

waiting: list[Callable[[], bool]] = []

type Told = list[str]
type Hearing = Callable[[], AbstractContextManager[Told]]


@pytest.fixture
def hearing(pair: Pair, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> Hearing:
    """Return what tells who hears something in a block: by name, with "later" for what is told when it arrives."""
    names = {pair.host.user.pk: "Alice", pair.guest.user.pk: "Bob"}
    told: Told = []
    monkeypatch.setattr(live, "tell", lambda people: told.extend(names[person] for person in people))

    def later(people: list[UUID], seconds: float, still: Callable[[], bool]) -> None:
        told.extend(f"{names[person]} later" for person in people)
        waiting.append(still)

    monkeypatch.setattr(live, "tell_later", later)

    @contextmanager
    def listen() -> Iterator[Told]:
        told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            yield told

    return listen


def test_what_is_put_to_the_other_is_told_to_them_and_a_joint_yes_to_both(
    pair: Pair, hearing: Hearing
) -> None:
    me, them = pair.host.at(pair.bond), pair.guest.at(pair.bond)
    with hearing() as told:
        lines.propose(me, cue="the kitchen is tidy", act="sit down", at=timezone.now())
    assert told == ["Bob"]
    with hearing() as told:
        lines.confirm(them, lines.lines_of(them).lines[0].ref, at=timezone.now())
    assert sorted(told) == ["Alice", "Bob"]
    with hearing() as told:
        signs.notice(me, "You were quiet. Was that tiredness?", at=timezone.now())
    assert told == ["Bob"]
    with hearing() as told:
        signs.leave(them, signs.asked_of(signs.gather(them), them)[0].ref)
    assert told == [], "that one leaves a question shows to nobody"


def test_who_stands_at_the_door_is_told_and_what_follows_inside_is_not(pair: Pair, hearing: Hearing) -> None:
    with hearing() as told:
        sitting = start_sitting(pair)
    assert told == ["Bob"]
    for person in (pair.host, pair.guest):
        with hearing() as told:
            person.client.get(f"/s/{sitting.pk}")
        assert told == []
        with hearing() as told:
            post_move(person, sitting, "Ready")
        assert sorted(told) == ["Alice", "Bob"]
    with hearing() as told:
        post_move(pair.host, sitting, "SetTopic", topic="the drive home")
    assert told == []
    with hearing() as told:
        post_move(pair.guest, sitting, "Leave")
    assert sorted(told) == ["Alice", "Bob"]


def test_a_letter_is_told_when_it_is_there_and_never_when_it_is_opened_or_taken_back(
    pair: Pair, hearing: Hearing
) -> None:
    with hearing() as told:
        sitting = letters(pair, SENT - 1)
    assert told == [], "writing is nobody's to hear"
    with hearing() as told:
        play(pair.host, sitting, STEPS[SENT - 1][1])
    assert sorted(told) == ["Alice later", "Bob later"]
    still = waiting[-1]
    assert still()
    with hearing() as told:
        assert post_move(pair.host, sitting, "TakeBack").status_code == 200
    assert told == []
    assert not still(), "so nothing is told once its time comes"

    with hearing() as told:
        play(pair.host, sitting, STEPS[SENT - 1][1])
        arrive(pair, sitting)
    with hearing() as told:
        go_on(pair, sitting, SENT, OPENED)
    assert told == [], "opening is nobody's to hear"


def test_a_photo_is_told_when_it_can_be_seen_unless_it_was_taken_back(pair: Pair, hearing: Hearing) -> None:
    with hearing() as told:
        put = keep(pair.host, pair, before=timedelta())
    assert sorted(told) == ["Alice later", "Bob later"]
    still = waiting[-1]
    assert still()

    with hearing() as told:
        items.take_back(pair.host.at(pair.bond), put.ref, at=timezone.now())
    assert told == []
    assert not still()


def test_each_may_watch_their_own_news_and_nobody_elses(pair: Pair, charlie: Person) -> None:
    alice, bob = pair.host, pair.guest
    asked = [(each.token, whose.user.pk) for each in (alice, bob, charlie) for whose in (alice, bob, charlie)]

    answers = may_watch([*asked, ("nobody's", alice.user.pk)])

    assert [answer is not None for answer in answers[:-1]] == [token is own for token, own in _pairs(3)]
    assert answers[-1] is None


def _pairs(number: int) -> list[tuple[int, int]]:
    return [(one, other) for one in range(number) for other in range(number)]


def test_a_phone_between_two_people_hears_no_news(pair: Pair) -> None:
    pair.host.client.post("/practise/listening/start", {"mode": "one"})

    assert may_watch([(pair.host.token, pair.host.user.pk)]) == [None]
