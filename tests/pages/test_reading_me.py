"""Reading me: a guide in the drawer, the lines that are shown, and questions about what was noticed."""

from __future__ import annotations

from typing import Any

import pytest

from nearer.practices.needs import signs
from nearer.practices.needs.signs import LINE, NOTICED, OPEN_MOST
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair, Person, open_drawer
from tests.pages.reading import html, words

pytestmark = pytest.mark.django_db

HIGH, QUIET = "When my voice gets high I am excited", "When I go quiet I am thinking"
SIGNS, MINE = "/mirror/lines", "/mirror/lines/mine"
ASKED = "Your voice went quiet at dinner. Was that so?"


def add(person: Person, text: str, channel: str = "voice", **more: str) -> Any:
    open_drawer(person)
    return person.client.post(MINE, {"channel": channel, "words": text, **more})


def lines(person: Person) -> list[Any]:
    open_drawer(person)
    return keeping.find(Shelf.of_person(person.user.pk, person.ring, person.drawer), LINE)


def change(person: Person, how: str, number: int = 0) -> Any:
    return person.client.post(f"{MINE}/change", {"record": str(lines(person)[number].ref), "how": how})


def noticed(pair: Pair) -> list[Any]:
    return keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), NOTICED)


def test_a_line_is_ones_own_until_it_is_shown(pair: Pair) -> None:
    add(pair.host, HIGH)

    assert HIGH in words(pair.host.client.get(MINE))
    assert HIGH not in words(pair.guest.client.get(SIGNS))
    change(pair.host, "show")
    assert f"My voice {HIGH}" in words(pair.guest.client.get(SIGNS))
    change(pair.host, "hide")
    assert HIGH not in words(pair.guest.client.get(SIGNS))
    assert HIGH in words(pair.host.client.get(MINE))


def test_the_guide_itself_needs_the_drawer(pair: Pair) -> None:
    add(pair.host, HIGH, show="yes")
    shut = Person(**{**vars(pair.host), "client": pair.guest.client})

    assert shut.client.get(MINE).status_code == 403
    assert HIGH in words(pair.guest.client.get(SIGNS))


def test_a_line_taken_back_or_removed_is_gone_for_the_other(pair: Pair) -> None:
    add(pair.host, HIGH, show="yes")
    add(pair.host, QUIET, channel="silence", show="yes")

    pair.host.client.post("/mirror/lines/take-back", {"line": str(lines(pair.host)[0].ref)})
    change(pair.host, "remove", number=1)

    theirs = words(pair.guest.client.get(SIGNS))
    assert HIGH not in theirs
    assert QUIET not in theirs
    assert [kept.document.words for kept in lines(pair.host)] == [HIGH]


def test_nobody_takes_back_or_changes_a_line_of_the_others(pair: Pair, charlie: Person) -> None:
    add(pair.host, HIGH, show="yes")
    ref = str(lines(pair.host)[0].ref)

    for person in (pair.guest, charlie):
        open_drawer(person)
        person.client.post("/mirror/lines/take-back", {"line": ref})
        for how in ("show", "hide", "remove"):
            assert person.client.post(f"{MINE}/change", {"record": ref, "how": how}).status_code == 404

    assert HIGH in words(pair.guest.client.get(SIGNS))


@pytest.mark.parametrize("sent", [{"words": ""}, {"words": "w" * 201}, {"channel": "smell"}])
def test_a_line_that_cannot_be_taken_keeps_what_was_typed(pair: Pair, sent: dict[str, str]) -> None:
    answer = add(pair.host, text=sent.get("words", HIGH), channel=sent.get("channel", "voice"))

    assert answer.status_code == 422
    assert sent.get("words", HIGH) in html(answer)
    assert lines(pair.host) == []


def test_what_the_other_noticed_is_a_question_its_owner_confirms(pair: Pair) -> None:
    pair.guest.client.post(SIGNS, {"words": ASKED})

    assert ASKED in words(pair.host.client.get(SIGNS))
    assert f"{ASKED} Asked." in words(pair.guest.client.get(SIGNS))
    record = {"record": str(noticed(pair)[0].ref)}
    assert pair.guest.client.post("/mirror/lines/noticed", {**record, "said": "yes"}).status_code == 302
    assert noticed(pair)[0].document.said == ""
    pair.host.client.post("/mirror/lines/noticed", {**record, "said": "yes"})

    assert f"{ASKED} Yes, that is so." in words(pair.guest.client.get(SIGNS))


def test_or_corrects(pair: Pair) -> None:
    pair.guest.client.post(SIGNS, {"words": ASKED})
    record = {"record": str(noticed(pair)[0].ref), "said": "more"}

    assert pair.host.client.post("/mirror/lines/noticed", record).status_code == 422
    pair.host.client.post("/mirror/lines/noticed", {**record, "words": "I was only tired"})

    assert "More like: I was only tired" in words(pair.guest.client.get(SIGNS))
    pair.host.client.post("/mirror/lines/noticed", {**record, "said": "leave"})
    assert "only tired" not in words(pair.guest.client.get(SIGNS))


def test_or_leaves_and_whoever_asked_cannot_tell(pair: Pair) -> None:
    pair.guest.client.post(SIGNS, {"words": ASKED})
    before = html(pair.guest.client.get(SIGNS))

    pair.host.client.post("/mirror/lines/noticed", {"record": str(noticed(pair)[0].ref), "said": "leave"})

    assert ASKED not in words(pair.host.client.get(SIGNS))
    assert html(pair.guest.client.get(SIGNS)) == before
    pair.guest.client.post("/mirror/lines/noticed", {"record": str(noticed(pair)[0].ref), "said": "leave"})
    assert noticed(pair) == []


def test_questions_do_not_pile_up(pair: Pair) -> None:
    for number in range(OPEN_MOST + 3):
        pair.guest.client.post(SIGNS, {"words": f"question {number}"})

    waiting = [kept.document.words for kept in noticed(pair) if not kept.document.gone]
    assert waiting == [f"question {n}" for n in range(3, OPEN_MOST + 3)]
    for number in range(2 * OPEN_MOST):
        pair.guest.client.post(SIGNS, {"words": f"again {number}"})
    assert len(noticed(pair)) <= 2 * OPEN_MOST + 1, "nor does what says that they were withdrawn"


def test_a_closed_bond_shows_what_was_shown_and_takes_nothing_new(pair: Pair) -> None:
    add(pair.host, HIGH, show="yes")
    pair.guest.client.post(f"/b/{pair.bond.pk}/space")

    pair.host.client.post(SIGNS, {"words": ASKED})
    assert noticed(pair) == []
    place = pair.host.at(pair.bond)
    signs.take_back(place, str(lines(pair.host)[0].ref))
    assert signs.shown_by(signs.gather(place), place.seat) == []
