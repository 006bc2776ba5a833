"""Letters as people meet them on Today and on their page, and when they rest."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nearer.practices.listening.moves import Keep, SetTopic, Speak, Variant
from nearer.protocol import COOLING, QUIET_END, Leave, Mode, Ready
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.taking_back import prune
from nearer.testing.cast import Pair, Person, arrive, fresh, play, post_move, start_sitting
from nearer.vault.models import StoredKey
from tests.house.test_words import BANNED
from tests.pages.letters import (
    CHECKED,
    NOTING,
    OPENED,
    SAID_BACK,
    SENT,
    STEPS,
    VALIDATED,
    go_on,
    letters,
)
from tests.pages.reading import at, html, marked, moves_on, words

pytestmark = pytest.mark.django_db

ENDED = "The sitting is over"
TEXT_FIELD = re.compile(r"<textarea(?![^>]*readonly)|<input[^>]*type=\"text\"")


@pytest.fixture(autouse=True)
def night(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock in the middle of a night: letters know no quiet hours, since they never call."""
    at(monkeypatch, timezone.now().replace(hour=3, minute=10))


def today(person: Person) -> str:
    return words(person.client.get("/"))


def page(person: Person, sitting: Sitting) -> Any:
    return person.client.get(f"/s/{sitting.pk}")


@pytest.mark.parametrize("steps", range(SENT))
@pytest.mark.rule("R3")
def test_nobody_sees_that_a_letter_is_being_written(pair: Pair, steps: int) -> None:
    before = html(pair.guest.client.get("/"))
    sitting = letters(pair, steps)

    assert html(pair.guest.client.get("/")) == before
    assert ("The next step is yours" in today(pair.host)) == (steps > 0)
    begun = pair.guest.client.post("/practise/listening/start", {"mode": "async"})
    assert begun["Location"] != f"/s/{sitting.pk}", "beginning one's own would tell"


@pytest.mark.parametrize(
    ("steps", "host", "guest"),
    [
        (SENT, "Your letter is with Bob", "A letter waits for you"),
        (OPENED, "Your letter is with Bob", "A letter waits for you"),
        (SAID_BACK, "A letter waits for you", "Your letter is with Alice"),
        (6, "The next step is yours", "The next letter is Alice’s"),
        (7, "Your letter is with Bob", "A letter waits for you"),
        (CHECKED, "Your letter is with Bob", "A letter waits for you"),
        (VALIDATED, "The next letter is Bob’s", "The next step is yours"),
        (11, "The next letter is Bob’s", "The next step is yours"),
        (12, "A letter waits for you", "Your letter is with Alice"),
        (NOTING, "The next step is yours", "A letter waits for you"),
        (NOTING + 1, "Yours is in, and sealed", "A letter waits for you"),
        (NOTING + 2, "The next step is yours", "A letter waits for you"),
    ],
)
def test_today_says_whose_turn_it_is(pair: Pair, steps: int, host: str, guest: str) -> None:
    letters(pair, steps)

    for person, text in ((pair.host, host), (pair.guest, guest)):
        seen = today(person)
        assert text in seen
        assert "Open until" in seen
        assert not BANNED.search(seen), seen


@pytest.mark.parametrize(("first", "last"), [(SENT, OPENED), (VALIDATED, 11), (NOTING, NOTING + 1)])
@pytest.mark.rule("R3")
def test_what_only_leads_up_to_a_letter_changes_no_byte(pair: Pair, first: int, last: int) -> None:
    sitting = letters(pair, first)
    reader = pair.guest if STEPS[last - 1][0] else pair.host
    before = [html(reader.client.get(path)) for path in ("/", f"/s/{sitting.pk}")]

    go_on(pair, sitting, first, last)

    assert [html(reader.client.get(path)) for path in ("/", f"/s/{sitting.pk}")] == before


@pytest.mark.parametrize("steps", range(len(STEPS) + 1))
def test_every_step_has_its_words_and_says_when_it_rests(pair: Pair, steps: int) -> None:
    sitting = letters(pair, steps)

    for person in (pair.host, pair.guest):
        seen = words(page(person, sitting))
        assert ("Open until" in seen) or (steps == 0) or (person is pair.guest and steps < SENT)
        assert not BANNED.search(seen), seen
        assert "I said it aloud" not in seen


def test_that_a_note_may_stay_empty_is_said_once(pair: Pair) -> None:
    seen = words(page(pair.host, letters(pair, NOTING)))

    assert "You may leave this empty." in seen
    assert "(optional)" not in seen


@pytest.mark.parametrize(
    ("steps", "is_host", "hold_on_to"),
    [
        (2, True, "Speak for yourself: “I felt…”"),
        (OPENED, False, "What I am hearing is…"),
        (SAID_BACK, True, "Only you can know. Any answer helps."),
        (6, True, "What got through, and what is still to come?"),
        (CHECKED, False, "“Anyone in your place could feel that.”"),
        (VALIDATED, False, "A letter of your own is welcome, not owed."),
        (NOTING, True, "You may leave this empty."),
        (NOTING + 2, False, "read the letters aloud to each other"),
    ],
)
def test_words_to_hold_on_to_come_when_they_help(
    pair: Pair, *, steps: int, is_host: bool, hold_on_to: str
) -> None:
    sitting = letters(pair, steps)

    assert hold_on_to in words(page(pair.host if is_host else pair.guest, sitting))


def test_the_reader_has_one_field_and_it_says_it_back(pair: Pair) -> None:
    sitting = letters(pair, SENT)
    assert not TEXT_FIELD.findall(html(page(pair.guest, sitting)))

    go_on(pair, sitting, SENT, OPENED)
    seen = page(pair.guest, sitting)

    assert moves_on(seen) == {"Reflect", "Pause", "Leave"}
    assert len(TEXT_FIELD.findall(html(seen))) == 1
    assert "Say it back" in words(seen)
    assert "optional" not in words(seen)
    assert "Room for" not in words(seen)


def test_a_letter_too_long_stays_on_the_page(pair: Pair) -> None:
    sitting = letters(pair, 2)
    long = "a word " * 290

    refused = post_move(pair.host, sitting, "Speak", words=long)

    assert refused.status_code == 422
    assert "This is 29 characters too long. There is room for 2000." in words(refused)
    assert long.strip() in html(refused)
    assert post_move(pair.host, sitting, "Speak", words=long[:2000]).status_code == 302


def test_an_empty_answer_is_asked_for_without_blame(pair: Pair) -> None:
    sitting = letters(pair, OPENED)

    refused = post_move(pair.guest, sitting, "Reflect", words=" ")

    assert refused.status_code == 422
    assert "There is nothing in it yet. A few words are enough." in words(refused)


@pytest.mark.rule("R5")
def test_a_letter_that_is_not_for_today_leads_to_something_lighter_and_names_nobody(pair: Pair) -> None:
    sitting = start_sitting(pair, mode=Mode.ASYNC, practised=2)
    hard = SetTopic(topic="what happened", variant=Variant.HARD)
    for move in (Ready(), hard, Speak(words="a first letter", aloud=False)):
        play(pair.host, sitting, move)
    arrive(pair, sitting)
    play(pair.guest, sitting, Ready())
    assert "a first letter" not in words(page(pair.guest, sitting))
    post_move(pair.guest, sitting, "Heat", level="not_today")

    assert "Something lighter today" in words(page(pair.host, sitting))
    assert "a first letter" in words(page(pair.host, sitting))
    assert "a first letter" not in words(page(pair.guest, sitting))
    assert "The next letter is Alice’s" in today(pair.guest)


def test_letters_rest_after_exactly_three_days(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = timezone.now() + COOLING
    sitting = letters(pair, SENT)
    at(monkeypatch, sent + timedelta(hours=1))
    go_on(pair, sitting, SENT, OPENED)

    at(monkeypatch, sent + QUIET_END - timedelta(minutes=1))
    assert "A letter waits for you" in today(pair.guest)
    assert "Your letter is with Bob" in today(pair.host)
    assert "Say it back" in words(page(pair.guest, sitting))

    at(monkeypatch, sent + QUIET_END)
    for person in (pair.host, pair.guest):
        assert "letter" not in today(person)
    ends = {
        re.sub(r"data-(me|you)=\"\w+\"", "", words(page(person, sitting)))
        for person in (pair.host, pair.guest)
    }
    assert len(ends) == 1
    assert ENDED in ends.pop()
    late = post_move(pair.guest, sitting, "Reflect", words="a minute late")
    assert late.status_code == 409
    assert marked(late, "data-unsent") == "a minute late"
    assert not fresh(sitting).is_over, "who comes too late changes nothing for the other"


def test_pruning_ends_what_rests(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = letters(pair, OPENED)
    at(monkeypatch, timezone.now() + QUIET_END + timedelta(days=2))

    assert prune.prune(timezone.now()).sittings == 1

    assert fresh(sitting).is_over
    assert not Entry.objects.exists()
    assert not StoredKey.objects.filter(owner=sitting.pk).exists()
    assert ENDED in words(page(pair.host, sitting))


def test_the_time_is_plain_without_scripts(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    letters(pair, SENT)
    rests = timezone.now() + COOLING + QUIET_END

    seen = pair.guest.client.get("/")

    assert f'<time datetime="{rests.isoformat()}" data-moment>' in html(seen)
    assert f"{rests:%A} {rests.day} {rests:%B}, 03:12 UTC" in words(seen)


def test_each_finds_their_own_letter_again(pair: Pair) -> None:
    sitting = letters(pair, 2)
    start = {"mode": "async"}

    mine = [pair.host.client.post("/practise/listening/start", start)["Location"] for _ in range(2)]
    theirs = [pair.guest.client.post("/practise/listening/start", start)["Location"] for _ in range(2)]

    assert mine == [f"/s/{sitting.pk}"] * 2
    assert theirs[0] == theirs[1] != mine[0]


def test_letters_left_or_finished_are_gone_from_today(pair: Pair) -> None:
    sitting = letters(pair, SENT)
    play(pair.guest, sitting, Leave())
    finished = letters(pair, len(STEPS))
    for person in (pair.host, pair.guest):
        play(person, finished, Keep(keep=True))

    for person in (pair.host, pair.guest):
        assert "letter" not in today(person)
    assert "read the letters aloud" in words(page(pair.guest, finished))


def test_beside_letters_a_live_sitting_is_listed_as_ever(pair: Pair) -> None:
    letters(pair, SENT)
    start_sitting(pair, mode=Mode.LIVE)

    assert "Open now, for both of you" in today(pair.guest)
    assert "A letter waits for you" in today(pair.guest)
