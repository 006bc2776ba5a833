"""Our Time as two sit down to it: what they said before counts, and what it leaves behind."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone

from nearer.content.decks import deck
from nearer.practices.needs import kept
from nearer.practices.ourtime.forms import FreeForm
from nearer.practices.ourtime.moves import (
    CARDS,
    HALVES,
    Agree,
    Begin,
    Date,
    Free,
    Glow,
    Here,
    Level,
    Long,
    Pick,
    Span,
    Stop,
    Take,
    Way,
    Wish,
    quarter_of,
)
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.protocol import Leave, Mode, Move, Ready, Seat
from nearer.testing.cast import Pair, Person, play, start_sitting
from tests.pages.reading import html, words
from tests.pages.test_our_time import (
    AFTER,
    COOK,
    COOK_SAYS,
    DAY,
    HIKE,
    HIKE_SAYS,
    HOME,
    Days,
    only,
    said_now,
    say,
)
from tests.unit.needs.maps import side

pytestmark = pytest.mark.django_db


@pytest.fixture(name="days", autouse=True)
def _days(monkeypatch: pytest.MonkeyPatch) -> Days:
    return Days(monkeypatch)


def sat(pair: Pair, mode: Mode, *turns: tuple[Person, Move]) -> Any:
    sitting = start_sitting(pair, "time", mode=mode)
    for person in (pair.host, pair.guest) if mode is Mode.LIVE else (pair.host,):
        play(person, sitting, Ready())
    for person, move in turns:
        play(person, sitting, move)
    return sitting


def both(pair: Pair, move: Move) -> list[tuple[Person, Move]]:
    return [(pair.host, move), (pair.guest, move)]


def test_of_a_phone_between_them_its_owners_words_stay_and_the_other_is_asked(pair: Pair, days: Days) -> None:
    sitting = sat(pair, Mode.ONE, (pair.host, Begin(way=Way.HERE)), (pair.host, Long(span=Span.SHORT)))
    for seat, move in (
        ("host", Here()), ("host", Stop()), ("host", Glow(words="the quiet", minutes=20, again=True)),
        ("guest", Glow(words="canary on his phone", minutes=20, again=True)),
    ):  # fmt: skip
        play(pair.host, sitting, move, seat=Seat(seat))
    assert "the quiet" in words(pair.host.client.get(HOME))
    assert "How was it?" in words(pair.guest.client.get("/"))
    assert "the quiet" not in words(pair.guest.client.get(HOME))
    sent = {"record": str(only(pair.guest, pair).ref), "words": "the kettle", "minutes": "20", "again": "yes"}
    pair.guest.client.post(AFTER, sent)
    page = words(pair.host.client.get(HOME))
    assert all(each in page for each in ("the quiet", "the kettle", "about 20 minutes together"))
    assert "canary" not in page


def test_a_question_that_grew_from_their_own_talks_stands_on_the_dark_screen(pair: Pair, days: Days) -> None:
    here = [(pair.host, Begin(way=Way.HERE)), (pair.host, Long(span=Span.SHORT)), *both(pair, Here())]
    first = sat(pair, Mode.LIVE, *here)
    assert "grew from your own talks" not in words(pair.host.client.get(f"/s/{first.pk}"))
    play(pair.host, first, Leave())

    kept.keep_round(pair.host.at(pair.bond), dict.fromkeys(Seat, side({3: 4, 5: 0})), at=days.now)
    path = f"/s/{sat(pair, Mode.LIVE, *here).pk}"
    page = html(pair.host.client.get(path))
    seq = re.findall(r'id="stage"[^>]*data-seq="(\d+)"', page)[0]
    pair.host.client.post(path, {"move": "Ours", "seq": seq, "question": "canary, typed"})
    for person in (pair.host, pair.guest):
        shown_now = words(person.client.get(path))
        assert "matters to you both" in shown_now
        assert "canary" not in shown_now


def test_a_sitting_leaves_a_date_and_how_it_was(pair: Pair, days: Days) -> None:
    date = Date(cue="", act="walk by the lake", quarter=quarter_of(days.now + DAY))
    wish, free = Wish(levels=(2,) * CARDS), Free(halves=(1,) * HALVES, clock=0)
    sitting = sat(
        pair, Mode.LIVE, (pair.host, Begin(way=Way.FIND)), *both(pair, wish), *both(pair, Take(card=0)), *both(pair, free),
        *both(pair, Pick(slot=1)), (pair.guest, date), (pair.host, Agree(agree=True)),
    )  # fmt: skip
    ended = words(pair.host.client.get(f"/s/{sitting.pk}"))
    assert "What you two put down stays" in ended
    assert "How was it, for you alone?" in ended
    assert "One plan for the two of you?" not in ended, "a date is one"
    assert (only(pair.host, pair).state, only(pair.host, pair).it.act) == ("agreed", "walk by the lake")
    here = sat(
        pair, Mode.LIVE, (pair.host, Begin(way=Way.HERE)), (pair.guest, Long(span=Span.SHORT)), *both(pair, Here()), (pair.host, Stop()),
        (pair.host, Glow(words="the quiet", minutes=20, again=True)), (pair.guest, Glow(words="", minutes=20, again=True)),
    )  # fmt: skip
    opened = pair.guest.client.get(f"/s/{here.pk}").content.decode()
    assert "data-reveal" in opened
    assert "the quiet" in opened
    page = words(pair.guest.client.get(HOME))
    assert "the quiet" in page
    assert "about 20 minutes together" in page


def test_what_they_said_before_counts_as_they_sit_and_a_lone_wish_shows_to_nobody_else(
    pair: Pair, days: Days
) -> None:
    wishes.add(pair.host.at(pair.bond), "canary mill", at=days.now)
    (own_idea,) = (idea for idea, _ in said_now(pair.host, pair) if idea.startswith("own-"))
    for person in (pair.host, pair.guest):
        say(person, HIKE, Level.LIKE)
    say(pair.host, COOK, Level.LOVE)
    days.on(DAY)
    wishes.say(pair.guest.at(pair.bond), own_idea, Level.LOVE, at=days.now)
    days.on(DAY)

    path = f"/s/{sat(pair, Mode.LIVE, (pair.host, Begin(way=Way.FIND))).pk}"
    for person in (pair.host, pair.guest):
        page = words(person.client.get(path))
        assert HIKE_SAYS in page
        assert not any(each in page for each in (COOK_SAYS, "canary")), "nor a word that can be taken back"


def test_what_somebody_said_is_tapped_for_them_alone_and_what_they_say_stays_theirs(
    pair: Pair, days: Days
) -> None:
    for entry in deck("time.ideas").entries:
        wishes.say(pair.host.at(pair.bond), entry.id, Level.OK, at=days.now)
    sitting = sat(pair, Mode.LIVE, (pair.host, Begin(way=Way.FIND)))
    path = f"/s/{sitting.pk}"
    assert html(pair.host.client.get(path)).count(" checked") == CARDS
    assert " checked" not in html(pair.guest.client.get(path))

    play(pair.guest, sitting, Wish(levels=(3, 2, *(0,) * (CARDS - 2))))
    play(pair.host, sitting, Wish(levels=(0,) * CARDS))
    assert [level for _, level in said_now(pair.guest, pair)] == [3, 2], "what is left out is no word"
    levels = [level for _, level in said_now(pair.host, pair)]
    assert levels.count(0) == CARDS, "unless there was one"

    alone = sat(pair, Mode.ONE, (pair.host, Begin(way=Way.FIND)))
    assert " checked" not in html(pair.host.client.get(f"/s/{alone.pk}")), "nor on a phone between the two"
    play(pair.host, alone, Wish(levels=(3,) * CARDS))
    assert [level for _, level in said_now(pair.host, pair)] == levels


@pytest.mark.parametrize(
    ("zone", "clock"), [("Asia/Tokyo", 36), ("Asia/Kathmandu", 23), ("UTC", 0), ("Pacific/Marquesas", -38)]
)
def test_a_week_is_said_by_the_clock_that_its_page_goes_by(zone: str, clock: int) -> None:
    with timezone.override(zone):
        form = FreeForm({"halves-2": "1"})
        assert form.is_valid()
    assert Free(**form.cleaned_data).clock == clock
