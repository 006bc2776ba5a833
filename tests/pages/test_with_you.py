"""Between the sittings of With You: asking for something now, the sky, and what of them the other can ever know."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from nearer.leaving.withdrawing import withdraw_all
from nearer.practices.support.ask.keeping import ASKED
from nearer.practices.support.moves import Attend, Go, More, Speak, Want, Way, Wish
from nearer.practices.support.sky.rules import Rhythm, agreed, is_due
from nearer.protocol import Ready, Seat
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person, open_drawer, play, run_of, start_sitting
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db

ASK, ANSWER, BACK, MUTE, ALONE, SKY = (
    "/with-you/ask", "/with-you/ask/answer", "/with-you/ask/back", "/with-you/ask/quiet", "/with-you/alone", "/with-you/sky",
)  # fmt: skip
HELPS = "/with-you/helps"
KIND = "Something kind for yourself"


@pytest.fixture(name="now", autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    moment = timezone.now().replace(hour=12, minute=0)
    at(monkeypatch, moment)
    return moment


def ask(person: Person, wish: str = "listen", text: str = "it was a long day") -> None:
    assert person.client.post(ASK, {"wish": wish, "words": text}).status_code == 302


def asked(pair: Pair) -> Any:
    return keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), ASKED)[-1]


def answer(pair: Pair, how: str, **sent: str) -> Any:
    return pair.guest.client.post(ANSWER, {"record": str(asked(pair).ref), "answer": how, **sent})


def seen(pair: Pair) -> dict[str, Any]:
    """Return what the host sees of the sitting once both are in it."""
    sitting = Sitting.objects.get(bond=pair.bond)
    play(pair.host, sitting, Ready())  # whoever said "now" is there
    return run_of(pair.host, sitting).position.view(Seat.HOST)


def test_it_is_asked_and_shows_what_helps_and_what_rather_not(pair: Pair) -> None:
    ask(pair.host)

    today = words(pair.guest.client.get("/"))
    assert f"{pair.host.name} asks" in today
    assert "Just listen" in today
    assert "a long day" not in today
    page = words(pair.guest.client.get(ASK))
    for said in ("a long day", "Put other things down first.", "Advice, even a good one."):
        assert said in page


def test_now_opens_the_room_for_both_with_what_was_asked_for(pair: Pair) -> None:
    ask(pair.host, "quiet")
    opened = answer(pair, "now")["Location"]

    view = seen(pair)
    assert (view["seeker"], view["wish"]) == (Seat.HOST, "quiet")
    assert opened in html(pair.host.client.get("/"))
    assert answer(pair, "now")["Location"] == opened, "twice is once"
    assert pair.guest.client.get("/with-you/ask").status_code == 200


def test_now_begins_what_was_asked_for_once_beside_an_older_sitting(pair: Pair) -> None:
    older = start_sitting(pair, "support")
    ask(pair.host, "quiet")
    ref = str(asked(pair).ref)

    led = {pair.guest.client.post(ANSWER, {"record": ref, "answer": "now"})["Location"] for _ in range(2)}

    (path,) = led
    fresh = Sitting.objects.exclude(pk=older.pk).get()
    assert str(fresh.pk) in path
    today = html(pair.host.client.get("/"))
    assert 0 < today.index(str(fresh.pk)) < today.index(str(older.pk)), "what was asked for comes first"
    play(pair.host, fresh, Ready())
    assert run_of(pair.host, fresh).position.view(Seat.HOST)["wish"] is Wish.QUIET


def test_an_ask_that_is_over_lies_nowhere(pair: Pair, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(pair.host)
    at(monkeypatch, now + timedelta(hours=25))
    pair.guest.client.get("/")

    assert keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), ASKED) == []


def test_a_time_to_be_there_is_over_an_hour_after_it(
    pair: Pair, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(pair.host)
    answer(pair, "at", at="18:30")
    for hour, is_there in ((19, True), (20, False)):
        at(monkeypatch, now.replace(hour=hour))
        for person, says in ((pair.host, "is here at 18:30"), (pair.guest, "You are there at 18:30")):
            assert (says in words(person.client.get("/"))) == is_there


@pytest.mark.parametrize(
    ("when", "at_once", "next_day"),
    [
        ("today", "There is room again later today.", ""),
        ("tomorrow", "There is room again tomorrow.", "There is room again later today."),
        (
            "unsure",
            "does not know yet when there is room again.",
            "does not know yet when there is room again.",
        ),
    ],
)
def test_when_there_is_room_again_reads_right_on_the_day_it_is_read(
    pair: Pair, now: datetime, monkeypatch: pytest.MonkeyPatch, when: str, at_once: str, next_day: str
) -> None:
    at(monkeypatch, now.replace(hour=22))
    ask(pair.host)
    answer(pair, "full", full_pick="I need to catch my breath first.", when=when)
    assert at_once in words(pair.host.client.get(ASK))

    at(monkeypatch, now + timedelta(days=1))

    page = words(pair.host.client.get(ASK))
    assert next_day in page
    assert ("room again" in page) == bool(next_day)


def test_good_news_leads_into_being_glad(pair: Pair) -> None:
    ask(pair.host, "glad", "")
    answer(pair, "now")

    assert seen(pair)["stage"] == "speak"


@pytest.mark.parametrize(
    ("how", "sent", "shows"),
    [
        ("at", {"at": "18:30"}, "is here at 18:30"),
        ("line", {"line_pick": "You are not alone with it."}, "You are not alone with it."),
        ("line", {"line": "On my way in my head"}, "On my way in my head"),
        (
            "full",
            {"full_pick": "I need to catch my breath first.", "when": "tomorrow"},
            "room again tomorrow",
        ),
    ],
)
def test_every_answer_reaches_the_one_who_asked(
    pair: Pair, how: str, sent: dict[str, str], shows: str
) -> None:
    ask(pair.host)
    assert answer(pair, how, **sent).status_code == 302

    assert shows in words(pair.host.client.get("/"))
    assert not Sitting.objects.exists()


@pytest.mark.parametrize(
    ("how", "sent", "says"),
    [
        ("at", {}, "Choose a time today."), ("at", {"at": "09:00"}, "That time is over."), ("line", {}, "Choose a line"),
        ("full", {"line": "kept here"}, "Choose a line"), ("", {}, "Choose one of these."),
    ],
)  # fmt: skip
def test_what_is_missing_in_an_answer_is_said(pair: Pair, how: str, sent: dict[str, str], says: str) -> None:
    ask(pair.host)
    page = answer(pair, how, **sent)

    assert page.status_code == 422
    assert says in words(page)
    assert not asked(pair).document.answer


def test_after_two_hours_only_the_one_who_asked_finds_something_kind(
    pair: Pair, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(pair.host)
    pair.host.client.post(ALONE, {"name": "Aunt Mo", "number": "+44 20 7946 0000"})
    theirs = html(pair.guest.client.get("/"))
    assert KIND not in words(pair.host.client.get("/"))

    at(monkeypatch, now + timedelta(hours=2, minutes=1))

    first = words(pair.host.client.get("/"))
    assert first.index(f"Hello, {pair.host.name}") < first.index(KIND)
    assert "The Floor" not in first.partition(KIND)[0]
    assert html(pair.guest.client.get("/")) == theirs
    page = html(pair.host.client.get(ALONE))
    assert 'href="tel:+442079460000"' in page
    assert "Aunt Mo" not in html(pair.guest.client.get(ALONE))

    at(monkeypatch, now + timedelta(hours=24))
    for person in (pair.host, pair.guest):
        assert "Just listen" not in words(person.client.get("/")), (
            "it is gone after a day, whatever became of it"
        )


def test_an_ask_and_an_answer_are_taken_back_without_a_trace(pair: Pair) -> None:
    before = html(pair.guest.client.get("/"))
    ask(pair.host)
    answer(pair, "line", line="thinking of you")
    pair.guest.client.post(BACK, {"record": str(asked(pair).ref)})
    assert "thinking of you" not in words(pair.host.client.get("/"))

    pair.host.client.post(BACK, {"record": str(asked(pair).ref)})
    assert html(pair.guest.client.get("/")) == before


@pytest.mark.parametrize(("path", "field"), [(ASK, "words"), (SKY, "line")])
def test_heavy_words_show_where_there_is_help_to_their_author_alone(
    pair: Pair, path: str, field: str
) -> None:
    sent = {"wish": "know", "look": "storm", "shown": "yes", field: "I want to hurt myself"}
    before = [html(pair.guest.client.get(each)) for each in ("/", ASK, SKY)]
    page = pair.host.client.post(path, sent)

    assert page.status_code == 422
    assert "This sounds heavy." in words(page)
    assert [html(pair.guest.client.get(each)) for each in ("/", ASK, SKY)] == before
    assert pair.host.client.post(path, {**sent, "sure": "yes"}).status_code == 302


def test_ones_own_weeks_are_in_the_drawer_and_can_go(pair: Pair) -> None:
    pair.host.client.post(SKY, {"look": "rain", "word": "tired", "line": "my own", "shown": "no"})
    assert pair.host.client.get("/with-you/sky/own").status_code == 403
    open_drawer(pair.host)
    page = pair.host.client.get("/with-you/sky/own")
    assert "my own" in words(page)
    named = re.search(r'name="record" value="([^"]+)"', html(page))
    assert named

    pair.host.client.post("/with-you/sky/own", {"record": named[1]})
    assert "my own" not in words(pair.host.client.get("/with-you/sky/own"))


def test_what_is_shown_can_be_taken_back_and_all_of_it_at_once(pair: Pair) -> None:
    for _ in range(2):
        pair.host.client.post(SKY, {"look": "storm", "line": "shown line", "talk": "later", "shown": "yes"})
        assert "maybe talk later" in words(pair.guest.client.get("/"))
    pair.host.client.post("/with-you/sky/back")
    assert "shown line" not in html(pair.guest.client.get("/"))

    pair.host.client.post(SKY, {"look": "storm", "line": "shown line", "shown": "yes"})
    ask(pair.host)
    withdraw_all(pair.host.at(pair.bond), at=timezone.now())
    for path in ("/", ASK, SKY):
        assert not {"shown line", "long day"} & {
            each for each in ("shown line", "long day") if each in html(pair.guest.client.get(path))
        }


def test_today_asks_at_the_slower_of_two_rhythms(
    pair: Pair, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.host.client.post("/with-you/sky/rhythm", {"days": "1"})
    pair.guest.client.post("/with-you/sky/rhythm", {"days": "7"})
    pair.host.client.post(SKY, {"look": "fair", "shown": "no"})
    asks_at = []
    for day in range(9):
        at(monkeypatch, now + timedelta(days=day))
        asks_at += [day] if "?look=" in html(pair.host.client.get("/")) else []
    assert asks_at == [7, 8]


def test_a_rhythm_of_not_at_all_is_for_both() -> None:
    slow, none = Rhythm(seat="host", days=7), Rhythm(seat="guest", days=0)

    assert agreed([]) == 3
    assert agreed([slow]) == 7
    assert agreed([slow, none]) == 0
    assert not is_due(None, 0, timezone.now())


def test_which_comfort_is_good_is_private_until_it_is_shown_and_can_be_taken_back(pair: Pair) -> None:
    for person in (pair.host, pair.guest):
        open_drawer(person)
    pair.host.client.post("/with-you/touch", {"hug": "yes", "shoulder": "no"})
    before = html(pair.guest.client.get("/with-you/touch"))
    assert "Good: A hug." not in words(pair.guest.client.get("/with-you/touch"))

    pair.host.client.post("/with-you/touch/show", {"how": "show"})
    assert "Good: A hug." in words(pair.guest.client.get("/with-you/touch"))
    ask(pair.host, "comfort")
    assert "Good: A hug." in words(pair.guest.client.get(ASK))
    sitting = start_sitting(pair, "support")
    for person, move in ((pair.host, Ready()), (pair.guest, Ready()), (pair.host, Want(wish=Wish.COMFORT))):
        play(person, sitting, move)
    assert "Good: A hug." in words(pair.guest.client.get(f"/s/{sitting.pk}")), "and where it is chosen"
    assert "for another day:" in words(pair.host.client.get(f"/s/{sitting.pk}"))

    pair.host.client.post("/with-you/touch/show", {"how": "hide"})
    assert html(pair.guest.client.get("/with-you/touch")) == before


def test_what_comforts_the_other_can_be_put_out_of_ones_sight_wherever_it_stands(pair: Pair) -> None:
    for person in (pair.host, pair.guest):
        open_drawer(person)
    pair.host.client.post("/with-you/touch", {"hug": "yes"})
    pair.host.client.post("/with-you/touch/show", {"how": "show"})
    ask(pair.host, "comfort")
    sitting = start_sitting(pair, "support")
    for person, move in ((pair.host, Ready()), (pair.guest, Ready()), (pair.host, Want(wish=Wish.COMFORT))):
        play(person, sitting, move)
    pages = ("/with-you/touch", ASK, f"/s/{sitting.pk}")
    ref = re.search(
        r'value="comfort"><input type="hidden" name="record" value="([^"]+)"',
        html(pair.guest.client.get(pages[0])),
    )
    assert ref
    before = [html(pair.host.client.get(page)) for page in pages]

    pair.guest.client.post(f"/b/{pair.bond.pk}/away", {"sort": "comfort", "record": ref[1]})
    assert all("Good: A hug." not in words(pair.guest.client.get(page)) for page in pages)
    assert "What comforts the other" in words(pair.guest.client.get(f"/b/{pair.bond.pk}/away"))
    assert [html(pair.host.client.get(page)) for page in pages] == before

    pair.guest.client.post(f"/b/{pair.bond.pk}/away", {"sort": "comfort", "record": ref[1], "do": "back"})
    assert all("Good: A hug." in words(pair.guest.client.get(page)) for page in pages)


def test_what_landed_is_for_the_one_who_asked_and_orders_what_is_offered_as_far_as_they_allow(
    pair: Pair,
) -> None:
    first = _talk(pair, Way.ASK, remember="yes")
    assert first.index("Say back") < first.index("open question")
    open_drawer(pair.host)
    page = words(pair.host.client.get(HELPS))
    assert "Ask one open question." in page
    assert "It landed" in page

    again = _talk(pair, Way.ASK)
    assert again.index("Say back") < again.index("open question"), "nothing of it shows before it is allowed"
    pair.host.client.post(HELPS, {"how": "show"})
    ordered = _talk(pair, Way.ASK)
    assert ordered.index("open question") < ordered.index("Say back")

    pair.host.client.post(HELPS, {"how": "hide"})
    once_more = _talk(pair, Way.ASK)
    assert once_more.index("Say back") < once_more.index("open question")
    ref = re.search(r'name="record" value="([^"]+)"', html(pair.host.client.get(HELPS)))
    assert ref
    pair.host.client.post(HELPS, {"record": ref[1]})
    assert 'name="record"' not in html(pair.host.client.get(HELPS))


def _talk(pair: Pair, way: Way, **sent: str) -> str:
    """Ask, tell, be attended to in one way and say that it landed; return what the other was offered."""
    sitting = start_sitting(pair, "support")
    for person in (pair.host, pair.guest):
        play(person, sitting, Ready())
    play(pair.host, sitting, Want(wish=Wish.LISTEN))
    play(pair.host, sitting, Speak(words="", aloud=True))
    offered = html(pair.guest.client.get(f"/s/{sitting.pk}")).partition('data-move="Attend"')[2]
    play(pair.guest, sitting, Attend(words="", aloud=True, way=way))
    play(pair.host, sitting, Go(to=More.ENOUGH))
    seq = Sitting.objects.get(pk=sitting.pk).seq
    pair.host.client.post(f"/s/{sitting.pk}", {"move": "Landed", "how": "landed", "seq": seq, **sent})
    return offered


def test_a_clock_that_leaps_takes_away_no_ask_and_no_sky_and_lets_none_stay(
    pair: Pair, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the house believes of the time goes on as it would have: see `nearer.clock`."""
    monkeypatch.setattr("nearer.clock.now", lambda: now)
    ask(pair.host)
    pair.host.client.post(SKY, {"look": "rain", "line": "tired of it all", "shown": "yes"})
    at(monkeypatch, now + timedelta(days=40))
    for _ in range(2):
        assert "it was a long day" in words(pair.guest.client.get(ASK))
        today = words(pair.guest.client.get("/"))
        assert "tired of it all" in today
        assert "Just listen" in today

    ask(pair.guest, text="while it was wrong")
    pair.guest.client.post(SKY, {"look": "fair", "line": "wrong all day", "shown": "yes"})
    later = now + timedelta(days=3)
    monkeypatch.setattr("nearer.clock.now", lambda: later)
    at(monkeypatch, later)
    page = words(pair.host.client.get(ASK)) + words(pair.host.client.get("/"))
    assert "while it was wrong" not in page
    assert "wrong all day" not in page
