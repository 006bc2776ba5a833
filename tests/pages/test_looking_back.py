"""Looking back on a plan after a week: private, and one word for both that is nobody's in particular."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nearer.plans import lines, looks
from nearer.plans.looks import BOTH, SAID, Verdict
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair, Person, open_drawer, sign_in
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)
DUE = "Look back"
OUTCOMES = {
    Verdict.KEEP: "it stays.",
    Verdict.ADJUST: "it could change a little.",
    Verdict.DROP: "it may go.",
}


@pytest.fixture
def plan(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> str:
    """A plan agreed a week ago; its id."""
    begun = timezone.now()
    lines.propose(pair.host.at(pair.bond), cue="it rains", act="stay in bed", at=begun)
    line = lines.lines_of(pair.guest.at(pair.bond), at=begun).put_to_me[0]
    lines.confirm(pair.guest.at(pair.bond), line.ref, at=begun)
    at(monkeypatch, begun + WEEK)
    for person in (pair.host, pair.guest):
        sign_in(person)
    return str(line.ref)


def look(person: Person, pair: Pair, plan: str, verdict: str, **more: str) -> Any:
    return person.client.post(
        f"/b/{pair.bond.pk}/plans/look-back", {"record": plan, "verdict": verdict, **more}
    )


def test_whether_it_helped_is_said_in_words_and_never_in_numbers(pair: Pair, plan: str) -> None:
    page = words(pair.host.client.get(f"/b/{pair.bond.pk}/plans/look-back?record={plan}"))

    assert "Did it help? (optional) Not at all A little Somewhat Quite a bit Very much" in page


def test_it_is_offered_after_seven_days_and_not_before(
    pair: Pair, plan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all(DUE in words(person.client.get("/us")) for person in (pair.host, pair.guest))
    assert "Look back on it" in words(pair.host.client.get("/"))

    at(monkeypatch, timezone.now() - timedelta(minutes=1))

    assert DUE not in words(pair.host.client.get("/us"))
    assert look(pair.host, pair, plan, "keep").status_code == 302
    assert keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), SAID) == []


@pytest.mark.parametrize("mine", Verdict)
@pytest.mark.parametrize("theirs", Verdict)
def test_one_word_stands_for_both_the_gentler_where_they_differ(
    pair: Pair, plan: str, mine: Verdict, theirs: Verdict
) -> None:
    look(pair.guest, pair, plan, theirs)
    look(pair.host, pair, plan, mine)

    said = mine if mine is theirs else Verdict.ADJUST
    for person in (pair.host, pair.guest):
        assert f"You looked back: {OUTCOMES[said]}" in words(person.client.get("/us"))
    shelf = Shelf.of_bond(pair.host.at(pair.bond))
    assert keeping.find(shelf, SAID) == []
    assert [kept.document for kept in keeping.find(shelf, BOTH)] == [looks.Both(plan=plan, verdict=said)]


def test_the_other_cannot_tell_that_somebody_looked(pair: Pair, plan: str) -> None:
    pages = ("/", "/us", f"/b/{pair.bond.pk}/plans/look-back?record={plan}")
    before = [html(pair.guest.client.get(page)) for page in pages]

    look(pair.host, pair, plan, "drop", happened="no", helped="0")

    assert [html(pair.guest.client.get(page)) for page in pages] == before
    assert "Yours is in." in words(pair.host.client.get("/us"))


def test_what_happened_and_helped_is_for_oneself_alone(pair: Pair, plan: str) -> None:
    for person in (pair.host, pair.guest):
        look(
            person,
            pair,
            plan,
            "keep",
            **({"happened": "partly", "helped": "3"} if person is pair.host else {}),
        )

    assert pair.host.client.get("/plans/notes").status_code == 403
    open_drawer(pair.host)
    open_drawer(pair.guest)
    assert "it happened in part · it helped quite a bit" in words(pair.host.client.get("/plans/notes"))
    assert "Nothing yet." in words(pair.guest.client.get("/plans/notes"))


@pytest.mark.parametrize("sent", [{"verdict": ""}, {"verdict": "burn"}, {"verdict": "keep", "helped": "9"}])
def test_what_cannot_be_read_is_given_back(pair: Pair, plan: str, sent: dict[str, str]) -> None:
    answer = look(pair.host, pair, plan, **{"happened": "partly", **sent})

    assert answer.status_code == 422
    assert 'value="partly"' in html(answer)
    assert "checked" in html(answer)


def test_a_second_look_changes_nothing_and_a_plan_let_go_takes_it_along(pair: Pair, plan: str) -> None:
    look(pair.host, pair, plan, "drop")
    look(pair.host, pair, plan, "keep")
    look(pair.guest, pair, plan, "drop")
    look(pair.guest, pair, plan, "keep")

    assert "it may go." in words(pair.host.client.get("/us"))
    pair.guest.client.post(f"/b/{pair.bond.pk}/plans/answer", {"record": plan, "answer": "go"})
    assert keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), BOTH) == []


def test_a_plan_that_is_not_there_leads_back(pair: Pair, plan: str) -> None:
    place = pair.guest.at(pair.bond)
    lines.let_go(place, lines.lines_of(place, at=timezone.now()).agreed[0].ref, at=timezone.now())

    assert pair.guest.client.get(f"/b/{pair.bond.pk}/plans/look-back?record={plan}")["Location"] == "/us"
    assert look(pair.guest, pair, plan, "keep")["Location"] == "/us"
