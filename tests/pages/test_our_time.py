"""Between the sittings of Our Time: wishes that show with a new day and only in common, dates, and how they were."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from nearer.calendars import own
from nearer.calendars.free import minute_of
from nearer.leaving.withdrawing import withdraw_all
from nearer.notices import wishes as chosen
from nearer.notices.models import Cause
from nearer.practices.ourtime import films
from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.dates.rules import Outing
from nearer.practices.ourtime.moves import (
    Level,
    moment_of,
    quarter_of,
)
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.practices.ourtime.wishes.sieve import Sieve
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair, Person
from tests.doors.world import undone
from tests.pages.copying import take
from tests.pages.reading import at, html, words
from tests.pages.test_pulse import of as readings_of

pytestmark = pytest.mark.django_db

HOME, CARDS_PAGE, MINE, OFFER, ANSWER, AFTER = (
    "/our-time/both", "/our-time/cards", "/our-time/mine", "/our-time/date", "/our-time/date/answer", "/our-time/date/after",
)  # fmt: skip
HIKE, COOK = "hike", "cook-dinner"
HIKE_SAYS, COOK_SAYS = "Go on a hike up a hill", "Cook dinner with music on"
DAY = timedelta(days=1)


class Days:
    """The product's clock, to move on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch, self.now = (
            monkeypatch,
            timezone.now().replace(hour=12, minute=0, second=0, microsecond=0),
        )
        self.on(timedelta())

    def on(self, time: timedelta) -> None:
        self.now += time
        at(self._patch, self.now)


@pytest.fixture(name="days", autouse=True)
def _days(monkeypatch: pytest.MonkeyPatch) -> Days:
    return Days(monkeypatch)


def say(person: Person, idea: str, level: int) -> None:
    assert person.client.post(CARDS_PAGE, {"idea": idea, "level": str(level)}).status_code == 302


def shown(person: Person) -> list[str]:
    """Return what both would like, as somebody's page lists it."""
    return re.findall(r'<h3 dir="auto">([^<]+)</h3><a', html(person.client.get(HOME)))


def when(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def put(person: Person, act: str = "walk by the river", *moments: datetime, **sent: str) -> Any:
    named = dict(zip(("first", "second", "third"), map(when, moments), strict=False))
    return person.client.post(OFFER, {"act": act, "minutes": "60", **named, **sent})


def only(person: Person, pair: Pair) -> Any:
    found = keeping.gather(Shelf.of_bond(person.at(pair.bond)), dates.OUTING)
    (item,) = dates.items_in(found, person.at(pair.bond), at=timezone.now())
    return item


def answer(person: Person, pair: Pair, said: str) -> Any:
    return person.client.post(ANSWER, {"record": str(only(person, pair).ref), "answer": said})


def said_now(person: Person, pair: Pair) -> list[tuple[str, int]]:
    place = person.at(pair.bond)
    found = keeping.gather(Shelf.of_bond(place), wishes.WISHES)
    return [(idea.id, int(level)) for idea, level in wishes.said_by(found, place, at=timezone.now())]


def test_an_idea_both_would_like_comes_with_a_new_day_and_a_lone_one_never(pair: Pair, days: Days) -> None:
    say(pair.host, HIKE, Level.LOVE)
    say(pair.host, COOK, Level.LOVE)
    days.on(DAY)
    before = html(pair.guest.client.get(HOME))
    say(pair.guest, HIKE, Level.OK)

    assert html(pair.guest.client.get(HOME)) == before, "not at the moment of the tap"
    assert shown(pair.host) == []
    days.on(timedelta(hours=13))
    for person in (pair.host, pair.guest):
        assert [text[: len(HIKE_SAYS)] for text in shown(person)] == [HIKE_SAYS]
        assert HIKE_SAYS in words(person.client.get("/"))
    say(pair.guest, HIKE, Level.NO)
    assert len(shown(pair.host)) == 1
    days.on(DAY)
    assert shown(pair.host) == shown(pair.guest) == []


@pytest.mark.parametrize("seed", range(6))
def test_in_random_lives_no_page_tells_of_what_one_alone_would_like(
    pair: Pair, days: Days, seed: int
) -> None:
    """Two of her differ in what he does not want, and in what she says today: he gets the same bytes for days."""
    chance = Random(seed)
    ideas = list(wishes.ideas_for(keeping.gather(Shelf.of_bond(pair.host.at(pair.bond)), wishes.WISHES), pair.host.at(pair.bond), at=days.now))  # fmt: skip
    several = chance.sample(ideas, 30)
    his = {idea: chance.randint(0, 3) for idea in several[:20]}
    common = {idea: chance.randint(0, 3) for idea in several if his.get(idea)}
    start, got = days.now, []
    for _ in range(3):
        with undone(pair.host.client, pair.guest.client):
            days.on(start - days.now)
            for idea, level in his.items():
                wishes.say(pair.guest.at(pair.bond), idea, Level(level), at=days.now)
            lone = {
                idea: chance.randint(0, 3)
                for idea in several
                if not his.get(idea) and chance.random() < 2 / 3
            }
            for idea, level in {**common, **lone}.items():
                wishes.say(pair.host.at(pair.bond), idea, Level(level), at=days.now)
            days.on(DAY)
            for idea in chance.sample(several, 12):
                wishes.say(pair.host.at(pair.bond), idea, Level(chance.randint(0, 3)), at=days.now)
            pages = ("/", "/us", HOME, f"{HOME}?cost=3", CARDS_PAGE, MINE, "/practise/our-time")
            got.append([html(pair.guest.client.get(page)) for page in pages])
    assert got[0] == got[1] == got[2]


def test_ten_cards_and_a_word_taken_back(pair: Pair) -> None:
    client, seen = pair.host.client, []
    address = CARDS_PAGE
    for _ in range(10):
        page = html(client.get(address))
        idea = re.search(r'name="idea" value="([^"]+)"', page)
        assert idea
        seen.append(idea[1])
        address = client.post(address, {"idea": idea[1], "level": "2"})["Location"]
    page = words(client.get(address))
    assert len(set(seen)) == 10
    assert "That is ten" in page
    client.post(MINE, {"idea": seen[-1], "level": ""})
    assert len(re.findall(r'class="saying"', html(client.get(MINE)))) == 9


def test_both_soon_meet_the_same_cards_each_in_an_order_of_their_own(pair: Pair) -> None:
    first = []
    for person in (pair.host, pair.guest):
        place = person.at(pair.bond)
        found = keeping.gather(Shelf.of_bond(place), wishes.WISHES)
        left = wishes.left_for(found, place, Sieve(), at=timezone.now())
        first.append([idea.id for idea in left[:60]])
    assert len(set(first[0]) & set(first[1])) > 30
    assert first[0] != first[1]


def test_a_sieve_lets_through_what_costs_little_unless_somebody_says_otherwise(
    pair: Pair, days: Days
) -> None:
    for person in (pair.host, pair.guest):
        say(person, "try-climbing-low-wall", Level.LOVE)
        say(person, HIKE, Level.LIKE)
    days.on(DAY)
    assert [
        len(shown(pair.host)),
        len(re.findall(r"Find a time", html(pair.host.client.get(f"{HOME}?cost=2")))),
    ] == [1, 2]
    assert "Nothing yet" in words(pair.host.client.get(f"{HOME}?energy=0&minutes=junk"))


def test_an_idea_of_ones_own_is_among_the_others_cards_from_the_next_day_on(pair: Pair, days: Days) -> None:
    pair.host.client.post(MINE, {"text": "walk to the old mill"})
    assert "walk to the old mill" in words(pair.host.client.get(MINE))
    assert "old mill" not in words(pair.guest.client.get(CARDS_PAGE))
    days.on(DAY)
    card = pair.guest.client.get(CARDS_PAGE)
    assert "walk to the old mill" in words(card)
    assert f"An idea of {pair.host.name}" in words(card)
    say(pair.guest, re.findall(r'name="idea" value="(own-[^"]+)"', html(card))[0], Level.LIKE)
    days.on(DAY)
    assert shown(pair.host) == ["walk to the old mill"]
    assert pair.host.client.post(MINE, {"text": "x" * 200}).status_code == 422


def test_a_date_is_put_forward_agreed_moved_and_let_go(pair: Pair, days: Days) -> None:
    assert put(pair.host, "walk", days.now + DAY, days.now + 2 * DAY).status_code == 302
    assert f"{pair.host.name} suggests" in words(pair.guest.client.get("/"))
    assert "Suggested to" in words(pair.host.client.get("/"))
    slot = quarter_of(days.now + 2 * DAY)
    answer(pair.host, pair, str(slot))
    answer(pair.guest, pair, "77")
    assert not only(pair.host, pair).it.agreed, "nobody says yes to their own, nor to another time"
    answer(pair.guest, pair, str(slot))
    for person in (pair.host, pair.guest):
        assert "then we walk" in words(person.client.get("/"))
    assert answer(pair.host, pair, "move")["Location"].startswith(OFFER)
    pages = [words(person.client.get("/")) for person in (pair.host, pair.guest)]
    assert all("Let us find another time" in page for page in pages)
    assert "Take it out of my calendar" in words(pair.guest.client.get(HOME))
    assert "is off" not in "".join(pages), "another time is looked for"
    put(pair.guest, "walk", days.now + 3 * DAY, record=str(only(pair.host, pair).ref))
    assert only(pair.host, pair).state == "theirs"
    answer(pair.host, pair, str(quarter_of(days.now + 3 * DAY)))
    assert moment_of(only(pair.host, pair).it.begins) == days.now + 3 * DAY
    entry = ""
    for person in (pair.host, pair.guest):
        entry = re.findall(r'href="(/b/[^"]+/times/[^"]+)"', html(person.client.get(HOME)))[0]
        told = person.client.get(entry).content.decode()
        assert "SEQUENCE:2" in told, "taken out as it was moved, and put in again under the same id"
        assert "walk" not in told
    answer(pair.guest, pair, "go")
    assert "STATUS:CANCELLED" in pair.host.client.get(entry).content.decode()
    for person in (pair.host, pair.guest):
        page = person.client.get(HOME)
        assert "walk" not in words(page)
        assert "is off. Take it out of my calendar" in words(page)
        assert entry in html(page)
        assert "is off Take it out of my calendar" in words(person.client.get("/"))
    away = {"sort": "off", "record": entry.rpartition("/")[2]}
    pair.host.client.post(f"/b/{pair.bond.pk}/away", away)
    assert "is off" not in words(pair.host.client.get("/"))
    assert "is off" in words(pair.guest.client.get("/"))
    days.on(4 * DAY)
    assert "my calendar" not in words(pair.host.client.get(HOME)), "what is past is in nobody's way"


@pytest.mark.parametrize("state", ["agreed", "suggested"])
def test_whoever_is_not_here_is_called_for_a_date_that_is_off_and_for_no_suggestion_less(
    pair: Pair, days: Days, state: str
) -> None:
    for person in (pair.host, pair.guest):
        chosen.store(person.user.pk, chosen.Chosen())
    put(pair.host, "walk", days.now + 3 * DAY)
    if state == "agreed":
        answer(pair.guest, pair, str(quarter_of(days.now + 3 * DAY)))
    Cause.objects.all().delete()

    answer(pair.host, pair, "go")
    called = [cause.member.user for cause in Cause.objects.all()]
    assert called == ([pair.guest.user] if state == "agreed" else [])


def test_both_look_in_their_calendars_and_the_times_that_suit_stand_in_the_form(
    pair: Pair, days: Days
) -> None:
    asked = {"about": "walk by the river", "minutes": "60"}
    assert pair.host.client.post("/our-time/date/look", asked)["Location"] == "/times", (
        "first say when you are free"
    )
    for person in (pair.host, pair.guest):
        calendar = own.Calendar(busy=[], until=minute_of(days.now) + own.AHEAD)
        keeping.put(Shelf.at_hand(person.user.pk, person.ring), own.CALENDAR, calendar, at=days.now)
    pair.host.client.post("/our-time/date/look", asked)
    assert f"when {pair.guest.name} looks too" in words(pair.host.client.get(OFFER))
    assert f"{pair.host.name} looks for a time with you" in words(pair.guest.client.get("/"))
    pair.guest.client.post("/our-time/date/look", {"about": "", "minutes": ""})

    first = ""
    for person in (pair.host, pair.guest):
        assert "Times that suit you both" in words(person.client.get("/"))
        page = html(person.client.get(OFFER))
        assert 'value="walk by the river"' in page
        (first,) = re.findall(r'name="first" value="([^"]+)"', page)
    put(pair.host, "walk by the river", timezone.make_aware(datetime.fromisoformat(first)))
    answer(pair.guest, pair, str(only(pair.guest, pair).it.slots[0]))
    assert "Times that suit you both" not in words(pair.host.client.get("/"))
    pair.host.client.post("/our-time/date/look", asked)
    pair.host.client.post("/our-time/date/look", {"answer": "back"})
    assert "looks for a time" not in words(pair.guest.client.get("/"))


def test_what_is_no_date_is_refused_and_what_was_typed_stays(pair: Pair, days: Days) -> None:
    for sent in (
        {},
        {"first": "junk"},
        {"first": when(days.now - DAY)},
        {"first": when(days.now + 200 * DAY)},
        {"act": ""},
    ):
        refused = pair.host.client.post(OFFER, {"act": "canary walk", "minutes": "60", **sent})
        assert refused.status_code == 422
        assert sent.get("act", "canary walk") in html(refused)
    for _ in range(2):
        assert (
            put(
                pair.host, "sit", cue="the rain stops", once="6f1f1f6e-2f0b-4a5e-9d43-0a1f0c2d3e4f"
            ).status_code
            == 302
        )
    assert only(pair.host, pair).state == "mine", "sent twice it is one"
    assert "when the rain stops" in words(pair.guest.client.get("/"))


def test_how_it_was_opens_when_both_have_said_it_and_again_only_if_both_would(pair: Pair, days: Days) -> None:
    put(pair.host, "walk", days.now + DAY)
    answer(pair.guest, pair, str(quarter_of(days.now + DAY)))
    assert pair.host.client.get(f"{AFTER}?record={only(pair.host, pair).ref}").status_code == 302
    days.on(2 * DAY)
    before = [html(pair.guest.client.get(page)) for page in ("/", "/us", HOME)]
    sent = {"record": str(only(pair.host, pair).ref), "minutes": "90", "again": "yes"}
    told = {**sent, "words": "the kingfisher", "present": "7"}
    assert pair.host.client.post(AFTER, told).status_code == 302
    assert [each.present for each in readings_of(pair.host)] == [7], "in their own drawer"

    assert [html(pair.guest.client.get(page)) for page in ("/", "/us", HOME)] == before
    assert "the kingfisher" in words(pair.host.client.get(HOME))
    pair.guest.client.post(AFTER, {**sent, "words": "the bench", "minutes": "60"})
    for person in (pair.host, pair.guest):
        page = words(person.client.get(HOME))
        assert all(
            each in page
            for each in ("the kingfisher", "the bench", "both do this again", "about an hour together")
        )
        assert "about an hour together" in words(person.client.get("/us"))
    answer(pair.host, pair, "untell")
    assert "the kingfisher" not in words(pair.guest.client.get(HOME))
    assert "the bench" in words(pair.guest.client.get(HOME))
    days.on(29 * DAY)
    assert "in the last four weeks" not in words(pair.host.client.get(HOME)).casefold()


def test_all_that_is_kept_can_be_reached_however_much_it_is(pair: Pair, days: Days) -> None:
    place = pair.host.at(pair.bond)
    for n in range(30):
        been = Outing(
            seat="host", act=f"walk {n:02}", begins=quarter_of(days.now - (n + 1) * DAY), agreed=True
        )
        dates.put_kept(place, been, at=days.now)
    address, seen = HOME, ""
    while address:
        page = pair.host.client.get(address)
        seen += words(page)
        address = next(iter(re.findall(r'href="(\?from=\d+)"', html(page))), "")
        address = address and HOME + address
    assert all(f"walk {n:02}" in seen for n in range(30))


def test_after_two_times_an_hour_is_held_for_four_weeks(pair: Pair, days: Days) -> None:
    for n in range(2):
        place = pair.host.at(pair.bond)
        been = Outing(seat="host", act=f"walk {n}", begins=quarter_of(days.now - DAY), agreed=True)
        dates.put_kept(place, been.telling("host", ("", 0, True), days.now), at=days.now)
    assert "An hour of every week?" in words(pair.host.client.get(HOME))
    assert "An hour of every week?" not in words(pair.guest.client.get(HOME))
    put(pair.host, "sit by the river", days.now + DAY, weekly="yes")
    found = keeping.gather(Shelf.of_bond(pair.guest.at(pair.bond)), dates.OUTING)
    (new,) = (i for i in dates.items_in(found, pair.guest.at(pair.bond), at=days.now) if i.state == "theirs")
    pair.guest.client.post(ANSWER, {"record": str(new.ref), "answer": str(quarter_of(days.now + DAY))})

    assert words(pair.host.client.get(HOME)).count("sit by the river") == 4


def test_what_somebody_typed_for_a_date_begins_as_they_typed_it(pair: Pair, days: Days) -> None:
    pair.host.client.post(MINE, {"text": "Berlin by night"})
    say(pair.host, HIKE, Level.LOVE)
    (ref,) = (idea for idea, _ in said_now(pair.host, pair) if idea.startswith("own-"))
    acts = [re.findall(r'name="act" value="([^"]+)"', html(pair.host.client.get(f"{OFFER}?idea={idea}"))) for idea in (ref, HIKE)]  # fmt: skip
    assert acts == [["Berlin by night"], [HIKE_SAYS[:1].lower() + acts[1][0][1:]]]


def test_what_somebody_wrote_goes_with_them_and_is_in_their_copy(pair: Pair, days: Days) -> None:
    place = pair.host.at(pair.bond)
    wishes.add(place, "canary mill", at=days.now)
    films.add(place, "canary film", at=days.now)
    put(pair.host, "canary walk", days.now + DAY)
    been = Outing(seat="guest", act="swim", begins=quarter_of(days.now - DAY), agreed=True)
    told = been.telling("host", ("canary lake", 60, True), days.now).telling(
        "guest", ("the towel", 60, True), days.now
    )
    dates.put_kept(place, told, at=days.now)
    assert all(
        each in take(pair.host)[1] for each in ("canary mill", "canary film", "canary walk", "canary lake")
    )
    assert "canary mill" not in take(pair.guest)[1]

    withdraw_all(place, at=days.now)

    assert "canary" not in take(pair.guest)[1]
    assert "the towel" in take(pair.guest)[1]
