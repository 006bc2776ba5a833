"""Hopes in a drawer, heads-ups and apologies: told, received in the ways there are, and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nearer.leaving.withdrawing import withdraw_all
from nearer.practices.closer.hopes.drawer import HOPE, Hope
from nearer.practices.closer.told.keeping import TOLD
from nearer.practices.closer.told.rules import CARE, Sort
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings.models import Sitting
from nearer.sittings.run.header import TOPIC
from nearer.testing.cast import Pair, Person, make_pair, open_drawer, run_of
from tests.pages.reading import at, html, words
from tests.pages.test_queries import cost

pytestmark = pytest.mark.django_db

NOTES, MINE, CHANGE, BRING = (
    "/closer/notes",
    "/closer/notes/mine",
    "/closer/notes/mine/change",
    "/closer/notes/mine/bring",
)
AHEAD, AGAIN, ANSWER, BACK = "/closer/ahead", "/closer/again", "/closer/answer", "/closer/take-back"
SAID = "I worry that I bore you"


def keep(person: Person, text: str = SAID) -> str:
    """Put something into somebody's drawer, which is open then, and return its id."""
    open_drawer(person)
    person.client.post(MINE, {"feeling": "worry", "words": text})
    return str(keeping.find(Shelf.of_person(person.user.pk, person.ring, person.drawer), HOPE)[-1].ref)


def share(person: Person, wish: str = "listen", text: str = SAID) -> str:
    ref = keep(person, text)
    person.client.post(CHANGE, {"record": ref, "how": wish})
    return ref


def told(pair: Pair) -> list[Any]:
    return keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), TOLD)


def post(pair: Pair, person: Person, way: str, **sent: str) -> Any:
    return person.client.post(ANSWER, {"record": str(told(pair)[-1].ref), "way": way, **sent})


def test_what_lies_in_the_drawer_reaches_nobody_and_needs_it_open(pair: Pair) -> None:
    before = [html(pair.guest.client.get(page)) for page in ("/", "/us", NOTES)]
    keep(pair.host)

    assert SAID in words(pair.host.client.get(MINE))
    assert [html(pair.guest.client.get(page)) for page in ("/", "/us", NOTES)] == before
    assert SAID not in words(pair.host.client.get(NOTES))
    assert pair.guest.client.get(MINE).status_code == 403


@pytest.mark.parametrize(
    ("wish", "shown"), [("listen", "Just listen"), ("help", "Help is welcome"), ("nothing", "Nothing needed")]
)
def test_shared_on_its_own_it_says_what_it_wants_and_is_received_in_four_ways(
    pair: Pair, wish: str, shown: str
) -> None:
    share(pair.host, wish)

    assert SAID not in words(pair.guest.client.get("/")), (
        "on Today it is not read by whoever looks over a shoulder"
    )
    assert "Alice shared something with you" in words(pair.guest.client.get("/"))
    page = pair.guest.client.get(NOTES)
    assert f"Alice told you · {shown} {SAID}" in words(page)
    offered = html(page).split('name="way" value="')[1:]
    assert [each.partition('"')[0] for each in offered] == [str(way) for way in CARE]
    post(pair, pair.guest, "back", words="You fear I am not listening")
    assert "Bob answered you" in words(pair.host.client.get("/"))
    assert "This is what I heard You fear I am not listening" in words(pair.host.client.get(NOTES))
    assert "Bob answered you" not in words(pair.host.client.get("/")), "she has looked"


@pytest.mark.parametrize(
    "sent", [{"way": "back"}, {"way": "touched"}, {"way": "advice", "words": "canary47"}, {"way": "thank", "words": "canary47" * 60}]
)  # fmt: skip
def test_an_answer_that_cannot_be_taken_keeps_what_was_typed(pair: Pair, sent: dict[str, str]) -> None:
    share(pair.host)

    answer = post(pair, pair.guest, **sent)

    assert answer.status_code == 422
    assert sent.get("words", "") in html(answer)
    assert told(pair)[-1].document.way == ""


def test_an_answer_stands_and_the_words_of_a_second_one_are_given_back(pair: Pair) -> None:
    share(pair.host)
    for _ in range(2):
        assert post(pair, pair.guest, "thank").status_code == 302

    late = post(pair, pair.guest, "touched", words="canary47")

    assert late.status_code == 409
    assert "canary47" in html(late)
    assert told(pair)[-1].document.way == "thank"


def test_an_answer_taken_back_can_be_given_anew_and_nobody_is_pressed_for_it(pair: Pair) -> None:
    share(pair.host)
    post(pair, pair.guest, "touched", words="canary47")
    pair.guest.client.post(BACK, {"record": str(told(pair)[-1].ref), "on": Sort.HOPE})

    assert "withdrawn" in words(pair.host.client.get(NOTES))
    assert "shared something with you" not in words(pair.guest.client.get("/"))
    assert post(pair, pair.guest, "thank").status_code == 302
    theirs = words(pair.host.client.get(NOTES))
    assert "Thank you for telling me" in theirs
    assert not {"withdrawn", "canary47"} & set(theirs.split())


def test_asked_what_one_would_like_one_says_so(pair: Pair) -> None:
    share(pair.host, "help")
    post(pair, pair.guest, "want")

    assert "Bob asks what you would like" in words(pair.host.client.get("/"))
    assert post(pair, pair.host, "reply").status_code == 422
    post(pair, pair.host, "reply", words="An evening with you")
    assert "An evening with you" in words(pair.guest.client.get(NOTES))


def test_taken_back_it_reads_withdrawn_and_stays_in_the_drawer(pair: Pair) -> None:
    ref = share(pair.host)
    post(pair, pair.guest, "back", words=f"You say: {SAID}")

    pair.host.client.post(CHANGE, {"record": ref, "how": "hide"})

    theirs = words(pair.guest.client.get(NOTES))
    assert SAID not in theirs + words(pair.guest.client.get("/"))
    assert "withdrawn" in theirs
    assert SAID in words(pair.host.client.get(MINE))
    pair.guest.client.post(BACK, {"record": str(told(pair)[-1].ref), "on": Sort.HOPE})
    assert told(pair) == []


@pytest.mark.parametrize(
    ("how", "mode"), [({}, "live"), ({"mode": "live"}, "live"), ({"mode": "async"}, "async")]
)
def test_it_is_brought_into_a_sitting_in_the_words_one_chooses_then(
    pair: Pair, how: dict[str, str], mode: str
) -> None:
    ref = keep(pair.host, f"{SAID} {'at length ' * 20}")
    page = pair.host.client.get(f"{BRING}?record={ref}")
    assert SAID in html(page)

    sent = {"record": ref, "room": "listening"}
    too_long = pair.host.client.post(BRING, {**sent, "topic": "canary47" * 40})
    assert too_long.status_code == 422
    assert "canary47" in html(too_long)
    pair.host.client.post(BRING, {**sent, "topic": SAID, **how})

    run = run_of(pair.guest, Sitting.objects.get(bond=pair.bond))
    assert run.header.mode == mode
    assert getattr(run.header.first, TOPIC) == SAID
    assert SAID not in str(run.position.view(run.seat)), "before both are there"
    assert run.header.topic_of == pair.host.at(pair.bond).seat


def test_heavy_words_brought_into_a_sitting_show_help_first(pair: Pair) -> None:
    heavy = "I am afraid of you when it gets late"
    sent = {"record": keep(pair.host), "room": "listening", "topic": heavy}

    asked = pair.host.client.post(BRING, sent)

    assert (asked.status_code, Sitting.objects.count()) == (422, 0)
    assert "This sounds heavy." in words(asked)
    assert heavy in html(asked)
    pair.host.client.post(BRING, {**sent, "sure": "yes"})
    assert Sitting.objects.count() == 1


def test_a_heads_up_says_what_one_is_deciding_and_needs_nothing(pair: Pair) -> None:
    pair.host.client.post(
        AHEAD, {"deciding": "the job", "feel": "torn", "think": "I say yes", "wish": "nothing"}
    )

    assert "Alice told you something" in words(pair.guest.client.get("/"))
    page = words(pair.guest.client.get(AHEAD))
    assert "I am deciding about … the job I feel … torn I think … I say yes" in page
    assert "Alice told you something" not in words(pair.guest.client.get("/")), (
        "it was looked at, and waits for nothing"
    )
    post(pair, pair.guest, "thank")
    assert "Thank you for telling me" in words(pair.host.client.get(AHEAD))


def test_a_view_that_is_asked_for_comes_after_saying_back(pair: Pair) -> None:
    day = timezone.localdate().isoformat()
    pair.host.client.post(AHEAD, {"feel": "torn", "wish": "view", "by": day})

    assert "Alice would like your view" in words(pair.guest.client.get("/"))
    pair.guest.client.get(AHEAD)
    assert "Alice would like your view" in words(pair.guest.client.get("/")), "it waits"
    first = post(pair, pair.guest, "view", view="canary47")
    assert (first.status_code, "canary47" in html(first)) == (422, True)
    assert "First say back what you heard" in words(first)
    assert post(pair, pair.guest, "view", words="You are torn").status_code == 422
    post(pair, pair.guest, "view", words="You are torn", view="I would wait")
    assert "This is what I heard You are torn My view I would wait" in words(pair.host.client.get(AHEAD))


def test_a_day_that_is_over_presses_nobody_and_the_view_is_given_all_the_same(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    at(monkeypatch, now)
    pair.host.client.post(AHEAD, {"feel": "torn", "wish": "view", "by": timezone.localdate().isoformat()})
    assert "if you can" in words(pair.guest.client.get("/"))

    at(monkeypatch, now + timedelta(days=2))

    today = words(pair.guest.client.get("/"))
    assert "Alice would like your view" in today
    assert "if you can" not in today
    post(pair, pair.guest, "view", words="You are torn", view="I would wait")
    assert "I would wait" in words(pair.host.client.get(AHEAD))


@pytest.mark.parametrize(
    "sent",
    [
        {"wish": "nothing"},
        {"deciding": "canary47", "wish": "view"},
        {"deciding": "canary47", "wish": "view", "by": "2001-01-01"},
        {"deciding": "canary47", "wish": "view", "by": "2999-01-01"},
        {"deciding": "canary47", "wish": "quiz"},
        {"deciding": "canary47" * 60, "wish": "nothing"},
    ],
)
def test_a_heads_up_that_cannot_be_taken_keeps_what_was_typed(pair: Pair, sent: dict[str, str]) -> None:
    answer = pair.host.client.post(AHEAD, sent)

    assert answer.status_code == 422
    assert sent.get("deciding", "") in html(answer)
    assert told(pair) == []


@pytest.mark.parametrize(
    ("landed", "about"), [("You had to wait, but not long", "“but”"), ("If you felt alone", "“if”")]
)
def test_a_but_or_an_if_in_an_apology_is_shown_to_its_author_once(
    pair: Pair, landed: str, about: str
) -> None:
    sent = {"did": "I was late", "landed": landed}

    hinted = pair.host.client.post(AGAIN, sent)

    assert hinted.status_code == 422
    assert about in words(hinted)
    assert landed in words(hinted)
    assert told(pair) == []
    assert pair.host.client.post(AGAIN, {**sent, "sure": "yes"}).status_code == 302
    assert landed in words(pair.guest.client.get(AGAIN))
    assert about not in words(pair.guest.client.get(AGAIN))


def test_an_apology_is_answered_in_the_others_own_time(pair: Pair) -> None:
    pair.host.client.post(AGAIN, {"did": "I was late", "next": "If a meeting runs over, I will call"})

    assert "Alice told you something" in words(pair.guest.client.get("/"))
    post(pair, pair.guest, "not_yet")
    assert "Thank you, not yet" in words(pair.host.client.get(AGAIN))
    post(pair, pair.guest, "good", words="I was only tired")
    assert "Thank you. It is good between us I was only tired" in words(pair.host.client.get(AGAIN))


def test_nobody_else_reads_answers_or_takes_back(pair: Pair, charlie: Person, dana: Person) -> None:
    share(pair.host)
    record, elsewhere = {"record": str(told(pair)[-1].ref)}, make_pair(charlie, dana)

    assert post(pair, pair.host, "thank").status_code == 404
    for person in (charlie, dana):
        assert SAID not in words(person.client.get(NOTES))
        person.client.post(ANSWER, {**record, "way": "thank"})
        person.client.post(BACK, record)
    open_drawer(pair.guest)
    mine = keep(pair.host)
    for how in ("listen", "remove"):
        assert pair.guest.client.post(CHANGE, {"record": mine, "how": how}).status_code == 404
    assert (told(pair)[-1].document.way, elsewhere.bond != pair.bond) == ("", True)
    assert SAID in words(pair.guest.client.get(NOTES))


def test_in_a_closed_bond_nothing_is_told_and_everything_can_be_taken_back(pair: Pair) -> None:
    share(pair.host)
    post(pair, pair.guest, "touched", words="canary47")
    pair.guest.client.post(f"/b/{pair.bond.pk}/space")

    late = pair.host.client.post(AHEAD, {"deciding": "the job", "wish": "nothing"})
    assert (late.status_code, "the job" in html(late)) == (409, True)
    withdraw_all(pair.host.at(pair.bond), at=timezone.now())

    assert SAID not in str([each.document for each in told(pair)])
    assert "canary47" in str([each.document for each in told(pair)]), "their own words stay"


def test_a_copy_of_what_the_other_shared_can_be_put_away(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, timezone.now())
    share(pair.host)
    before = html(pair.host.client.get(NOTES))
    sent = {"sort": "telling", "record": str(told(pair)[-1].ref), "next": NOTES}

    assert pair.guest.client.post(f"/b/{pair.bond.pk}/away", sent)["Location"] == NOTES

    assert SAID not in words(pair.guest.client.get(NOTES))
    assert "shared something" not in words(pair.guest.client.get("/"))
    assert html(pair.host.client.get(NOTES)) == before
    assert "Something you were told" in words(pair.guest.client.get(f"/b/{pair.bond.pk}/away"))


def test_what_does_not_open_is_passed_over(pair: Pair) -> None:
    share(pair.host)
    shelf = Shelf.of_bond(pair.host.at(pair.bond))
    odd = keeping.Kind(name=TOLD.name, shape=Hope)
    keeping.put(shelf, odd, Hope(feeling="hope", words="odd"), at=timezone.now())

    for page in ("/", "/us", NOTES, AHEAD):
        assert pair.guest.client.get(page).status_code == 200
    assert SAID in words(pair.guest.client.get(NOTES))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("You should sleep more", "Being received often comes first"),
        ("I am afraid of you", "This sounds heavy"),
    ],
)
def test_an_answer_gives_its_author_a_hint_once_and_goes_when_sent_again(
    pair: Pair, said: str, shown: str
) -> None:
    share(pair.host)

    asked = post(pair, pair.guest, "touched", words=said)

    assert (asked.status_code, shown in words(asked), said in html(asked)) == (422, True, True)
    assert told(pair)[-1].document.way == ""
    assert shown not in words(pair.host.client.get(NOTES))
    assert post(pair, pair.guest, "touched", words=said, sure="yes").status_code == 302


def test_its_pages_cost_the_same_with_one_of_each_and_with_twelve(pair: Pair) -> None:
    asked = [(pair.host, page) for page in (NOTES, MINE, AHEAD, AGAIN, "/practise/closer")]
    asked += [(pair.guest, page) for page in (NOTES, AHEAD, AGAIN, "/practise/closer")]

    def tell(number: int) -> None:
        keep(pair.host, f"worry {number}")
        pair.host.client.post(AHEAD, {"deciding": f"job {number}", "feel": "torn", "wish": "nothing"})
        pair.host.client.post(AGAIN, {"did": f"I was late {number}", "landed": "You stood alone"})

    share(pair.host)
    tell(0)
    once = [cost(person.client, page) for person, page in asked]
    for number in range(1, 12):
        tell(number)

    assert len(told(pair)) == 1 + 2 * 12
    assert [cost(person.client, page) for person, page in asked] == once
