"""What two people have for the evening itself: five films, and something to talk about."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from nearer.practices.closer.told import keeping as tellings
from nearer.practices.closer.told.rules import Sort, Told
from nearer.practices.closer.told.rules import Wish as Wants
from nearer.practices.needs import kept
from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.dates.rules import Outing
from nearer.practices.ourtime.moves import Level, quarter_of
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.protocol import Seat
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair
from tests.pages.reading import html, words
from tests.pages.test_queries import cost
from tests.unit.needs.maps import side

pytestmark = pytest.mark.django_db


def test_five_films_are_theirs_to_choose(pair: Pair) -> None:
    client = pair.host.client
    for n in range(6):
        client.post("/our-time/films", {"title": f"Film {n}"})
    page = pair.guest.client.get("/our-time/films")
    assert ("Film 4" in words(page), "Film 5" in words(page)) == (True, False)
    ref = re.findall(r'name="record" value="([^"]+)"', html(page))[0]
    pair.guest.client.post("/our-time/films", {"record": ref, "answer": "seen"})
    assert words(client.get("/our-time/films")).count("We have seen it") == 4
    client.post("/our-time/films", {"record": ref, "answer": "off"})
    assert "Put it on our list" in words(client.get("/our-time/films"))
    assert client.post("/our-time/films", {"title": "x" * 99}).status_code == 422


def test_questions_to_talk_about_come_one_at_a_time_and_none_twice(pair: Pair) -> None:
    seen = []
    for _ in range(20):
        address = pair.host.client.post("/our-time/talk")["Location"]
        seen.append(address)
        assert pair.guest.client.get(address).status_code == 200
    assert len(set(seen)) == 20


def test_questions_grow_from_what_both_rated_high_and_what_was_shared(pair: Pair) -> None:
    assert "grew from your own talks" not in words(pair.host.client.get("/our-time/talk"))
    kept.keep_round(pair.host.at(pair.bond), dict.fromkeys(Seat, side({3: 4, 5: 0})), at=timezone.now())
    told = Told(
        seat=pair.guest.at(pair.bond).seat, sort=Sort.HOPE, said={"hope": "canary garden"}, wish=Wants.HELP
    )
    tellings.tell(pair.guest.at(pair.bond), told, at=timezone.now())
    seen = set()
    for _ in range(30):
        address = pair.host.client.post("/our-time/talk", {"from": "ours"})["Location"]
        seen.add(re.findall(r"<h1>([^<]+)</h1>", html(pair.host.client.get(address)))[0])
    assert len(seen) == 2
    assert any("matters to you both" in each for each in seen)
    assert not any("canary" in each for each in seen), "the words stay where they are"


def test_pages_cost_the_same_with_a_hundred_wishes_and_dates(pair: Pair) -> None:
    def live(number: int) -> None:
        for person in (pair.host, pair.guest):
            place, at = person.at(pair.bond), timezone.now()
            ideas = list(wishes.ideas_for(keeping.gather(Shelf.of_bond(place), wishes.WISHES), place, at=at))
            for idea in ideas[:number]:
                wishes.say(place, idea, Level.LIKE, at=at - timedelta(days=3))
        for n in range(number):
            been = Outing(
                seat="host", act="walk", begins=quarter_of(timezone.now()) - 400 * n - 400, agreed=True
            )
            dates.put_kept(pair.host.at(pair.bond), been, at=timezone.now())

    pages = (
        "/",
        "/us",
        "/our-time/both",
        "/our-time/cards",
        "/our-time/mine",
        "/our-time/date",
        "/our-time/talk",
    )
    live(1)
    few = [cost(pair.host.client, page) for page in pages]
    live(100)

    assert [cost(pair.host.client, page) for page in pages] == few
    assert all(len(gzip.compress(pair.host.client.get(page).content)) < 8_000 for page in pages)
