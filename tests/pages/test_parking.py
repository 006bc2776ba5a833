"""The parking place: kept for both, five each, and only its author lets one go."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from nearer.leaving import leave as leaving
from nearer.plans import parking
from nearer.plans.forms import ParkForm
from nearer.plans.parking import EACH_MOST, Full, Item
from nearer.protocol import Words
from nearer.records.keeping import BondNotOpen, NotThere
from nearer.records.models import Record
from nearer.sittings.practice import practice
from nearer.testing.cast import Pair, Person
from tests.pages.reading import html, words

pytestmark = pytest.mark.django_db

TEXT = "who drives at Christmas"


def park(person: Person, pair: Pair, text: str = TEXT, *, for_other: bool = False) -> Item:
    return parking.park(person.at(pair.bond), text, at=timezone.now(), for_other=for_other)


def let_go(person: Person, pair: Pair, ref: object) -> Any:
    return person.client.post(f"/b/{pair.bond.pk}/parked/let-go", {"record": str(ref)})


def seen_by(person: Person, pair: Pair) -> list[Item]:
    return parking.items_of(person.at(pair.bond))


def test_both_see_it_and_only_its_author_lets_it_go(pair: Pair) -> None:
    item = park(pair.guest, pair)

    assert item == Item(ref=item.ref, text=Words(TEXT), mine=True, may_go=True)
    assert seen_by(pair.host, pair) == [Item(ref=item.ref, text=Words(TEXT), mine=False, may_go=False)]
    assert parking.item(pair.host.at(pair.bond), item.ref).text == TEXT
    for person in (pair.host, pair.guest):
        assert TEXT in words(person.client.get("/us"))
    assert "Take it back" not in words(pair.host.client.get("/us"))

    assert let_go(pair.host, pair, item.ref)["Location"] == "/us#parked"
    assert seen_by(pair.host, pair)
    assert let_go(pair.guest, pair, item.ref)["Location"] == "/us#parked"
    assert seen_by(pair.guest, pair) == []
    for reader, sees in ((pair.host, True), (pair.guest, False)):
        us = html(reader.client.get("/us"))
        assert TEXT not in us
        assert ("data-withdrawn" in us) == sees
    let_go(pair.host, pair, item.ref)
    assert not Record.objects.exists(), "folded away"
    for gone in (item.ref, uuid4(), "junk"):
        assert let_go(pair.guest, pair, gone)["Location"] == "/us#parked"
    with pytest.raises(NotThere):
        parking.item(pair.host.at(pair.bond), item.ref)


def test_what_was_entered_for_the_other_says_on_whose_phone(pair: Pair) -> None:
    item = park(pair.host, pair, for_other=True)

    (mine,), (theirs,) = seen_by(pair.host, pair), seen_by(pair.guest, pair)
    assert (mine.mine, mine.may_go, mine.on_phone_of) == (False, True, pair.host.name)
    assert (theirs.mine, theirs.may_go, theirs.on_phone_of) == (True, True, pair.host.name)
    for person in (pair.host, pair.guest):
        assert f"written on {pair.host.name}’s phone" in words(person.client.get("/us"))

    let_go(pair.guest, pair, item.ref)
    assert seen_by(pair.guest, pair) == []
    assert seen_by(pair.host, pair)[0].text.withdrawn


@pytest.mark.rule("R8")
def test_an_edit_shows_how_it_read(pair: Pair) -> None:
    refs = [park(pair.guest, pair, text).ref for text in (TEXT, "another")]
    path = f"/b/{pair.bond.pk}/parked/edit"

    for person in (pair.host, pair.guest):
        answer = person.client.post(path, {"record": str(refs[0]), "text": "the garden"})
        assert answer.status_code == (302 if person is pair.guest else 409)
        assert (seen_by(pair.host, pair)[0].text == "the garden") is (person is pair.guest)

    assert [item.ref for item in seen_by(pair.host, pair)] == refs, "in its place"
    assert TEXT in html(pair.host.client.get("/us")).split("data-edited")[1]
    assert pair.guest.client.post(path, {"record": str(refs[0]), "text": " "}).status_code == 422


def test_five_each_whoever_types_them(pair: Pair) -> None:
    for number in range(EACH_MOST - 1):
        park(pair.host, pair, f"topic {number}")
    park(pair.guest, pair, "typed on the other phone", for_other=True)

    for person, for_other in ((pair.host, False), (pair.guest, True)):
        with pytest.raises(Full):
            park(person, pair, "one more", for_other=for_other)
    for number in range(EACH_MOST):
        park(pair.guest, pair, f"theirs {number}")
    assert len(seen_by(pair.host, pair)) == 2 * EACH_MOST


def test_the_same_words_twice_are_one_thing(pair: Pair) -> None:
    assert park(pair.host, pair) == park(pair.host, pair)
    park(pair.guest, pair)

    assert Record.objects.count() == 2


def test_each_can_open_a_sitting_of_its_own(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    item = park(pair.guest, pair)
    monkeypatch.setattr(practice("listening"), "parks", False)
    assert "Open it on" not in words(pair.host.client.get("/us"))
    monkeypatch.setattr(practice("listening"), "parks", True)

    for person in (pair.host, pair.guest):
        page = person.client.get("/us")
        assert "Open it on The Floor" in words(page)
        assert f'<input type="hidden" name="parked" value="{item.ref}">' in html(page)
        assert 'action="/practise/listening/start"' in html(page)


def test_other_bonds_have_their_own(pair: Pair, other_pair: Pair) -> None:
    item = park(pair.host, pair)

    assert seen_by(pair.host, other_pair) == []
    assert let_go(other_pair.guest, pair, item.ref).status_code == 404
    let_go(pair.host, other_pair, item.ref)
    assert seen_by(pair.host, pair) == [item]


def test_in_a_closed_space_nothing_new_is_parked_or_opened(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practice("listening"), "parks", True, raising=False)
    item = park(pair.host, pair)
    leaving.leave(pair.guest.at(pair.bond), pair.guest.ring, at=timezone.now())

    us = words(pair.host.client.get("/us"))
    assert TEXT in us
    assert "Open it on" not in us
    with pytest.raises(BondNotOpen):
        park(pair.host, pair, "more")
    let_go(pair.host, pair, item.ref)
    assert seen_by(pair.host, pair) == []


@pytest.mark.parametrize("text", ["", " \u200b ", "x" * 141, "a\x00b"])
def test_the_form_takes_what_a_topic_can_be(text: str) -> None:
    assert not ParkForm({"text": text}).is_valid()
    assert ParkForm({"text": "x" * 140}).is_valid()
