"""What was sent in letters waits a little: nothing of it shows, and it can be taken back without a trace."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from nearer.practices.listening.moves import Note, Validate
from nearer.protocol import COOLING, encode
from nearer.sittings.models import Entry, Sitting
from nearer.testing.cast import Pair, Person, fresh, play, run_of
from tests.pages.letters import CHECKED, NOTING, SAID_BACK, STEPS, go_on, letters
from tests.pages.reading import at, html, moves_on, words

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R17")]

LETTER = 2  # the next step sends the first letter


@pytest.fixture(autouse=True)
def _still(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, timezone.now())


def pages(person: Person, sitting: Sitting) -> list[str]:
    return [
        html(person.client.get(path)) for path in ("/", "/us", f"/s/{sitting.pk}", f"/s/{sitting.pk}/words")
    ]


def send(pair: Pair, sitting: Sitting, step: int) -> tuple[Person, Person]:
    """Play one step, and return who sent it and who gets it."""
    is_host, move = STEPS[step]
    sender, reader = (pair.host, pair.guest) if is_host else (pair.guest, pair.host)
    play(sender, sitting, move)
    return sender, reader


def back(person: Person, sitting: Sitting) -> str:
    answer = person.client.post(f"/s/{sitting.pk}", {"move": "TakeBack"})
    assert answer.status_code == 200, words(answer)
    return html(answer)


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (LETTER, "a first letter"),
        (4, "what came through"),
        (6, "the missing part"),
        (9, "it makes sense"),
        (16, "yours"),
    ],
)
def test_until_it_is_there_not_a_byte_of_it_shows(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, step: int, text: str
) -> None:
    sitting = letters(pair, step)
    reader = pair.guest if STEPS[step][0] else pair.host
    before, told = pages(reader, sitting), fresh(sitting).seq

    sender, _ = send(pair, sitting, step)
    on_its_way = words(sender.client.get(f"/s/{sitting.pk}"))
    assert "On its way to" in on_its_way
    assert pages(reader, sitting) == before
    assert fresh(sitting).seq == told, "a stream tells either of the two this number"

    at(monkeypatch, timezone.now() + COOLING)
    assert pages(reader, sitting) != before
    assert "On its way to" not in words(sender.client.get(f"/s/{sitting.pk}"))
    assert sender.client.post(f"/s/{sitting.pk}", {"move": "TakeBack"}).status_code == 409
    assert text in words(sender.client.get(f"/s/{sitting.pk}/words"))


@pytest.mark.parametrize("step", [LETTER, 4, 6, 9, 16])
def test_taken_back_it_never_was(pair: Pair, step: int) -> None:
    sitting = letters(pair, step)
    before = [pages(person, sitting) for person in (pair.host, pair.guest)]
    log = run_of(pair.host, sitting).log

    sender, _ = send(pair, sitting, step)
    answer = back(sender, sitting)

    assert [pages(person, sitting) for person in (pair.host, pair.guest)] == before
    assert run_of(pair.host, sitting).log == log
    assert str(encode(STEPS[step][1])["words"]) in answer, "what was typed is in its field again"
    assert type(STEPS[step][1]).__name__ in moves_on(sender.client.get(f"/s/{sitting.pk}"))


def test_what_was_begun_after_it_goes_back_with_it(pair: Pair) -> None:
    sitting = letters(pair, CHECKED)
    before = pages(pair.host, sitting)

    for _, move in STEPS[CHECKED : CHECKED + 2]:
        play(pair.guest, sitting, move)
    assert pages(pair.host, sitting) == before
    back(pair.guest, sitting)

    assert Entry.objects.filter(sitting=sitting).count() == len(run_of(pair.guest, sitting).log)
    play(pair.guest, sitting, Validate(words="said otherwise", aloud=False))
    assert "it makes sense" not in str(run_of(pair.guest, sitting).position)


def test_a_sealed_note_can_be_taken_back_until_both_are_in(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = letters(pair, NOTING)
    before = [pages(person, sitting) for person in (pair.host, pair.guest)]

    play(pair.host, sitting, Note(words="too soon"))
    assert pages(pair.guest, sitting) == before[1]
    assert "too soon" in back(pair.host, sitting)

    assert [pages(person, sitting) for person in (pair.host, pair.guest)] == before
    go_on(pair, sitting, NOTING, NOTING + 2)
    assert pair.host.client.post(f"/s/{sitting.pk}", {"move": "TakeBack"}).status_code == 409


def test_it_arrives_though_the_letters_were_about_to_rest(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = letters(pair, 4)
    at(monkeypatch, timezone.now() + timedelta(hours=72))

    send(pair, sitting, 4)
    at(monkeypatch, timezone.now() + timedelta(hours=2))

    assert "what came through" in words(pair.host.client.get(f"/s/{sitting.pk}"))


def test_nobody_takes_back_what_is_not_theirs(pair: Pair, charlie: Person, dana: Person) -> None:
    sitting = letters(pair, SAID_BACK - 1)
    send(pair, sitting, SAID_BACK - 1)

    assert pair.host.client.post(f"/s/{sitting.pk}", {"move": "TakeBack"}).status_code == 409
    for person in (charlie, dana):
        assert person.client.post(f"/s/{sitting.pk}", {"move": "TakeBack"}).status_code == 404
    assert "what came through" in str(run_of(pair.guest, sitting).position)
