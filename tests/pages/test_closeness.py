"""The weekly picture: sealed until both have picked; a curve only while both would like one, and nobody learns why there is none."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nearer.bonds import news
from nearer.bonds.models import Bond
from nearer.closeness.picture import keeping as pictures
from nearer.leaving import leave as leaving
from nearer.leaving import withdrawing
from nearer.records.models import Record
from nearer.testing.cast import Pair, Person, sign_in
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db

NONE = "There is no curve to see now."
CURVE = 'class="curve"'


def here(pair: Pair, more: str = "") -> str:
    return f"/us/{pair.bond.pk}/closeness{more}"


def pick(person: Person, pair: Pair, level: int) -> None:
    answer = person.client.post(here(pair, "/pick"), {"picture": level})
    assert answer.status_code == 302


def seen(person: Person, pair: Pair, path: str = "") -> str:
    return html(person.client.get(here(pair) + path))


def pages(person: Person, pair: Pair) -> list[str]:
    return [html(person.client.get(page)) for page in ("/", "/us", here(pair), here(pair, "?over=all"))]


def live(pair: Pair, mine: list[int], theirs: list[int], *, ends: datetime, wish: bool = True) -> None:
    """Let the two pick, week by week up to a day; 0 is no picture."""
    for n in range(max(len(mine), len(theirs))):
        when = ends - timedelta(weeks=n)
        for person, levels in ((pair.host, mine), (pair.guest, theirs)):
            if n < len(levels) and levels[n]:
                pictures.pick(person.at(pair.bond), levels[n], at=when)
    for person in (pair.host, pair.guest) if wish else ():
        pictures.wish(person.at(pair.bond), at=ends - timedelta(days=3))


@pytest.mark.rule("R3", "R4")
def test_a_picture_is_sealed_until_both_have_picked(pair: Pair) -> None:
    before = pages(pair.guest, pair)
    pick(pair.host, pair, 6)

    assert pages(pair.guest, pair) == before
    assert "Your picture of this week is sealed" in words(pair.host.client.get(here(pair)))
    pick(pair.host, pair, 2)
    pick(pair.guest, pair, 5)

    for person in (pair.host, pair.guest):
        page = words(person.client.get(here(pair)))
        assert "Picture 2 of 7" in page
        assert "Picture 5 of 7" in page
    pick(pair.host, pair, 5)
    assert "Picture 2 of 7" in words(pair.guest.client.get(here(pair))), "what is open stays as it was"


@pytest.mark.rule("R7")
def test_the_curve_is_there_by_both_wishes_and_goes_at_once(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    live(pair, [4, 5, 4, 3, 4], [5, 5, 0, 3, 6], ends=now, wish=False)
    pair.host.client.post(here(pair, "/curve"), {"curve": "yes"})
    before = seen(pair.host, pair)
    pair.guest.client.post(here(pair, "/curve"), {"curve": "yes"})
    assert seen(pair.host, pair) == before, "it counts from the next morning"

    at(monkeypatch, now + timedelta(days=1))
    for person in (pair.host, pair.guest):
        sign_in(person)
        page = seen(person, pair)
        assert CURVE in page
        assert page.count("<tr>") == 1 + 4, "the week in which one picked alone is left open"
        assert "It is too early to say where this goes." in page

    pair.guest.client.post(here(pair, "/curve"), {"curve": "no"})
    assert seen(pair.host, pair) == before
    assert NONE in seen(pair.guest, pair)


@pytest.mark.parametrize("over", ["months", "year", "all", "other"])
def test_a_year_of_pictures_is_a_sentence_a_drawing_and_a_table(pair: Pair, over: str) -> None:
    live(
        pair,
        [7, 6, 6, 5, 5, 4, 4, 4, 3, 3, 2, 2, 1] * 2,
        [6, 6, 5, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1] * 2,
        ends=timezone.now(),
    )

    answer = pair.guest.client.get(here(pair, f"?over={over}"))

    page = html(answer)
    assert "You two have come closer since" in words(answer)
    assert page.count('role="img" aria-labelledby="curve-says"') == 2
    assert page.count("<tr>") == 1 + (13 if over in {"months", "other"} else 26)
    assert " style=" not in page
    assert 'class="band"' in page


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    mine=st.lists(st.integers(0, 7), max_size=6),
    theirs=st.lists(st.integers(0, 7), min_size=3, max_size=6),
    wish=st.booleans(),
)
@pytest.mark.rule("R7")
def test_withdrawing_reads_byte_for_byte_like_not_enough_yet(
    pair: Pair,
    mine: list[int],
    theirs: list[int],
    wish: bool,  # noqa: FBT001
) -> None:
    Record.objects.all().delete()
    now, host, guest = timezone.now(), pair.host.at(pair.bond), pair.guest.at(pair.bond)
    live(pair, mine, theirs[:1], ends=now)
    few = pages(pair.host, pair)
    Record.objects.all().delete()
    live(pair, mine, theirs, ends=now, wish=wish)
    pictures.wish(host, at=now - timedelta(days=3))

    pictures.wish_no_more(guest, at=now)

    assert pages(pair.host, pair) == few


def test_the_other_is_told_to_look_again_only_where_there_is_something_else_to_see(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(news, "tell_other", lambda place, **_: told.append(place))
    host, guest, now = pair.host.at(pair.bond), pair.guest.at(pair.bond), timezone.now()
    pictures.pick(host, 3, at=now)
    pictures.pick(host, 4, at=now)
    pictures.wish(host, at=now)
    pictures.wish_no_more(host, at=now)
    pictures.take_back(host, pictures.seen_of(host, at=now).now.monday, at=now)
    pictures.pick(host, 4, at=now)
    assert told == []

    pictures.pick(guest, 4, at=now)
    assert told == [guest]


@pytest.mark.rule("R8")
def test_a_picture_that_was_open_is_taken_back_and_not_picked_anew(pair: Pair) -> None:
    pick(pair.host, pair, 6)
    sealed = pages(pair.host, pair)
    pick(pair.guest, pair, 5)
    monday = pictures.seen_of(pair.guest.at(pair.bond), at=timezone.now()).now.monday

    pair.guest.client.post(here(pair, "/take-back"), {"week": monday.isoformat()})

    assert pages(pair.host, pair) == sealed
    assert "Next week there is another." in words(pair.guest.client.get(here(pair)))
    pick(pair.guest, pair, 6)
    assert pages(pair.host, pair) == sealed


@pytest.mark.rule("R6")
def test_whoever_leaves_takes_the_sealed_picture_and_the_curve_along(pair: Pair) -> None:
    now = timezone.now()
    live(pair, [0, 4, 4, 4], [5, 4, 4, 4], ends=now)

    leaving.leave(pair.guest.at(pair.bond), pair.guest.ring, at=now)

    left = Bond.objects.get(pk=pair.bond.pk)
    page = seen(pair.host, pair)
    assert NONE in page
    assert "Lock my picture in" not in page
    found = pictures.seen_of(pair.host.at(left), at=now)
    assert found.curve == ()
    assert len(found.own) == 3
    pair.host.client.post(here(pair, "/pick"), {"picture": 5})
    assert pictures.seen_of(pair.host.at(left), at=now) == found


def test_taking_all_back_takes_every_picture(pair: Pair) -> None:
    now = timezone.now()
    live(pair, [4, 4, 4], [5, 4, 0], ends=now)

    withdrawing.withdraw_all(pair.guest.at(pair.bond), at=now)

    assert not pictures.seen_of(pair.host.at(pair.bond), at=now).now.is_open
    assert pictures.seen_of(pair.guest.at(pair.bond), at=now).own == ()


def test_today_asks_once_a_week_and_only_whoever_has_not_picked(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, opened = "How close do you feel this week?", "Your pictures of this week are open"
    assert asked not in words(pair.host.client.get("/"))
    at(monkeypatch, timezone.now() + timedelta(days=8))
    for person in (pair.host, pair.guest):
        sign_in(person)
        assert asked in words(person.client.get("/"))
    pair.host.client.post(here(pair, "/not-now"))
    pick(pair.guest, pair, 5)
    for person in (pair.host, pair.guest):
        assert asked not in words(person.client.get("/"))

    pick(pair.host, pair, 4)
    for person in (pair.host, pair.guest):
        assert opened in words(person.client.get("/"))
        person.client.get(here(pair))
        assert opened not in words(person.client.get("/"))
    at(monkeypatch, timezone.now() + timedelta(days=7))
    sign_in(pair.host)
    assert asked in words(pair.host.client.get("/"))


def test_marks_are_for_ones_own_eyes_and_stand_on_ones_own_curve(pair: Pair) -> None:
    live(pair, [4] * 8, [5] * 8, ends=timezone.now())
    seen(pair.guest, pair)
    before = pages(pair.guest, pair)
    day = (timezone.localdate() - timedelta(days=20)).isoformat()

    pair.host.client.post(here(pair, "/mark"), {"words": "Moved house", "day": day})

    page = seen(pair.host, pair)
    assert "Moved house" in page
    assert 'class="evt"' in page
    assert pages(pair.guest, pair) == before
    refused = pair.host.client.post(here(pair, "/mark"), {"words": "The long talk", "day": "soon"})
    assert refused.status_code == 422
    assert 'value="The long talk"' in html(refused)
