"""Whoever left takes all their words back there: of what they wrote nothing is left, and what is the other's stays."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nearer.bonds import first
from nearer.files.rewritten import Rewritten
from nearer.keepsakes import items
from nearer.leaving.leave import leave
from nearer.plans import lines, looks, parking
from nearer.practices.needs import kept, signs
from nearer.practices.needs.kept import ASKED, Asked
from nearer.practices.needs.moves import Way
from nearer.records import keeping
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.sittings.models import Entry
from nearer.testing.cast import Pair, Person, open_drawer
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.needs_talk import reveal
from tests.pages.reading import at, html
from tests.unit.needs.maps import guess_of, side

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R8"), pytest.mark.rule("R6")]

PAGES = ("/", "/us", "/mirror/lines", "/mirror/maps")


@pytest.fixture(autouse=True)
def _commit(django_capture_on_commit_callbacks: Any) -> Any:
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture(name="lived")
def _lived(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> Pair:
    """Each has said, planned, parked, shown, asked, answered and mapped something, with their name in it."""
    at(monkeypatch, timezone.now())
    first.begin(pair.bond, key=pair.host.at(pair.bond).key, question="smile", words="Alice first")
    first.answer(pair.guest.at(pair.bond), "Bob first")
    keep_it(pair, play_to_the_end(pair, topic="Alice topic", said="Alice said"))
    for person, other in ((pair.host, pair.guest), (pair.guest, pair.host)):
        _live(person.at(pair.bond), person, other.name)
    for person in (pair.host, pair.guest):
        _answers(person, pair)
    _maps(pair)
    return pair


def _live(place: Any, person: Person, other: str) -> None:
    now, shelf = timezone.now(), Shelf.of_person(person.user.pk, person.ring)
    lines.propose(place, cue=f"{person.name} cue", act=f"{person.name} act", at=now)
    parking.park(place, f"{person.name} parked", at=now)
    parking.park(place, f"{other} typed elsewhere", at=now, for_other=True)
    line = signs.Line(channel="voice", words=f"{person.name} line")
    signs.show(place, keeping.put(shelf, signs.LINE, line, at=now), at=now)
    signs.notice(place, f"{person.name} noticed", at=now)
    asked = Asked(
        owner=place.seat, card=9, name=f"{person.name} need", words=f"{person.name} request", by="2026-01-05"
    )
    keeping.put(Shelf.of_bond(place), ASKED, asked, at=now)
    photo_of(place, f"{person.name} keepsake")


def photo_of(place: Any, text: str) -> None:
    """Put a photo onto the shelf that the other sees by now."""
    made, when = Rewritten(content=b"a photo"), timezone.now() - items.WAITS
    items.add(place, made, sort=items.Sort.PHOTO, words=text, alt=f"{text} alt", at=when)


def _answers(person: Person, pair: Pair) -> None:
    place, now = person.at(pair.bond), timezone.now()
    for question in signs.asked_of(signs.gather(place), place):
        signs.answer(place, question.ref, "more", f"{person.name} answer", at=now)
    for request in kept.gather(place).of(ASKED):
        if request.document.owner != place.seat:
            kept.answer(place, request.ref, Way.ANOTHER, f"{person.name} reply", at=now)


def _maps(pair: Pair) -> None:
    """Keep two maps in which each shows a card of their own and misses one of the other's."""
    guess = guess_of({}, 0).levels
    sides = {
        person.at(pair.bond).seat: side({0: 4, 5: 4, 16: 3}, names={5: f"{person.name} named", 16: f"{person.name} card"})
        .showing(16, met=False)
        .showing(5, met=False)
        for person in (pair.host, pair.guest)
    }  # fmt: skip
    kept.keep_round(
        pair.host.at(pair.bond),
        {seat: replace(each, guesses=guess) for seat, each in sides.items()},
        at=timezone.now(),
    )


def take_all_back(person: Person, pair: Pair) -> Any:
    leave(person.at(pair.bond), person.ring, at=timezone.now())
    open_drawer(person)
    return person.client.post("/settings/spaces", {"bond": str(pair.bond.pk), "do": "withdraw"})


def seen_by(person: Person, pair: Pair) -> str:
    shelf = f"/b/{pair.bond.pk}/keepsakes"
    words = [line.split('"')[0] for line in html(person.client.get("/us")).split('href="/s/')[1:]]
    return "".join(
        html(person.client.get(path)) for path in (*PAGES, shelf, *(f"/s/{ref}/words" for ref in words))
    )


def stored_for(person: Person, pair: Pair) -> str:
    """Return everything that lies on the bond's shelf, as the one who stayed could open it."""
    shelf = Shelf.of_bond(person.at(pair.bond))
    key = shelf.key()
    return json.dumps([keeping.opened(row, shelf, key)[1] for row in Record.objects.filter(bond=pair.bond)])


WRITTEN = (
    "first", "cue", "act", "parked", "typed elsewhere", "line", "noticed", "answer", "request", "need", "reply",
    "named", "card", "keepsake",
)  # fmt: skip


@pytest.mark.parametrize("leaver", ["host", "guest"])
def test_nothing_the_leaver_wrote_is_left_and_all_that_is_the_others_stays(lived: Pair, leaver: str) -> None:
    person: Person = getattr(lived, leaver)
    other = lived.guest if person is lived.host else lived.host
    before = seen_by(other, lived)
    own = [f"{person.name} {each}" for each in WRITTEN]
    assert [each for each in own if each not in before] == []

    assert "Your words there are withdrawn." in html(take_all_back(person, lived))

    after, stored = seen_by(other, lived), stored_for(other, lived)
    assert [each for each in own if each in after] == []
    assert [each for each in own if each in stored] == []
    theirs = [f"{other.name} {each}" for each in WRITTEN]
    assert [each for each in theirs if each not in after] == []
    for path in ("/us", "/mirror/lines", "/mirror/maps"):
        assert "data-withdrawn" in html(other.client.get(path)), path


def test_what_one_said_of_plans_and_a_yes_that_has_not_begun_go_as_well(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = timezone.now()
    lines.propose(pair.guest.at(pair.bond), cue="Bob old cue", act="act", at=begun)
    old = lines.lines_of(pair.host.at(pair.bond), at=begun).lines[0].ref
    lines.confirm(pair.host.at(pair.bond), old, at=begun)
    at(monkeypatch, begun + timedelta(days=9))
    looks.say(pair.host.at(pair.bond), old, looks.Verdict.DROP, at=timezone.now())
    lines.propose(pair.guest.at(pair.bond), cue="Bob new cue", act="act", at=timezone.now())
    new = lines.lines_of(pair.host.at(pair.bond)).put_to_me[0].ref
    lines.confirm(pair.host.at(pair.bond), new, at=timezone.now())

    take_all_back(pair.host, pair)

    at(monkeypatch, begun + timedelta(days=11))
    place = pair.guest.at(pair.bond)
    assert keeping.find(Shelf.of_bond(place), looks.SAID) == []
    assert [line.cue for line in lines.lines_of(place).put_to_them] == ["Bob new cue"], (
        "no yes comes afterwards"
    )
    assert [line.cue for line in lines.lines_of(place).agreed] == ["Bob old cue"]


def test_a_plan_taken_back_takes_what_was_said_of_it_along(pair: Pair) -> None:
    lines.propose(pair.host.at(pair.bond), cue="a cue", act="an act", at=timezone.now())
    ref = lines.lines_of(pair.host.at(pair.bond)).lines[0].ref
    for person, verdict in ((pair.host, looks.Verdict.KEEP), (pair.guest, looks.Verdict.DROP)):
        looks.say(person.at(pair.bond), ref, verdict, at=timezone.now())
    assert keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), looks.BOTH)

    take_all_back(pair.host, pair)

    assert keeping.find(Shelf.of_bond(pair.guest.at(pair.bond)), looks.BOTH) == []


def test_a_map_that_was_being_drawn_when_one_left_is_gone(pair: Pair) -> None:
    reveal(pair)

    take_all_back(pair.host, pair)

    assert not Entry.objects.exists()
