"""One Thing in letters: nothing is shown at night where its reader lives, and a talk about the same is one tap away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.utils import timezone

from nearer.practices.onething import switch
from nearer.protocol import Mode, Move, Seat
from nearer.protocol.moves import has_words
from nearer.sittings.models import Sitting
from nearer.testing import clock
from nearer.testing.cast import Pair, Person, fresh, play, post_move, run_of, sign_in, start_sitting
from nearer.web.zones import COOKIE
from tests.pages.reading import at, html, words
from tests.unit.onething.evening import Turn
from tests.unit.onething.test_letters import TO_A_CHOICE, TO_THE_GATE

pytestmark = [pytest.mark.django_db, pytest.mark.begins(clock.NOON)]

NIGHT, DAY = "Pacific/Kiritimati", "Europe/Berlin"
"""Where it is two in the morning at noon in UTC, and where it is day."""
FRESH = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|data-now="[^"]*"|data-(token|drafts|told|seq)="[^"]*"|name="seq" value="\d+"'
)
FIRST = "I felt left alone on Saturday"


def passing(monkeypatch: pytest.MonkeyPatch, step: timedelta) -> Iterator[datetime]:
    """Let the clock stand, and go on by a step each time."""
    first = timezone.now()
    at(monkeypatch, first)

    def go_by() -> Iterator[datetime]:
        for n in count(1):
            at(monkeypatch, first + n * step)
            yield timezone.now()

    return go_by()


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> Iterator[datetime]:
    """Noon of one day after the other."""
    return passing(monkeypatch, timedelta(days=1))


def go_on(pair: Pair, sitting: Sitting, turns: list[Turn], days: Iterator[datetime]) -> Iterator[Move]:
    """Play these in letters; what is written is with the other by the next day."""
    for seat, move in turns:
        play(pair.host if seat is Seat.HOST else pair.guest, sitting, move)
        if has_words(move):
            next(days)
        yield move


def written(pair: Pair, turns: list[Turn], days: Iterator[datetime]) -> Sitting:
    """Both have switched it on, and play these in letters; nothing of them is on its way any more."""
    for person in (pair.host, pair.guest):
        switch.turn(person.at(pair.bond), on=True, at=timezone.now())
    sitting = start_sitting(pair, "conflict", mode=Mode.ASYNC)
    for _ in go_on(pair, sitting, turns, days):
        pass
    return fresh(sitting)


def reads(person: Person, path: str, zone: str) -> str:
    person.client.cookies[COOKIE] = zone
    return FRESH.sub("", html(person.client.get(path)))


def test_nothing_is_shown_at_night_where_its_reader_lives(
    pair: Pair, days: Iterator[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = written(pair, TO_THE_GATE, days)
    path = f"/s/{sitting.pk}"
    for person in (pair.host, pair.guest):
        sign_in(person)
    before = {place: reads(pair.guest, place, NIGHT) for place in (path, "/", f"{path}/words")}

    assert "This rests until morning" in before[path]
    assert "Saturday" not in before[path] + before["/"] + before[f"{path}/words"]
    assert post_move(pair.host, sitting, "Begin", words=FIRST, aloud="no").status_code == 302
    at(monkeypatch, timezone.now() + timedelta(minutes=15))

    assert {place: reads(pair.guest, place, NIGHT) for place in before} == before
    assert FIRST in reads(pair.guest, path, DAY)
    # Whose night it is, the other's pages do not tell.
    assert "night" not in words(pair.host.client.get(path)).lower()


def test_a_first_letter_is_not_even_listed_at_night(pair: Pair, days: Iterator[datetime]) -> None:
    written(pair, TO_THE_GATE[:3], days)
    sign_in(pair.guest)

    assert "A letter waits for you" not in reads(pair.guest, "/", NIGHT)
    assert "A letter waits for you" in reads(pair.guest, "/", DAY)


def test_at_night_one_can_leave_and_take_back_what_is_on_its_way(
    pair: Pair, days: Iterator[datetime]
) -> None:
    sitting = written(pair, TO_THE_GATE, days)
    path = f"/s/{sitting.pk}"
    sign_in(pair.host).cookies[COOKIE] = NIGHT
    post_move(pair.host, sitting, "Begin", words=FIRST, aloud="no")

    page = html(pair.host.client.get(path))
    assert 'value="TakeBack"' in page
    assert 'data-move="Leave"' in page
    assert FIRST in html(pair.host.client.post(path, {"move": "TakeBack"}))


def test_the_next_letter_waits_for_twelve_hours(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = written(pair, TO_THE_GATE, passing(monkeypatch, timedelta(minutes=10)))
    sign_in(pair.host)
    post_move(pair.host, sitting, "Begin", words=FIRST, aloud="no")

    position = run_of(pair.host, sitting).position
    assert (
        timedelta(hours=11)
        < (position.waits_for(Seat.HOST) or timezone.now()) - timezone.now()
        <= timedelta(hours=12)
    )
    assert "One letter each in twelve hours" in words(pair.host.client.get(f"/s/{sitting.pk}"))
    assert FIRST not in html(sign_in(pair.guest).get(f"/s/{sitting.pk}"))


@pytest.mark.parametrize("mode", ["live", "one"])
def test_a_talk_about_the_same_is_one_tap_away_in_every_step(
    pair: Pair, days: Iterator[datetime], mode: str
) -> None:
    sitting = written(pair, [], days)
    client = sign_in(pair.host)
    for move in go_on(pair, sitting, TO_A_CHOICE, days):
        assert f'name="about" value="{sitting.pk}"' in html(client.get(f"/s/{sitting.pk}")), type(
            move
        ).__name__

    answer = client.post(
        "/practise/one-thing/start", {"mode": mode, "ready": "yes", "about": str(sitting.pk)}
    )
    begun = Sitting.objects.exclude(pk=sitting.pk).get()
    assert answer.headers["Location"] == f"/s/{begun.pk}"
    assert run_of(pair.host, begun).position.topic == "Saturday"  # type: ignore[attr-defined]
    assert not fresh(sitting).is_over


def test_somebody_elses_letters_begin_no_talk(pair: Pair, days: Iterator[datetime], charlie: Person) -> None:
    sitting = written(pair, TO_THE_GATE[:3], days)
    sign_in(pair.guest).post("/practise/one-thing/start", {"mode": "live", "about": str(sitting.pk)})
    talk = Sitting.objects.exclude(pk=sitting.pk).get()
    assert run_of(pair.guest, talk).position.topic == ""  # type: ignore[attr-defined]
    for about in (str(sitting.pk), "nothing", "\x00"):
        sign_in(charlie).post("/practise/one-thing/start", {"mode": "live", "about": about})
    assert Sitting.objects.count() == 2
