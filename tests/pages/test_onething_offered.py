"""What One Thing offers, to whom: itself to whoever switched it on, topics to their author, seven quiet minutes in their time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from nearer.parts.moves import Keep, Note
from nearer.plans import parking
from nearer.practices.closer.hopes.drawer import HOPE, Hope
from nearer.practices.onething import switch
from nearer.practices.onething.moves import SetIssue
from nearer.protocol import Mode, Ready, Seat
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings.models import Sitting
from nearer.testing import clock
from nearer.testing.cast import Pair, Person, open_drawer, play, run_of, sign_in, start_sitting
from tests.pages.reading import at, html, words
from tests.unit.onething.evening import HOST, TO_A_TRIAL, TO_THE_WAYS

pytestmark = [pytest.mark.django_db, pytest.mark.begins(clock.NOON)]

OPEN_IT = "Open it on One Thing"
QUIET = "Three questions of a kind outsider about the two of you."
THREAT = "If you tell her, you will regret it"


def on(pair: Pair, person: Person) -> None:
    switch.turn(person.at(pair.bond), on=True, at=timezone.now())


def test_only_ones_own_switch_puts_it_on_ones_today(pair: Pair) -> None:
    for person in (pair.host, pair.guest):
        sign_in(person)
    before = words(pair.host.client.get("/"))
    assert "One Thing" not in before
    on(pair, pair.guest)

    assert words(pair.host.client.get("/")) == before
    assert "One Thing" in words(pair.guest.client.get("/"))


def test_what_is_parked_is_offered_as_a_topic_to_its_author(pair: Pair) -> None:
    parking.park(pair.host.at(pair.bond), "the summer holidays", at=timezone.now())
    for person in (pair.host, pair.guest):
        sign_in(person)
    assert OPEN_IT not in words(pair.host.client.get("/us"))
    for person in (pair.host, pair.guest):
        on(pair, person)
    assert OPEN_IT in words(pair.host.client.get("/us"))
    assert OPEN_IT not in words(pair.guest.client.get("/us"))

    sitting = start_sitting(pair, "conflict")
    for person in (pair.host, pair.guest):
        play(person, sitting, Ready())
    own, other = (html(person.client.get(f"/s/{sitting.pk}")) for person in (pair.host, pair.guest))
    assert 'name="topic" value="the summer holidays"' in own
    assert "the summer holidays" not in other


def test_a_parked_threat_begins_nothing_and_leads_its_author_to_help(pair: Pair) -> None:
    item = parking.park(pair.host.at(pair.bond), THREAT, at=timezone.now())
    answers = [
        sign_in(person).post("/practise/one-thing/start", {"mode": "live", "parked": str(item.ref)})
        for person in (pair.host, pair.guest)
    ]

    assert [answer.headers["Location"] for answer in answers] == ["/help", "/practise/one-thing"]
    assert not Sitting.objects.exists()


def test_what_lies_in_the_drawer_is_offered_as_a_topic(pair: Pair) -> None:
    client = sign_in(pair.host)
    open_drawer(pair.host)
    drawer = Shelf.of_person(pair.host.user.pk, pair.host.ring, pair.host.drawer)
    ref = str(
        keeping.put(
            drawer, HOPE, Hope(feeling="worry", words="that I dread the holidays"), at=timezone.now()
        ).ref
    )
    bring = f"/closer/notes/mine/bring?record={ref}"
    assert OPEN_IT not in words(client.get(bring))
    on(pair, pair.host)
    assert OPEN_IT in words(client.get(bring))

    fields = {"record": ref, "mode": "live", "room": "one-thing"}
    refused = client.post("/closer/notes/mine/bring", {**fields, "topic": THREAT})
    assert refused.status_code == 422
    assert THREAT in html(refused)
    assert not Sitting.objects.exists()
    client.post("/closer/notes/mine/bring", {**fields, "topic": "the holidays"})
    assert run_of(pair.host, Sitting.objects.get()).position.topic == "the holidays"  # type: ignore[attr-defined]


def test_parting_children_or_money_lead_to_who_can_help_in_private(pair: Pair) -> None:
    sitting = start_sitting(pair, "conflict", mode=Mode.LIVE, topic="Who gets the children at Christmas")
    for person in (pair.host, pair.guest):
        play(person, sitting, Ready())
    own, other = (words(sign_in(person).get(f"/s/{sitting.pk}")) for person in (pair.host, pair.guest))

    assert "a mediator, a lawyer or debt advice" in own
    assert "a mediator" not in other
    fresh = start_sitting(pair, "conflict", topic="")
    for person in (pair.host, pair.guest):
        play(person, fresh, Ready())
    asked = pair.host.client.post(
        f"/s/{fresh.pk}", {"move": "SetIssue", "seq": 2, "topic": "Whether we separate"}
    )
    assert asked.status_code == 422
    assert "a mediator, a lawyer or debt advice" in words(asked)
    assert "Whether we separate" not in html(pair.guest.client.get(f"/s/{fresh.pk}"))
    play(pair.host, fresh, SetIssue(topic="Whether we separate"))


def test_seven_quiet_minutes_come_after_a_hard_talk_and_three_times_a_year(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = timezone.now()
    on(pair, pair.host)
    client = sign_in(pair.host)
    assert QUIET not in words(client.get("/"))

    sitting = start_sitting(pair, "conflict")
    on(pair, pair.guest)
    turns = [*TO_THE_WAYS, *TO_A_TRIAL, *[(s, m) for m in (Note(words=""), Keep(keep=False)) for s in Seat]]
    for seat, move in turns:
        play(pair.host if seat is HOST else pair.guest, sitting, move)
    assert QUIET in words(client.get("/"))
    client.post("/one-thing/alone/not-now")
    assert QUIET not in words(client.get("/"))

    for months, seen in ((3, False), (4, True)):
        at(monkeypatch, began + timedelta(days=31 * months))
        assert (QUIET in words(sign_in(pair.host).get("/"))) == seen, months
    open_drawer(pair.host)
    pair.host.client.post("/one-thing/alone", {"seen": "Two tired people", "hard": "", "next": ""})
    assert QUIET not in words(pair.host.client.get("/"))
    # Who has not switched it on is offered nothing; the other's switch is not asked.
    switch.withdraw(pair.host.at(pair.bond))
    at(monkeypatch, began + timedelta(days=31 * 9))
    assert QUIET not in words(sign_in(pair.host).get("/"))
