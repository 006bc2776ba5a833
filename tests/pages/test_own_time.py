"""The pages on which somebody says when they are free: kind about what cannot be read, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from nearer.calendars import fetching, own
from nearer.calendars.fetching import NotFetched, Why
from nearer.calendars.free import FIRST_DAY, Half, Hours, minute_of
from nearer.files.rewritten import NotRewritten
from nearer.files.rewritten import Why as Unread
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.testing.cast import Person

pytestmark = pytest.mark.django_db
FOUND = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:%s\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def file() -> bytes:
    return FOUND % f"{timezone.now() + timedelta(days=3):%Y%m%dT%H%M%SZ}".encode()


def mine(person: Person) -> own.Own:
    hand = Shelf.at_hand(person.user.pk, person.ring)
    return own.own_of(hand, at=timezone.now(), today=timezone.localdate())


def send(person: Person, content: bytes) -> Any:
    return person.client.post("/times/file", {"file": SimpleUploadedFile("a.ics", content)})


def test_of_a_file_there_is_when_it_is_busy(alice: Person) -> None:
    assert send(alice, file()).status_code == 302

    (kept,) = mine(alice).calendars
    assert [end - begin for begin, end in kept.document.busy] == [60]
    assert "A file" in alice.client.get("/times").content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html>", "That could not be read as a calendar."),
        (b"PK\x03\x04rest", "That file is packed."),
        (b"", "That file is empty."),
        (b"x" * (fetching.MOST_BYTES + 1), "That calendar is larger than 10 MB."),
    ],
)
def test_what_cannot_be_read_is_said_kindly_and_nothing_is_lost(
    alice: Person, content: bytes, said: str
) -> None:
    send(alice, file())

    answer = send(alice, content)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert len(mine(alice).calendars) == 1


def test_an_address_is_asked_when_its_owner_says_so_and_at_no_other_time(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetch(address: str) -> bytes:
        asked.append(address)
        return file()

    monkeypatch.setattr(fetching, "fetch", fetch)
    alice.client.post("/times/address", {"address": "webcal://calendar.example.org/key-47.ics"})
    assert asked == ["https://calendar.example.org/key-47.ics"]
    page = alice.client.get("/times").content.decode()
    assert "calendar.example.org" in page
    assert "key-47" not in page, "whoever stands behind must not read it"
    for path in ("/", "/us", "/times"):
        alice.client.get(path)
    assert len(asked) == 1

    (kept,) = mine(alice).calendars
    alice.client.post("/times/again", {"record": kept.ref})
    assert len(asked) == 2
    assert [each.ref for each in mine(alice).calendars] == [kept.ref]


def keep(person: Person, calendar: own.Calendar, *, ago: timedelta) -> None:
    """Let somebody have had a calendar here for some time."""
    keeping.put(Shelf.at_hand(person.user.pk, person.ring), own.CALENDAR, calendar, at=timezone.now() - ago)


def test_a_calendar_that_says_nothing_of_the_days_to_come_is_shown_and_can_be_forgotten(
    alice: Person,
) -> None:
    now = minute_of(timezone.now())
    keep(alice, own.Calendar(busy=[[now - 900, now - 800]], until=now - 60), ago=timedelta(days=183))

    page = alice.client.get("/times").content.decode()
    assert "A newer file does." in page
    assert "csrfmiddlewaretoken" in page.partition('action="/times/forget"')[2].partition("</form>")[0]
    assert not mine(alice).is_said, "it frees nobody's days"
    alice.client.post("/times/forget", {"record": mine(alice).calendars[0].ref})
    assert mine(alice).calendars == []


def test_an_address_is_asked_again_quietly_while_its_owner_looks_and_not_twice_in_a_while(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetch(address: str) -> bytes:
        asked.append(address)
        if address.endswith("silent"):
            raise NotFetched(Why.SILENT)
        return file()

    monkeypatch.setattr(fetching, "fetch", fetch)
    for name, ago in (("silent", 9), ("old", 8), ("new", 2)):
        address, until = f"https://a.example.org/{name}", 2**40
        keep(alice, own.Calendar(address=address, until=until), ago=timedelta(hours=ago))
    keep(alice, own.Calendar(until=2**40), ago=timedelta(days=3))
    assert "data-fresh" in alice.client.get("/times").content.decode()

    answers = [alice.client.post("/times/fresh").status_code for _ in range(3)]

    assert answers == [302, 302, 204]
    assert asked == ["https://a.example.org/silent", "https://a.example.org/old"]
    assert [bool(kept.document.busy) for kept in mine(alice).calendars] == [False, False, False, True]
    assert "data-fresh" not in alice.client.get("/times").content.decode()


@pytest.mark.parametrize("why", [*Why, *Unread])
def test_what_does_not_come_leaves_what_was_read_before(
    alice: Person, monkeypatch: pytest.MonkeyPatch, why: Why | Unread
) -> None:
    monkeypatch.setattr(fetching, "fetch", lambda _: file())
    alice.client.post("/times/address", {"address": "https://calendar.example.org/a"})
    before = mine(alice).calendars

    def fetch(_: str) -> bytes:
        raise NotFetched(why) if isinstance(why, Why) else NotRewritten(why)

    monkeypatch.setattr(fetching, "fetch", fetch)
    again = alice.client.post("/times/again", {"record": before[0].ref})
    other = alice.client.post("/times/address", {"address": "https://typed.example.org/b"})

    assert again.status_code == other.status_code == 422
    assert "What was read before still stands." in again.content.decode()
    assert "https://typed.example.org/b" in other.content.decode()
    assert mine(alice).calendars == before


@pytest.mark.parametrize(
    "address", ["", "http://127.0.0.1:8000/", "http://169.254.169.254/", "file:///etc/passwd"]
)
def test_an_address_that_leads_inside_is_refused_and_stays_in_the_field(alice: Person, address: str) -> None:
    answer = alice.client.post("/times/address", {"address": address})

    assert answer.status_code == 422
    assert f'value="{address}"' in answer.content.decode() or not address
    assert not mine(alice).calendars


def test_there_is_room_for_eight_calendars(alice: Person) -> None:
    hand = Shelf.at_hand(alice.user.pk, alice.ring)
    for _ in range(own.MOST_CALENDARS):
        keeping.put(hand, own.CALENDAR, own.Calendar(until=2**40), at=timezone.now())

    answer = send(alice, file())

    assert answer.status_code == 422
    assert "Eight calendars are here" in answer.content.decode()
    alice.client.post("/times/forget", {"record": mine(alice).calendars[0].ref})
    assert send(alice, file()).status_code == 302


def test_what_came_as_a_file_is_not_asked_again_and_what_is_gone_needs_no_word(alice: Person) -> None:
    send(alice, file())
    for record in (mine(alice).calendars[0].ref, "nonsense", "3f0b1f3e-0000-4000-8000-000000000000"):
        assert alice.client.post("/times/again", {"record": record}).status_code == 302
        assert alice.client.post("/times/forget", {"record": "nonsense"}).status_code == 302


def test_half_days_are_tapped_and_let_go(alice: Person) -> None:
    today = (timezone.localdate() - FIRST_DAY).days
    tapped: set[Half] = {(today, 2), (today + 1, 0)}

    alice.client.post("/times/halves", {"halves": [f"{day}.{part}" for day, part in tapped]})
    assert mine(alice).halves == tapped
    assert alice.client.get("/times/halves").content.decode().count(" checked") == 2

    assert alice.client.post("/times/halves", {"halves": ["1.1"]}).status_code == 422
    alice.client.post("/times/halves", {})
    assert mine(alice).halves == frozenset()


def test_how_ones_days_are(alice: Person) -> None:
    said = {"wakes": "06:30", "sleeps": "21:15", "morning": 3, "afternoon": 2, "evening": 1}

    alice.client.post("/times/days", said)
    assert mine(alice).hours == Hours(wakes=390, sleeps=1275, energy=(3, 2, 1))
    page = alice.client.get("/times/days").content.decode()
    assert 'value="06:30"' in page
    assert alice.client.post("/times/days", said | {"morning": 4}).status_code == 422
