"""The one reminder: for whoever asked, once, and nobody else's to see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from nearer.protocol import COOLING, QUIET_END
from nearer.records.models import Record
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person, post_move
from tests.pages.letters import OPENED, SAID_BACK, SENT, go_on, letters
from tests.pages.reading import at, everything_stored, html, words

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OFFER = "Remind me once, tomorrow"
REMINDED = "You asked for one reminder: a letter waits for you."


@pytest.fixture
def letter(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """A letter waits for Bob, and the clock stands still."""
    at(monkeypatch, timezone.now())
    sitting = letters(pair, SENT)
    at(monkeypatch, timezone.now() + COOLING)  # now it is with the reader
    return sitting


def ask(person: Person, sitting: Sitting, **wish: str) -> None:
    answer = person.client.post(f"/s/{sitting.pk}/remind", wish)
    assert answer["Location"] == "/"


def kept() -> QuerySet[Record]:
    """What is kept for one person alone: the reminder. What a bond keeps, as what was drawn for it, is no part."""
    return Record.objects.filter(user__isnull=False)


def today(person: Person) -> str:
    return words(person.client.get("/"))


def test_nothing_without_asking(pair: Pair, letter: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    assert OFFER in today(pair.guest)
    assert OFFER not in today(pair.host)

    at(monkeypatch, timezone.now() + DAY)

    assert REMINDED not in today(pair.guest)
    assert OFFER not in today(pair.guest), "a second one could be had"


def test_it_is_shown_once_after_a_day(pair: Pair, letter: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = timezone.now()
    ask(pair.guest, letter)
    assert "Today reminds you once" in today(pair.guest)

    at(monkeypatch, asked + DAY - timedelta(seconds=1))
    assert REMINDED not in today(pair.guest)
    at(monkeypatch, asked + DAY)
    pair.guest.client.head("/")
    assert REMINDED in today(pair.guest)
    again = today(pair.guest)
    assert REMINDED not in again
    assert OFFER not in again
    assert "A letter waits for you" in again
    assert not kept().exists()


def test_the_other_sees_no_byte_of_it(pair: Pair, letter: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = ("/", f"/s/{letter.pk}", "/us", "/settings")
    for moment in (timezone.now(), timezone.now() + DAY):
        at(monkeypatch, moment)
        before = [html(pair.host.client.get(path)) for path in paths]
        ask(pair.guest, letter)
        pair.guest.client.get("/")
        assert [html(pair.host.client.get(path)) for path in paths] == before
    assert pair.host.client.get(f"/s/{letter.pk}/reminder.ics").status_code == 404


def test_it_can_be_taken_back(pair: Pair, letter: Sitting) -> None:
    ask(pair.guest, letter)
    ask(pair.guest, letter)
    assert kept().count() == 1

    ask(pair.guest, letter, wish="no")

    assert not kept().exists()
    assert OFFER in today(pair.guest)


@pytest.mark.parametrize("steps", [0, 2, SAID_BACK])
def test_only_whoever_has_a_letter_waiting_can_ask(pair: Pair, steps: int) -> None:
    sitting = letters(pair, steps)

    for person in (pair.host, pair.guest):
        ask(person, sitting)

    waiting = [pair.host.user.pk] if steps == SAID_BACK else []
    assert list(kept().values_list("user_id", flat=True)) == waiting


def test_a_live_sitting_reminds_nobody(pair: Pair, floor: Sitting) -> None:
    ask(pair.guest, floor)

    assert not kept().exists()


def test_it_is_gone_once_the_letter_is_answered(pair: Pair, letter: Sitting) -> None:
    ask(pair.guest, letter)
    go_on(pair, letter, SENT, OPENED)
    assert kept().exists()

    post_move(pair.guest, letter, "Reflect", words="What I hear")

    assert not kept().exists()


def test_it_is_gone_when_the_turn_passed_another_way(pair: Pair, letter: Sitting) -> None:
    ask(pair.guest, letter)
    go_on(pair, letter, SENT, SAID_BACK)

    assert REMINDED not in today(pair.guest)

    assert not kept().exists()


def test_it_goes_with_the_letter(pair: Pair, letter: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(pair.guest, letter)
    at(monkeypatch, timezone.now() + QUIET_END)

    assert REMINDED not in today(pair.guest)

    assert not kept().exists()


def test_the_calendar_gets_a_dull_event(pair: Pair, letter: Sitting) -> None:
    path = f"/s/{letter.pk}/reminder.ics"
    assert pair.guest.client.get(path).status_code == 404
    ask(pair.guest, letter)

    answer = pair.guest.client.get(path)

    event = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="reminder.ics"'
    assert f"DTSTART:{timezone.now() + DAY:%Y%m%dT%H%M%SZ}" in event
    assert "SUMMARY:Something is waiting for you.\r\n" in event
    for private in ("Alice", "Bob", "Floor", "listening", "letter", str(letter.pk)):
        assert private not in event


def test_a_thief_learns_that_somebody_keeps_something_and_no_more(pair: Pair, letter: Sitting) -> None:
    before = everything_stored()["records.Record"]

    ask(pair.guest, letter)

    [row] = [row for row in everything_stored()["records.Record"] if row not in before]
    assert str(letter.pk) not in str(row)
    assert letter.pk.bytes not in b"".join(value for value in row if isinstance(value, bytes))
