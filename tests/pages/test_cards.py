"""Today and Us are made of cards: each is brought by whoever has something to show, and the pages put them in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from nearer.bonds import first
from nearer.keepsakes import items
from nearer.keepsakes.items import Sort
from nearer.plans import lines, parking
from nearer.plans.lines import PLAN
from nearer.practices.needs import signs
from nearer.records import putaway
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.sittings.models import Sitting
from nearer.testing.cast import (
    Pair,
    arrive,
    make_pair,
    make_person,
    post_move,
    run_of,
    start_floor,
    start_sitting,
)
from nearer.web import cards
from nearer.web.cards import Card, Rank
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.copying import take
from tests.pages.letters import SENT, letters
from tests.pages.reading import at, html, words
from tests.pages.test_keepsakes import keep
from tests.pages.test_queries import cost, counting

pytestmark = pytest.mark.django_db

ELSEWHERE = "Something waits in another bond:"
UNOPENED = "Something here could not be opened."


def card(rank: Rank, name: str = "") -> Card:
    return Card(place=rank, template=name or rank.name)


def test_what_waits_for_me_comes_first_and_one_next_thing_at_most() -> None:
    every = [card(rank) for rank in reversed(Rank)]

    assert [each.place for each in cards.today(every)] == [rank for rank in Rank if rank is not Rank.NEXT]
    calm = [card(Rank.STANDS), card(Rank.NEXT, "one"), card(Rank.NEXT, "two"), card(Rank.NEW)]
    assert [each.template for each in cards.today(calm)] == ["NEW", "one", "STANDS"]


def test_one_quiet_question_is_asked_and_the_others_are_folded() -> None:
    quiet = [card(Rank.ASKS, name) for name in ("picture", "look", "sentences")]

    picture, more, stands = cards.today([card(Rank.STANDS), *quiet])
    assert (picture, stands.place) == (quiet[0], Rank.STANDS)
    assert more.context["more"] == quiet[1:]
    assert cards.today(quiet[:1]) == quiet[:1]


def test_today_begins_with_what_waits_for_me(pair: Pair) -> None:
    me, them = pair.host.at(pair.bond), pair.guest.at(pair.bond)
    start_floor(pair)
    lines.propose(me, cue="the week is over", act="walk", at=timezone.now())
    lines.propose(them, cue="the kitchen is tidy", act="sit down", at=timezone.now())
    signs.notice(them, "You went quiet at dinner. Was that tiredness?", at=timezone.now())

    page = words(pair.host.client.get("/"))

    first_of_mine = ["You went quiet at dinner", "the kitchen is tidy", "You two have begun"]
    assert max(page.index(each) for each in first_of_mine) < page.index("the week is over")
    assert page.index("the week is over") < page.index("Practices")
    assert "Begin with" not in page
    assert "You went quiet" not in words(pair.guest.client.get("/"))


def test_what_does_not_open_costs_its_own_card_and_no_other(pair: Pair) -> None:
    place = pair.host.at(pair.bond)
    lines.propose(place, cue="the kitchen is tidy", act="sit down", at=timezone.now())
    parking.park(place, "the holidays", at=timezone.now())
    row = Record.objects.get(label=Shelf.of_bond(place).label(PLAN.name))
    row.sealed = bytes(row.sealed)[:-1] + bytes([bytes(row.sealed)[-1] ^ 1])
    row.save()

    for person in (pair.host, pair.guest):
        today, us = person.client.get("/"), person.client.get("/us")
        assert today.status_code == us.status_code == 200
        for page in (today, us):
            assert words(page).count(UNOPENED) == 1
            assert "kitchen" not in words(page)
        assert "the holidays" in words(us)


def test_all_cards_are_made_of_one_gathering(pair: Pair) -> None:
    for path in ("/", "/us"):
        pair.host.client.get(path)
        with counting() as count:
            pair.host.client.get(path)
        assert sum("records_record" in sql for sql in count.sql) == 1, count.sql


def test_the_first_question_waits_first_and_stands_low_once_it_is_open(pair: Pair, floor: Sitting) -> None:
    assert "first-answer" not in html(pair.guest.client.get("/"))
    first.begin(pair.bond, key=pair.host.at(pair.bond).key, question="smile", words="the garden")

    asked = html(pair.guest.client.get("/"))
    assert asked.index("first-answer") < asked.index("/practise/listening")
    first.answer(pair.guest.at(pair.bond), "the swim")

    opened = html(pair.guest.client.get("/"))
    assert (
        opened.index("You two have begun") < opened.index("the garden") < opened.index("/practise/listening")
    )


def test_the_other_in_the_room_stands_first_and_nothing_does_that_one_does_alone(pair: Pair) -> None:
    sitting = start_sitting(pair)
    before = words(pair.guest.client.get("/"))
    assert "Open now, for both of you" in before

    pair.host.client.get(f"/s/{sitting.pk}")
    assert words(pair.guest.client.get("/")) == before

    assert post_move(pair.host, sitting, "Ready").status_code == 302
    assert "Alice is in the room. Come in." in words(pair.guest.client.get("/"))
    assert "The door is open for" in words(pair.host.client.get("/"))
    assert post_move(pair.guest, sitting, "Ready").status_code == 302
    for person in (pair.host, pair.guest):
        assert "You two have begun." in words(person.client.get("/"))


def test_a_photo_stands_on_today_until_it_was_seen_and_is_nobodys_who_put_it_there(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    at(monkeypatch, now)
    keep(pair.host, pair, sort=Sort.PHOTO, words="the harbour at noon", before=timedelta())
    assert "added a photo" not in words(pair.guest.client.get("/"))
    at(monkeypatch, now + items.WAITS)

    told = words(pair.guest.client.get("/"))
    assert "Alice added a photo for the two of you" in told
    assert "the harbour" not in told, "what one has not chosen to see is not put before one"
    assert "added a photo" not in words(pair.host.client.get("/"))
    shown = html(pair.host.client.get(f"/b/{pair.bond.pk}/keepsakes"))

    assert "the harbour at noon" in words(pair.guest.client.get(f"/b/{pair.bond.pk}/keepsakes"))
    assert "added a photo" not in words(pair.guest.client.get("/"))
    assert html(pair.host.client.get(f"/b/{pair.bond.pk}/keepsakes")) == shown
    at(monkeypatch, now + items.WAITS * 2)
    keep(pair.host, pair, sort=Sort.PHOTO, before=timedelta())
    at(monkeypatch, now + items.WAITS * 3)
    assert "Alice added a photo" in words(pair.guest.client.get("/"))
    pair.guest.client.get("/us")
    assert "Alice added a photo" not in words(pair.guest.client.get("/"))


def test_a_page_that_asks_for_its_cards_gets_them_alone_and_uses_nothing_up(pair: Pair) -> None:
    part = pair.host.client.get("/", headers={"X-Fragment": "cards"})

    assert html(part).lstrip().startswith('<div id="cards"')
    assert html(part).strip() in html(pair.host.client.get("/"))


def test_what_is_open_in_another_bond_is_said_on_one_line_that_leads_there(
    pair: Pair, other_pair: Pair
) -> None:
    alice = pair.host
    alice.client.post(f"/b/{pair.bond.pk}/switch")
    assert ELSEWHERE not in words(alice.client.get("/"))
    start_sitting(other_pair)

    page = words(alice.client.get("/"))
    assert f"{ELSEWHERE} Dana" in page
    assert page.index(ELSEWHERE) < page.index("Practices")
    alice.client.post(f"/b/{other_pair.bond.pk}/switch")
    assert "Open now, for both of you" in words(alice.client.get("/"))
    assert ELSEWHERE not in words(pair.guest.client.get("/"))


def put_a_plan(pair: Pair) -> None:
    lines.propose(pair.guest.at(pair.bond), cue="the week is over", act="walk", at=timezone.now())


def ask_about_a_sign(pair: Pair) -> None:
    signs.notice(pair.guest.at(pair.bond), "You went quiet at dinner.", at=timezone.now())


def send_a_letter(pair: Pair) -> None:
    arrive(pair, letters(Pair(host=pair.guest, guest=pair.host, bond=pair.bond), SENT))


@pytest.mark.parametrize("put", [put_a_plan, ask_about_a_sign, send_a_letter], ids=lambda put: put.__name__)
def test_what_waits_in_another_bond_comes_first_in_the_one_that_is_looked_at(
    pair: Pair, other_pair: Pair, put: Callable[[Pair], None]
) -> None:
    alice, dana = other_pair.host, other_pair.guest
    alice.client.post(f"/b/{pair.bond.pk}/switch")
    put(other_pair)

    page = words(alice.client.get("/"))
    assert f"{ELSEWHERE} Dana friend · here together since" in page
    assert page.index(ELSEWHERE) < page.index("Practices")
    assert "went quiet" not in page
    assert "walk" not in page
    for person in (dana, pair.guest):
        assert ELSEWHERE not in words(person.client.get("/"))


def test_what_was_put_away_waits_in_no_other_bond(pair: Pair, other_pair: Pair) -> None:
    alice = pair.host
    put_a_plan(other_pair)
    there = alice.at(other_pair.bond)
    ref = lines.lines_of(there, at=timezone.now()).lines[0].ref
    putaway.put_away(there, alice.ring, putaway.Thing(str(ref), "plan", "2026-06-17"), at=timezone.now())
    alice.client.post(f"/b/{pair.bond.pk}/switch")

    assert ELSEWHERE not in words(alice.client.get("/"))


def test_a_letter_in_another_bond_is_announced_on_the_day_before_it_ends(
    pair: Pair, other_pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = pair.host
    sitting = letters(other_pair, SENT)
    alice.client.post(f"/b/{pair.bond.pk}/switch")
    arrive(other_pair, sitting)
    assert ELSEWHERE not in words(alice.client.get("/"))
    ends = run_of(alice, sitting).position.rests
    assert ends

    at(monkeypatch, ends - timedelta(hours=24))
    assert f"{ELSEWHERE} Dana" in words(alice.client.get("/"))
    at(monkeypatch, ends + timedelta(minutes=1))
    assert ELSEWHERE not in words(alice.client.get("/"))


def test_what_waits_elsewhere_costs_the_same_in_one_bond_and_in_five(pair: Pair, other_pair: Pair) -> None:
    client, costs = pair.host.client, []
    client.post(f"/b/{pair.bond.pk}/switch")
    for bond in (other_pair, *(make_pair(pair.host, make_person(f"Dana {n}")) for n in range(4))):
        for put in (put_a_plan, ask_about_a_sign, send_a_letter):
            put(bond)
        costs.append(cost(client, "/"))

    assert words(client.get("/")).count(ELSEWHERE) == 5
    assert costs == costs[:1] * 5


def test_what_each_noted_stands_on_us_once_both_kept_it(pair: Pair) -> None:
    sitting = play_to_the_end(pair)
    keep_it(pair, sitting, guest=True)

    for person in (pair.host, pair.guest):
        us = words(person.client.get("/us"))
        assert "What you said, and kept" in us
        assert "Kept sittings" in us
        assert "The Floor" in words(person.client.get("/us/kept"))


def test_one_person_is_one_shape_on_both_screens(pair: Pair) -> None:
    """By seat, which the stylesheet reads: a disc for whoever invited, a diamond for the other."""
    assert "data-seat" not in html(pair.host.client.get("/us")).split("<body", 1)[0]
    assert 'data-seat="guest"' in html(pair.guest.client.get("/us")).split("<body", 1)[0]


def test_a_photo_in_the_copy_is_a_picture(pair: Pair) -> None:
    keep(pair.host, pair, sort=Sort.PHOTO, words="the harbour")

    data, page, _ = take(pair.host)

    file = data["spaces"][0]["keepsakes"][0]["file"]
    assert f'<img src="{file}" alt=' in page
