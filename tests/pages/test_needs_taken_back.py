"""What one was shown in the Needs Mirror's pages does not change unseen: an answer stands, and "withdrawn" is left."""

from __future__ import annotations

from typing import Any

import pytest

from nearer.practices.needs import kept, signs
from nearer.practices.needs.kept import ASKED, ROUND, Asked
from nearer.practices.needs.moves import Way
from nearer.practices.needs.signs import LINE, NOTICED, SHOWN
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair, Person, open_drawer
from tests.pages.needs_talk import with_a_plan
from tests.pages.reading import html, words
from tests.unit.needs.maps import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R8")]

SIGNS, NOTICED_AT, MAPS = "/mirror/lines", "/mirror/lines/noticed", "/mirror/maps"
ASKS, FIRST, SECOND = "You went quiet at dinner. Was that so?", "I was hurt", "I was only tired"
LINE_TEXT = "When I go quiet I am thinking"
REQUEST, REPLY = "Half an hour alone when I come home", "Rather after dinner"


def found(pair: Pair, kind: Any) -> list[Any]:
    return keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), kind)


def asked(pair: Pair) -> str:
    """Let Bob ask Alice, and return the question's id."""
    pair.guest.client.post(SIGNS, {"words": ASKS})
    return str(found(pair, NOTICED)[0].ref)


def say(person: Person, record: str, said: str, text: str = "") -> Any:
    return person.client.post(NOTICED_AT, {"record": record, "said": said, "words": text})


def shown(pair: Pair) -> str:
    """Let Alice show a line of her guide, and return the line's id."""
    open_drawer(pair.host)
    pair.host.client.post(f"{SIGNS}/mine", {"channel": "silence", "words": LINE_TEXT, "show": "yes"})
    shelf = Shelf.of_person(pair.host.user.pk, pair.host.ring, pair.host.drawer)
    return str(keeping.find(shelf, LINE)[0].ref)


def put_off(pair: Pair) -> str:
    """Let a request of Alice's wait for Bob's answer, and return its id."""
    request = Asked(owner="host", card=9, name="my own hour", words=REQUEST, by="2026-01-05")
    return str(keeping.put(Shelf.of_bond(pair.host.at(pair.bond)), ASKED, request, at=NOON).ref)


def test_an_answer_is_not_answered_over_and_what_was_typed_stays(pair: Pair) -> None:
    record = asked(pair)
    say(pair.host, record, "more", FIRST)
    before = html(pair.guest.client.get(SIGNS))

    again = say(pair.host, record, "more", SECOND)

    assert again.status_code == 409
    assert SECOND in html(again), "to copy"
    assert "It stays as it was" in words(again)
    assert html(pair.guest.client.get(SIGNS)) == before
    assert FIRST in before
    assert say(pair.host, record, "yes").status_code == 409


def test_the_same_answer_sent_twice_is_one(pair: Pair) -> None:
    record = asked(pair)

    assert [say(pair.host, record, "more", FIRST).status_code for _ in range(2)] == [302, 302]
    assert f"More like: {FIRST}" in words(pair.guest.client.get(SIGNS))


def test_an_answer_taken_back_leaves_withdrawn_and_cannot_be_given_otherwise(pair: Pair) -> None:
    record = asked(pair)
    say(pair.host, record, "more", FIRST)

    say(pair.host, record, "leave")
    say(pair.host, record, "more", SECOND)

    theirs, hers = pair.guest.client.get(SIGNS), html(pair.host.client.get(SIGNS))
    assert f"{ASKS} withdrawn" in words(theirs)
    assert FIRST not in html(theirs)
    assert SECOND not in html(theirs)
    assert ASKS not in hers
    assert "data-withdrawn" not in hers
    say(pair.guest, record, "leave")
    assert found(pair, NOTICED) == [], "folded away"


@pytest.mark.parametrize("is_answered", [False, True])
def test_a_question_taken_back_leaves_withdrawn_and_the_answer_stays_its_owners(
    pair: Pair, *, is_answered: bool
) -> None:
    record = asked(pair)
    if is_answered:
        say(pair.host, record, "more", FIRST)

    say(pair.guest, record, "leave")

    hers, theirs = html(pair.host.client.get(SIGNS)), html(pair.guest.client.get(SIGNS))
    assert ASKS not in hers + theirs
    assert "data-withdrawn" in hers
    assert "data-withdrawn" not in theirs
    assert (FIRST in hers) == is_answered
    say(pair.host, record, "leave")
    assert found(pair, NOTICED) == []


def test_a_question_that_was_left_goes_without_a_trace_when_it_is_taken_back(pair: Pair) -> None:
    record = asked(pair)
    say(pair.host, record, "leave")
    before = html(pair.host.client.get(SIGNS))

    say(pair.guest, record, "leave")

    assert html(pair.host.client.get(SIGNS)) == before
    assert found(pair, NOTICED) == []


def test_a_question_that_makes_room_for_newer_ones_leaves_withdrawn(pair: Pair) -> None:
    asked(pair)
    for number in range(signs.OPEN_MOST):
        pair.guest.client.post(SIGNS, {"words": f"question {number}"})

    page = html(pair.host.client.get(SIGNS))

    assert ASKS not in page
    assert page.count("data-withdrawn") == 1


@pytest.mark.parametrize("how", ["unshow", "hide", "remove"])
def test_a_line_taken_back_leaves_withdrawn_until_the_other_folds_it_away(pair: Pair, how: str) -> None:
    line = shown(pair)

    if how == "unshow":
        pair.host.client.post(f"{SIGNS}/take-back", {"line": line})
    else:
        pair.host.client.post(f"{SIGNS}/mine/change", {"record": line, "how": how})

    page = html(pair.guest.client.get(SIGNS))
    assert LINE_TEXT not in page
    assert "data-withdrawn" in page
    assert "data-withdrawn" not in html(pair.host.client.get(SIGNS))
    record = {"record": str(found(pair, SHOWN)[0].ref)}
    pair.host.client.post(f"{SIGNS}/take-back", record)
    assert "data-withdrawn" in html(pair.guest.client.get(SIGNS)), "only the other folds it away"
    pair.guest.client.post(f"{SIGNS}/take-back", record)
    assert found(pair, SHOWN) == []


def test_nobody_folds_away_a_line_that_is_shown_and_one_shown_again_stands_once(pair: Pair) -> None:
    line = shown(pair)
    record = {"record": str(found(pair, SHOWN)[0].ref)}

    pair.guest.client.post(f"{SIGNS}/take-back", record)
    assert LINE_TEXT in html(pair.guest.client.get(SIGNS))
    for how in ("hide", "show"):
        pair.host.client.post(f"{SIGNS}/mine/change", {"record": line, "how": how})

    page = html(pair.guest.client.get(SIGNS))
    assert page.count(LINE_TEXT) == 1
    assert "data-withdrawn" not in page


def test_a_request_taken_back_leaves_withdrawn_beside_the_others_own_answer(pair: Pair) -> None:
    record = put_off(pair)
    pair.guest.client.post("/mirror/answer", {"record": record, "way": "another", "words": REPLY})

    pair.host.client.post("/mirror/answer", {"record": record, "way": "go"})

    page = html(pair.guest.client.get(MAPS))
    assert REQUEST not in page
    assert "my own hour" not in page
    assert "data-withdrawn" in page
    assert REPLY in page
    assert REPLY not in html(pair.host.client.get(MAPS))
    pair.guest.client.post("/mirror/answer", {"record": record, "way": "go"})
    assert found(pair, ASKED) == []


def test_an_answer_to_a_request_leaves_withdrawn_and_is_not_given_again(pair: Pair) -> None:
    record = put_off(pair)
    pair.guest.client.post("/mirror/answer", {"record": record, "way": "another", "words": REPLY})

    pair.guest.client.post("/mirror/answer", {"record": record, "way": "go"})

    with pytest.raises(keeping.NotThere):
        kept.answer(pair.guest.at(pair.bond), found(pair, ASKED)[0].ref, Way.YES, "", at=NOON)
    page = html(pair.host.client.get(MAPS))
    assert REQUEST in page
    assert REPLY not in page
    assert "data-withdrawn" in page
    assert REQUEST not in html(pair.guest.client.get(MAPS))


def test_a_request_that_waits_is_let_go_by_the_other_without_a_trace(pair: Pair) -> None:
    record = put_off(pair)

    pair.guest.client.post("/mirror/answer", {"record": record, "way": "go"})

    assert found(pair, ASKED) == []
    assert "data-withdrawn" not in html(pair.host.client.get(MAPS))


@pytest.mark.parametrize(("card", "was_shown"), [("9", True), ("2", False)])
def test_a_card_leaves_withdrawn_only_where_the_other_had_been_shown_it(
    pair: Pair, card: str, *, was_shown: bool
) -> None:
    with_a_plan(pair)
    record = str(found(pair, ROUND)[0].ref)

    pair.host.client.post("/mirror/take-back", {"record": record, "card": card})

    page = pair.guest.client.get(MAPS)
    assert ("A card of Alice’s was withdrawn" in words(page)) == was_shown
    assert "data-withdrawn" not in html(pair.host.client.get(MAPS))
