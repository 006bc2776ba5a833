"""Somebody who is not here is called: with one text, at their hour, for what waits for them, and for nothing else."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from nearer import outward
from nearer.accounts.profile import face_of, save_face
from nearer.calendars import entries
from nearer.keepsakes import items
from nearer.leaving.leave import leave
from nearer.notices import causes, channels, muting, queue, turn, wishes
from nearer.notices.channels import Sort
from nearer.notices.models import Cause, Channel, Job, Wishes
from nearer.notices.rules import Wish
from nearer.plans import lines
from nearer.practices.support.ask import keeping as asks
from nearer.practices.support.moves import Wish as Help
from nearer.records import between, keeping
from nearer.records.shelf import Shelf
from nearer.server.management.commands import worker
from nearer.testing.cast import Pair, Person, play, post_move, start_sitting
from tests.pages.letters import SENT, STEPS, letters
from tests.pages.push_service import Browser, PushService, push_service
from tests.pages.test_keepsakes import keep

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    """A push service."""
    with push_service(monkeypatch) as running:
        yield running


def subscribe(person: Person, service: PushService, wish: Wish | None = None, name: str = "phone") -> Browser:
    """Let somebody be called on a phone."""
    browser = service.browser(name)
    channels.add(person.user.pk, person.ring.profile, Sort.PUSH, browser.subscription, name="Firefox")
    save_face(
        person.user.pk, replace(face_of(person.user.pk, ring=person.ring), called=True), ring=person.ring
    )
    if wish:
        causes.change(person.user.pk, wish=wish)
    return browser


def hour(day: int = 0) -> datetime:
    """Return the next moment at which somebody with the house's own hours is called, or that of a later day."""
    at = timezone.now().replace(hour=19, minute=0, second=0, microsecond=0)
    return at + timedelta(days=day + (at <= timezone.now()))


def propose(pair: Pair, cue: str = "the kitchen is tidy") -> None:
    lines.propose(pair.host.at(pair.bond), cue=cue, act="sit down", at=timezone.now())


def test_whoever_did_not_ask_for_it_is_never_called(pair: Pair, service: PushService) -> None:
    propose(pair)
    turn.turn(hour(3))

    assert not any(kind.objects.exists() for kind in (Cause, Wishes, Job))
    assert service.bodies == []


def test_something_waits_and_they_are_called_once_at_their_hour(pair: Pair, service: PushService) -> None:
    phone = subscribe(pair.guest, service)
    propose(pair)
    propose(pair, cue="it rains")

    turn.turn(hour() - timedelta(seconds=1))
    assert service.bodies == []
    turn.turn(hour())
    turn.turn(hour())
    turn.turn(hour(1))

    [body] = service.bodies
    assert json.loads(phone.read(body)) == {
        "web_push": 8030,
        "notification": {
            "title": "Nearer: something is waiting.",
            "navigate": "http://127.0.0.1:8000/",
            "tag": "nearer",
            "silent": True,
            "actions": [{"action": "mute", "title": "Mute", "navigate": "http://127.0.0.1:8000/mute"}],
        },
    }
    assert not any(kind.objects.exists() for kind in (Cause, Job))


def first_letter(pair: Pair, person: Person) -> None:
    sitting = letters(pair, SENT - 1)
    play(pair.host, sitting, STEPS[SENT - 1][1])


def a_date(pair: Pair, person: Person) -> None:
    entries.add(
        pair.host.at(pair.bond), starts=hour(1) + timedelta(minutes=30), minutes=60, at=timezone.now()
    )


CAUSES: dict[str, Callable[[Pair, Person], object]] = {
    "a plan": lambda pair, _: propose(pair),
    "a letter": first_letter,
    "a photo": lambda pair, _: keep(pair.host, pair, before=timedelta()),
    "an ask": lambda pair, _: asks.ask(pair.host.at(pair.bond), Help.LISTEN, "a long day", at=timezone.now()),
    "a date": a_date,
}  # fmt: skip


def test_the_bytes_are_the_same_for_every_cause(pair: Pair, service: PushService) -> None:
    phone = subscribe(pair.guest, service, Wish(on_time=True))
    for cause in CAUSES.values():
        cause(pair, pair.guest)
        before = len(service.bodies)
        for moment in sorted(set(Cause.objects.values_list("due", flat=True))):
            turn.turn(moment)
        assert len(service.bodies) == before + 1
        Wishes.objects.all().delete()
        wishes.store(pair.guest.user.pk, wishes.Chosen(wish=Wish(on_time=True)))

    assert len({phone.read(body) for body in service.bodies}) == 1
    assert len({len(body) for body in service.bodies}) == 1
    public = [
        {name: value for name, value in head.items() if name != "authorization"} for head in service.headers
    ]
    assert all(head == public[0] for head in public)


def test_what_the_other_does_alone_is_no_cause(pair: Pair, service: PushService) -> None:
    subscribe(pair.guest, service)
    subscribe(pair.host, service, name="other")
    sitting = letters(pair, SENT - 1)
    assert not Cause.objects.exists(), "writing is nobody's to be called for"
    play(pair.host, sitting, STEPS[SENT - 1][1])
    assert [cause.member.user for cause in Cause.objects.all()] == [pair.guest.user]
    assert post_move(pair.host, sitting, "TakeBack").status_code == 200
    assert not Cause.objects.exists(), "it never arrives"

    live = start_sitting(pair)
    for person in (pair.host, pair.guest):
        post_move(person, live, "Ready")
    post_move(pair.host, live, "SetTopic", topic="the drive home")
    post_move(pair.guest, live, "Leave")
    pair.host.client.get("/")
    assert not Cause.objects.exists()


def test_what_is_gone_again_is_no_cause(pair: Pair, service: PushService) -> None:
    subscribe(pair.guest, service)
    me = pair.host.at(pair.bond)
    propose(pair)
    lines.withdraw(me, lines.lines_of(me).lines[0].ref, at=timezone.now())
    put = keep(pair.host, pair, before=timedelta())
    items.take_back(me, put.ref, at=timezone.now())
    asks.ask(me, Help.LISTEN, "a long day", at=timezone.now())
    between.take_back(me, asks.ASKED, keeping.find(Shelf.of_bond(me), asks.ASKED)[0].ref)

    assert not Cause.objects.exists()


def test_whoever_has_looked_is_not_called(pair: Pair, service: PushService) -> None:
    subscribe(pair.guest, service)
    propose(pair)
    pair.guest.client.get("/")
    turn.turn(hour())

    assert service.bodies == []


def test_after_three_unopened_it_becomes_rarer_and_a_visit_makes_it_daily_again(
    pair: Pair, service: PushService
) -> None:
    subscribe(pair.guest, service)
    for day in range(6):
        causes.comes(pair.guest.at(pair.bond).me, f"{day}", after=hour(day) - timedelta(hours=1))
        turn.turn(hour(day))
    assert len(service.bodies) == 4, "on the first days, then every other day"

    pair.guest.client.get("/")
    chosen = wishes.chosen_by(pair.guest.user.pk)
    assert chosen is not None
    assert chosen.told.unopened == 0


def test_an_hour_both_agreed_on_comes_then_for_whoever_chose_so_and_moves_with_it(
    pair: Pair, service: PushService
) -> None:
    subscribe(pair.guest, service, Wish(on_time=True))
    subscribe(pair.host, service, name="other")
    me, at = pair.host.at(pair.bond), timezone.now()
    begins = hour(1) + timedelta(minutes=30)
    ref = entries.add(me, starts=begins, minutes=60, at=at)
    entries.move(me, ref, starts=begins + timedelta(minutes=15), at=at)
    pair.guest.client.get("/")

    turn.turn(begins)
    assert service.bodies == [], "a visit takes nothing from an hour that lies ahead, and it was moved"
    turn.turn(begins + timedelta(minutes=15))
    assert service.paths == ["/send/phone"]

    ref = entries.add(me, starts=begins + timedelta(days=1), minutes=60, at=at)
    entries.cancel(me, ref, at=at)
    assert not Cause.objects.exists()


def test_a_bond_that_somebody_left_calls_nobody(pair: Pair, service: PushService) -> None:
    subscribe(pair.guest, service)
    propose(pair)
    leave(pair.host.at(pair.bond), pair.host.ring, at=timezone.now())
    turn.turn(hour())

    assert service.bodies == []
    assert not Cause.objects.exists()


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(pair: Pair, service: PushService, status: int) -> None:
    subscribe(pair.guest, service)
    service.answers = [status]
    propose(pair)
    turn.turn(hour())

    assert not any(kind.objects.exists() for kind in (Channel, Job, Wishes))


def test_what_was_not_taken_is_sent_again_with_longer_and_longer_waits(
    pair: Pair, service: PushService
) -> None:
    subscribe(pair.guest, service)
    service.answers = [503] * 20
    propose(pair)
    turn.turn(hour())
    waits = []
    while job := Job.objects.first():
        waits.append(job.due)
        turn.turn(job.due)

    assert len(service.bodies) == queue.MOST_TRIES
    gaps = [later - sooner for sooner, later in zip([hour(), *waits], waits, strict=False)]
    assert gaps == sorted(gaps)
    assert Channel.objects.exists(), "it is not forgotten for that"


def test_a_worker_that_was_killed_in_the_middle_has_lost_nothing(pair: Pair, service: PushService) -> None:
    phone = subscribe(pair.guest, service)
    propose(pair)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queue, "_done", lambda _document: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            turn.turn(hour())
    turn.turn(hour() + queue.LEASE - timedelta(seconds=1))
    assert service.bodies == [], "another worker waits until it counts as gone"
    turn.turn(hour() + queue.LEASE)

    assert [len(phone.read(body)) > 0 for body in service.bodies] == [True]


def test_endpoints_of_this_machine_are_not_reached(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    real = outward.is_public
    with push_service(monkeypatch) as service:
        subscribe(pair.guest, service)
        propose(pair)
        monkeypatch.setattr(outward, "is_public", real)
        turn.turn(hour())

        assert service.bodies == []
        assert not Channel.objects.exists()


def test_a_link_mutes_without_logging_in_and_works_once(
    pair: Pair, service: PushService, client: Any
) -> None:
    subscribe(pair.guest, service)
    channel = Channel.objects.get()
    link, later = muting.link_for(channel), muting.link_for(channel)
    path = link.removeprefix("http://127.0.0.1:8000")

    assert client.get(path).status_code == 200
    assert wishes.chosen_by(pair.guest.user.pk).wish.muted is False, "a look changes nothing"  # type: ignore[union-attr]
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert wishes.chosen_by(pair.guest.user.pk).wish.muted  # type: ignore[union-attr]
    propose(pair)
    turn.turn(hour())
    assert service.bodies == []

    causes.change(pair.guest.user.pk, wish=Wish())
    assert link == later
    assert client.post(path).status_code == 410
    assert client.get(path).status_code == 410
    assert not wishes.chosen_by(pair.guest.user.pk).wish.muted  # type: ignore[union-attr]
    for wrong in ("/mute/x", "/mute/AAAA", f"{path[:-2]}AA"):
        assert client.post(wrong).status_code == 410


def test_a_row_that_does_not_open_holds_nobody(pair: Pair, service: PushService) -> None:
    subscribe(pair.guest, service)
    propose(pair)
    Wishes.objects.update(sealed=b"x" * 100)
    propose(pair, cue="it rains")
    assert pair.guest.client.get("/").status_code == 200
    turn.turn(hour())
    assert service.bodies == []


def test_a_worker_that_is_told_to_stop_ends_after_what_it_is_at(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    told: list[bool] = []

    def run(until: threading.Event) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        told.append(until.wait(10))

    monkeypatch.setattr(worker, "shut_memory", lambda: None)
    monkeypatch.setattr(turn, "run", run)
    try:
        call_command("worker")
    finally:
        for number, then in before.items():
            signal.signal(number, then)
        queue.woken.clear()

    assert told == [True]
