"""The pulse is for oneself: nobody else's page is any different for it."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nearer.leaving import leave as leaving
from nearer.pulse import readings
from nearer.pulse.readings import Reading
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.sittings.models import Sitting
from nearer.sittings.run.header import Header
from nearer.statistics.trend import ENOUGH
from nearer.testing.cast import Pair, Person, fresh, open_drawer, sign_in
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.reading import at, everything_stored, html, words

pytestmark = pytest.mark.django_db

# Once the plan has been passed over.
THEN = {"then": "pulse"}
LEVELS = {"understood": 8, "accepted": 7, "cared": 0, "close": 10}
ASKED = "In this time together I felt …"
NONE = "Nothing yet."


def give(person: Person, pair: Pair, **sent: Any) -> Any:
    return person.client.post(f"/b/{pair.bond.pk}/pulse", sent)


def own_page(person: Person) -> Any:
    """Open the drawer and read the own readings in it."""
    open_drawer(person)
    return person.client.get("/pulse")


def own_shelf(person: Person) -> Shelf:
    return Shelf.of_person(person.user.pk, person.ring, person.drawer)


def of(person: Person) -> list[Reading]:
    return [kept.document for each in readings.own(own_shelf(person)) for kept in each.readings]


@pytest.fixture(params=["kept", "not kept"])
def done(pair: Pair, request: pytest.FixtureRequest) -> Sitting:
    """A sitting that came to its own end."""
    sitting = play_to_the_end(pair)
    keep_it(pair, sitting, guest=request.param == "kept")
    return fresh(sitting)


@pytest.mark.parametrize("giver", ["host", "guest"])
def test_it_is_asked_after_a_done_sitting_and_kept_for_oneself(pair: Pair, done: Sitting, giver: str) -> None:
    person: Person = getattr(pair, giver)
    other, here = pair.guest if person is pair.host else pair.host, f"/s/{done.pk}"
    asked = person.client.get(here, THEN)
    assert ASKED in words(asked)
    assert f"close to {other.name}" in words(asked)
    assert f'name="sitting" value="{done.pk}"' in html(asked)

    assert give(person, pair, sitting=done.pk, next=here, **LEVELS)["Location"] == f"{here}#pulse"

    assert ASKED not in words(person.client.get(here, THEN))
    assert ASKED in words(other.client.get(here, THEN))
    (reading,) = of(person)
    assert {item: asdict(reading)[item] for item in LEVELS} == LEVELS
    page = words(own_page(person))
    for text in (
        f"With {other.name}",
        "For you, on",
        "understood 8 of 10",
        "cared for 0 of 10",
        "too early to say",
    ):
        assert text in page
    assert f"close to {other.name} 10 of 10" in page
    assert of(other) == []
    assert NONE in words(own_page(other))


def test_who_chooses_nothing_is_done_and_not_asked_for_a_plan_once_more(pair: Pair, done: Sitting) -> None:
    assert give(pair.host, pair, sitting=done.pk, next=f"/s/{done.pk}")["Location"] == "/"
    assert NONE in words(own_page(pair.host))


@pytest.mark.rule("R7", "R11")
def test_no_page_of_the_other_is_any_different(
    pair: Pair, done: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, timezone.now())  # a sitting's page carries the time
    paths = ["/", "/us", "/practise", "/pulse", "/settings", f"/s/{done.pk}", f"/b/{pair.bond.pk}/plans"]
    guest = pair.guest.client
    open_drawer(pair.guest)
    before = [html(guest.get(path)) for path in paths]

    give(pair.host, pair, sitting=done.pk, **LEVELS)

    assert [html(guest.get(path)) for path in paths] == before


def test_each_of_the_four_may_be_left_out_and_all_of_them_is_nothing(pair: Pair) -> None:
    assert give(pair.host, pair).status_code == 302
    assert not Record.objects.exists()

    give(pair.host, pair, cared=4)
    page = words(own_page(pair.host))
    assert "cared for 4 of 10" in page
    assert "understood" not in page


@pytest.mark.parametrize("junk", ["11", "-1", "x", "٣", "4.5", "\x00"])
def test_a_number_that_is_none_is_said_kindly(pair: Pair, junk: str) -> None:
    refused = give(pair.host, pair, understood=junk, close=3, next="/us")

    assert refused.status_code == 422
    assert "Choose a number from 0 to 10, or none." in words(refused)
    assert 'name="next" value="/us"' in html(refused)
    assert html(refused).count("checked") == 1
    assert not Record.objects.exists()


def test_a_second_answer_about_a_sitting_takes_the_firsts_place(pair: Pair, done: Sitting) -> None:
    give(pair.host, pair, sitting=done.pk, understood=2)
    give(pair.host, pair, sitting=done.pk, close=9)

    assert [(each.understood, each.close) for each in of(pair.host)] == [(None, 9)]


def test_each_can_be_removed_by_its_own_person_only(pair: Pair) -> None:
    give(pair.host, pair, understood=2)
    ref = Record.objects.get().pk
    for person in (pair.host, pair.guest):
        open_drawer(person)

    for stranger in (pair.guest.client, pair.host.client):
        for record in ("junk", "", str(pair.bond.pk)):
            assert stranger.post("/pulse/forget", {"record": record})["Location"] == "/pulse"
    assert pair.guest.client.post("/pulse/forget", {"record": str(ref)})["Location"] == "/pulse"
    assert Record.objects.filter(pk=ref).exists()

    pair.host.client.post("/pulse/forget", {"record": str(ref)})
    assert not Record.objects.exists()


def test_readings_stand_by_bond_and_stay_when_one_leaves(pair: Pair, other_pair: Pair) -> None:
    give(pair.host, pair, understood=2)
    give(pair.host, other_pair, understood=9)
    give(pair.guest, pair, understood=5)
    for person in (pair.host, pair.guest):
        leaving.leave(person.at(pair.bond), person.ring, at=timezone.now())

    page = words(own_page(pair.host))

    assert page.index("With Dana") < page.index("With Bob")
    assert "2 of 10" in page
    assert "5 of 10" not in page


def test_eight_are_no_longer_too_few_for_a_sentence_and_a_line(pair: Pair) -> None:
    for number in range(ENOUGH):
        give(pair.host, pair, understood=number)

    answer = own_page(pair.host)
    page = words(answer)

    assert "too early to say" not in page
    assert "understood It has grown, as far as your own answers can tell." in page
    assert html(answer).count('class="band"') == 1
    assert "7 of 10" in page
    assert not any(word in page for word in ("average", "trend", "better", "worse"))


def test_without_the_private_key_there_is_no_pulse(pair: Pair, done: Sitting) -> None:
    public = replace(pair.host, ring=replace(pair.host.ring, private=b"", slot=b""), client=Client())
    sign_in(public)
    open_drawer(public)

    assert "One plan for the two of you" in words(public.client.get(f"/s/{done.pk}"))
    assert ASKED not in words(public.client.get(f"/s/{done.pk}"))
    before = everything_stored()["records.Record"]
    for answer in (
        public.client.get("/pulse"),
        give(public, pair, **LEVELS),
        public.client.post("/pulse/forget", {"record": str(done.pk)}),
    ):
        assert (answer.status_code, "could not be opened" in words(answer)) == (409, True)
        assert "of 10" not in words(answer)
    assert everything_stored()["records.Record"] == before
    assert not Record.objects.filter(user__isnull=False).exists()


def test_after_one_phone_each_has_it_on_a_page_of_their_own(pair: Pair) -> None:
    done, place = play_to_the_end(pair), pair.host.at(pair.bond)
    keep_it(pair, done, guest=False)
    done = fresh(done)
    header = replace(Header.of(done, place), mode="one")
    Sitting.objects.filter(pk=done.pk).update(header=header.sealed(sitting=done.pk, place=place))
    pair.guest.client.post(f"/b/{pair.bond.pk}/plans", {"cue": "it rains", "act": "read aloud"})

    page = words(pair.host.client.get(f"/s/{done.pk}"))

    assert "When it rains, then we read aloud." in page
    assert "Yes, let us" in page
    assert ASKED not in page
    assert ASKED in words(pair.host.client.get(f"/s/{done.pk}", THEN))


def test_who_comes_back_later_is_not_asked(
    pair: Pair, done: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, timezone.now() + timedelta(days=4))

    page = words(pair.host.client.get(f"/s/{done.pk}"))
    assert ASKED not in page
    assert "One plan for the two of you" not in page


def test_strangers_and_exes_give_nothing(pair: Pair, charlie: Person) -> None:
    assert give(charlie, pair, **LEVELS).status_code == 404
    leaving.leave(pair.guest.at(pair.bond), pair.guest.ring, at=timezone.now())
    left = Record.objects.count()
    assert give(pair.guest, pair, **LEVELS).status_code == 404
    assert Record.objects.count() == left
