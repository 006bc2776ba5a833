"""Plan lines: one proposes, the other says yes from their own session, either lets go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from nearer.leaving import leave as leaving
from nearer.plans import lines
from nearer.plans.forms import PlanForm
from nearer.plans.lines import OPEN_MOST, Stand
from nearer.records.models import Record
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db

CUE, ACT = "the kitchen is tidy", "sit on the sofa"
SENTENCE = f"When {CUE}, then we {ACT}."
FULL = "Three plans are open, and that is plenty."
YES, GO = "Yes, let us", "Let it go"
NIGHT = timedelta(days=2)  # a morning lies in it


def propose(person: Person, pair: Pair, cue: str = CUE, act: str = ACT, **more: str) -> Any:
    return person.client.post(f"/b/{pair.bond.pk}/plans", {"cue": cue, "act": act, **more})


def answer(person: Person, pair: Pair, said: str, ref: object = None, **more: str) -> Any:
    sent = {"record": str(ref or Record.objects.get().pk), "answer": said, **more}
    return person.client.post(f"/b/{pair.bond.pk}/plans/answer", sent)


def stands(person: Person, pair: Pair) -> list[Stand]:
    return [line.stand for line in lines.lines_of(person.at(pair.bond)).lines]


def done_sitting(pair: Pair) -> Sitting:
    sitting = play_to_the_end(pair)
    keep_it(pair, sitting, guest=False)
    return sitting


@pytest.mark.parametrize("first", ["host", "guest"])
def test_one_proposes_the_other_agrees_and_both_see_it(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    proposer: Person = getattr(pair, first)
    other = pair.guest if proposer is pair.host else pair.host

    assert propose(proposer, pair)["Location"] == "/"

    mine, theirs = words(proposer.client.get("/")), words(other.client.get("/"))
    assert f"Suggested to {other.name}" in mine
    assert YES not in mine
    assert f"{proposer.name} has an idea for the two of you" in theirs
    assert YES in theirs
    assert all(SENTENCE in page for page in (mine, theirs))

    assert answer(other, pair, "yes")["Location"] == "/"
    at(monkeypatch, timezone.now() + NIGHT)
    for person in (proposer, other):
        today = words(person.client.get("/"))
        assert SENTENCE in today
        assert "Your plan, the two of you" in today
        assert YES not in today
        assert "Suggested to" not in today
        assert SENTENCE in words(person.client.get("/us"))
    assert stands(proposer, pair) == stands(other, pair) == [Stand.AGREED]
    assert html(proposer.client.get("/us")).count(CUE) == 1


@pytest.mark.rule("R13")
def test_nobody_agrees_to_their_own(pair: Pair) -> None:
    propose(pair.host, pair)

    assert answer(pair.host, pair, "yes").status_code == 404
    assert stands(pair.guest, pair) == [Stand.PUT_TO_ME]


def test_the_proposer_cannot_make_it_theirs_again_once_agreed(pair: Pair) -> None:
    propose(pair.host, pair)
    answer(pair.guest, pair, "yes")
    sealed = bytes(Record.objects.get().sealed)

    assert answer(pair.guest, pair, "yes").status_code == 302
    assert answer(pair.host, pair, "yes").status_code == 404
    assert bytes(Record.objects.get().sealed) == sealed


@pytest.mark.rule("R13")
@pytest.mark.parametrize("agreed", [False, True])
def test_the_others_line_is_let_go_and_nothing_is_left(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, *, agreed: bool
) -> None:
    at(monkeypatch, timezone.now())
    paths = ("/", "/us")
    before = [html(person.client.get(path)) for person in (pair.host, pair.guest) for path in paths]
    propose(pair.host, pair)
    if agreed:
        answer(pair.guest, pair, "yes")

    assert answer(pair.guest, pair, "go").status_code == 302

    assert not Record.objects.exists()
    assert [html(person.client.get(path)) for person in (pair.host, pair.guest) for path in paths] == before


@pytest.mark.rule("R8")
@pytest.mark.parametrize("agreed", [False, True])
def test_ones_own_line_leaves_that_it_was_withdrawn(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, *, agreed: bool
) -> None:
    propose(pair.host, pair)
    if agreed:
        answer(pair.guest, pair, "yes")
        at(monkeypatch, timezone.now() + NIGHT)

    assert answer(pair.host, pair, "go").status_code == 302

    assert CUE not in html(pair.guest.client.get("/us"))
    assert "data-withdrawn" in html(pair.guest.client.get("/us"))
    assert "data-withdrawn" not in html(pair.host.client.get("/us"))
    answer(pair.guest, pair, "go")
    assert not Record.objects.exists(), "folded away"


@pytest.mark.rule("R8")
def test_an_edited_line_shows_how_it_read_and_is_agreed_to_anew(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose(pair.host, pair)
    answer(pair.guest, pair, "yes")
    at(monkeypatch, timezone.now() + NIGHT)
    ref = Record.objects.get().pk
    edit = {"record": str(ref), "cue": "the week is over", "act": "sit on the sofa"}

    assert pair.guest.client.post(f"/b/{pair.bond.pk}/plans", edit).status_code == 409
    assert stands(pair.host, pair) == [Stand.AGREED], "nobody edits the other's words"
    assert (
        pair.host.client.post(f"/b/{pair.bond.pk}/plans", edit | {"next": "/us"})["Location"] == "/us#plans"
    )

    assert stands(pair.guest, pair) == [Stand.PUT_TO_ME]
    us = html(pair.guest.client.get("/us"))
    assert "data-edited" in us
    assert CUE in us.split("data-edited")[1]


@pytest.mark.rule("R17")
def test_a_yes_is_seen_at_once_begins_tomorrow_and_can_be_taken_back_until_then(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, timezone.now())
    for number in range(2):
        propose(pair.host, pair, cue=f"evening {number} comes")
    ref = lines.lines_of(pair.guest.at(pair.bond)).lines[0].ref
    paths = ("/", "/us", f"/b/{pair.bond.pk}/plans")
    before = [[html(person.client.get(path)) for path in paths] for person in (pair.host, pair.guest)]

    answer(pair.guest, pair, "yes", ref)

    for person in (pair.host, pair.guest):
        for path in ("/", "/us"):
            assert "You both said yes. It begins tomorrow." in words(person.client.get(path))
        assert "Your plan, the two of you" not in words(person.client.get("/"))
    assert "Take my yes back" in words(pair.guest.client.get("/"))
    assert "Take my yes back" not in words(pair.host.client.get("/"))
    answer(pair.host, pair, "no", ref)
    assert stands(pair.host, pair)[0] == Stand.BEGINS
    answer(pair.guest, pair, "no", ref)
    assert [[html(p.client.get(path)) for path in paths] for p in (pair.host, pair.guest)] == before
    answer(pair.guest, pair, "yes", ref)
    at(monkeypatch, timezone.now() + NIGHT)
    answer(pair.guest, pair, "no", ref)
    assert stands(pair.host, pair)[0] == stands(pair.guest, pair)[0] == Stand.AGREED


def test_what_was_let_go_meanwhile_needs_no_word(pair: Pair) -> None:
    propose(pair.host, pair)
    ref = Record.objects.get().pk
    answer(pair.host, pair, "go")

    for said in ("yes", "go", "", "maybe"):
        for record in (ref, uuid4(), "junk", "\x00"):
            assert answer(pair.guest, pair, said, record)["Location"] == "/"
    assert not Record.objects.exists()


def test_three_are_enough_and_the_words_stay_on_the_page(pair: Pair) -> None:
    for number in range(OPEN_MOST):
        propose((pair.host, pair.guest)[number % 2], pair, cue=f"evening {number} comes")

    for person in (pair.host, pair.guest):
        refused = propose(person, pair, cue="one more comes")
        assert refused.status_code == 422
        assert FULL in words(refused)
        assert 'value="one more comes"' in html(refused)
        assert FULL in words(person.client.get(f"/b/{pair.bond.pk}/plans"))
        assert "Make a plan" not in words(person.client.get("/us"))

    answer(pair.host, pair, "go", Record.objects.first().pk)  # type: ignore[union-attr]
    assert propose(pair.host, pair, cue="one more comes").status_code == 302


def test_the_same_line_twice_is_one(pair: Pair) -> None:
    propose(pair.host, pair)
    propose(pair.host, pair)

    assert Record.objects.count() == 1


@pytest.mark.parametrize(
    ("cue", "act", "said"),
    [
        ("", ACT, "Write the moment"),
        (CUE, " ", "Write one small thing"),
        ("…", ACT, "Write the moment"),
        ("x" * 141, ACT, "1 character too long"),
        (CUE, "y" * 150, "10 characters too long"),
        (CUE, "a\x07b", "hidden character"),
    ],
)
def test_what_cannot_be_a_line_is_said_kindly(pair: Pair, cue: str, act: str, said: str) -> None:
    refused = propose(pair.host, pair, cue=cue, act=act, next="/us")

    assert refused.status_code == 422
    assert said in words(refused)
    assert 'name="next" value="/us"' in html(refused)
    if cue == CUE:
        assert CUE in html(refused)
    assert not Record.objects.exists()


def test_the_sentence_brings_its_own_stops(pair: Pair) -> None:
    propose(pair.host, pair, cue=" the kitchen\nis tidy, ", act="sit on  the sofa.")

    assert SENTENCE in words(pair.guest.client.get("/"))


def test_what_somebody_wrote_is_text(pair: Pair) -> None:
    propose(pair.host, pair, cue="<script>1</script>", act="&lt;b&gt;")

    assert "<script>1" not in html(pair.guest.client.get("/"))


def test_after_a_done_sitting_a_line_can_be_put_and_agreed_to(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = f"/s/{done_sitting(pair).pk}"
    assert f"Suggest it to {pair.guest.name}" in words(pair.host.client.get(here))

    assert propose(pair.host, pair, next=here)["Location"] == f"{here}#plan"
    assert f"Suggested to {pair.guest.name}" in words(pair.host.client.get(here))
    assert YES in words(pair.guest.client.get(here))

    [line] = lines.lines_of(pair.guest.at(pair.bond)).lines
    assert answer(pair.guest, pair, "yes", line.ref, next=here)["Location"] == f"{here}#plan"
    at(monkeypatch, timezone.now() + NIGHT)
    for person in (pair.host, pair.guest):
        assert YES not in words(person.client.get(here))
        assert SENTENCE in words(person.client.get("/us"))


def test_after_one_that_ended_early_nothing_is_asked(pair: Pair, floor: Sitting) -> None:
    pair.guest.client.post(f"/s/{floor.pk}", {"move": "Leave", "seq": floor.seq})

    seen = words(pair.host.client.get(f"/s/{floor.pk}"))

    assert "One plan for the two of you" not in seen
    assert "For you alone" not in seen


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/s/x",
        "/settings",
        "/us\n",
        "/us?x=1",
        "/\\evil",
        "/s/00000000-0000-4000-8000-000000000000/",
    ],
)
def test_a_form_leads_back_to_the_pages_it_stands_on_only(pair: Pair, elsewhere: str) -> None:
    assert propose(pair.host, pair, next=elsewhere)["Location"] == "/"
    assert answer(pair.host, pair, "go", next="/us")["Location"] == "/us#plans"


def test_another_bonds_line_is_not_there(pair: Pair, other_pair: Pair) -> None:
    propose(pair.guest, pair)

    for said in ("yes", "go"):
        assert answer(pair.host, other_pair, said).status_code == 302
        assert answer(other_pair.guest, pair, said).status_code == 404
    assert stands(pair.host, pair) == [Stand.PUT_TO_ME]
    assert CUE not in html(other_pair.guest.client.get("/"))


def test_a_closed_space_lets_go_and_adds_nothing(pair: Pair) -> None:
    propose(pair.guest, pair)
    ref = Record.objects.get().pk
    leaving.leave(pair.guest.at(pair.bond), pair.guest.ring, at=timezone.now())

    us = words(pair.host.client.get("/us"))
    assert SENTENCE in us
    assert YES not in us
    assert "Make a plan" not in us
    assert propose(pair.host, pair, cue="more comes").status_code == 409
    assert answer(pair.host, pair, "yes", ref).status_code == 302
    assert stands(pair.host, pair) == [Stand.PUT_TO_ME]
    assert answer(pair.guest, pair, "go", ref).status_code == 404
    answer(pair.host, pair, "go", ref)
    assert not Record.objects.filter(bond=pair.bond).exists()


@pytest.mark.parametrize("said", ["yes", ""])
def test_in_a_closed_space_nothing_is_suggested_to_whoever_left(pair: Pair, said: str) -> None:
    propose(pair.host, pair)
    if said:
        answer(pair.guest, pair, said)
    leaving.leave(pair.guest.at(pair.bond), pair.guest.ring, at=timezone.now())

    us = words(pair.host.client.get("/us"))
    assert SENTENCE in us
    assert "Suggested to" not in us


@pytest.mark.parametrize(
    ("cue", "act"),
    [
        ("When the kettle boils", "we sit down for five minutes"),
        ("when, the kettle boils,", "Then we sit down for five minutes."),
        ("the kettle boils", "then, we sit down for five minutes"),
        ("WHEN the kettle boils", "WE sit down for five minutes"),
        ("the kettle boils", "sit down for five minutes"),
    ],
)
def test_what_the_sentence_says_itself_is_not_said_twice(cue: str, act: str) -> None:
    form = PlanForm({"cue": cue, "act": act})

    assert form.is_valid()
    assert form.cleaned_data == {"cue": "the kettle boils", "act": "sit down for five minutes"}


def test_words_that_only_begin_like_it_stay() -> None:
    form = PlanForm({"cue": "whenever it rains", "act": "weed the garden"})

    assert form.is_valid()
    assert form.cleaned_data == {"cue": "whenever it rains", "act": "weed the garden"}
    assert PlanForm({"cue": "when", "act": "we"}).is_valid()
