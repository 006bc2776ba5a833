"""A letter is one tap from Today, has the page to itself, and says until when it is open."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from nearer.practices.listening.moves import Note
from nearer.protocol import OPEN_FOR
from nearer.server import daily
from nearer.sittings.models import Sitting
from nearer.sittings.templatetags.sittings import until
from nearer.testing.cast import Pair, Person, arrive, fresh, play, run_of
from nearer.vault.models import StoredKey
from tests.pages.letters import CHECKED, NOTING, OPENED, SAID_BACK, SENT, STEPS, letters
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
START = "/practise/listening/start"
DOOR = re.compile(r'action="(/s/[^"]+)"[^>]*>.{0,80}?name="move" value="Ready">.*?value="(\d+)"', re.DOTALL)


def stage(person: Person, sitting: Sitting) -> str:
    return html(person.client.get(f"/s/{sitting.pk}"))


def begun_for(pair: Pair, days: int | str) -> Sitting:
    """Let the host begin letters that are open for so long, and send the first."""
    pair.host.client.post(START, {"mode": "async", "open_for": str(days)})
    sitting = Sitting.objects.get()
    for _, move in STEPS[:SENT]:
        play(pair.host, sitting, move)
    arrive(pair, sitting)
    return fresh(sitting)


def test_one_tap_from_today_opens_it(pair: Pair) -> None:
    sitting = letters(pair, SENT)
    door = DOOR.search(html(pair.guest.client.get("/")))
    assert door

    answer = pair.guest.client.post(door[1], {"move": "Ready", "seq": door[2]})

    assert answer.status_code == 302
    assert answer["Location"] == f"/s/{sitting.pk}"
    assert not DOOR.search(html(pair.guest.client.get("/"))), "a second tap has nothing to open"


@pytest.mark.parametrize(("steps", "is_host"), [(OPENED, False), (SAID_BACK, True)])
def test_the_letter_comes_first_and_what_it_asks_for_after_it(
    pair: Pair, steps: int, *, is_host: bool
) -> None:
    sitting = letters(pair, steps)
    reader, writer = (pair.host, pair.guest) if is_host else (pair.guest, pair.host)

    seen = stage(reader, sitting)

    assert 'class="reveal letter"' in seen
    assert seen.index('class="reveal letter"') < seen.index("data-move=")
    assert str(vars(STEPS[steps - 1 if is_host else SENT - 1][1])["words"]) in seen
    assert 'class="reveal letter"' not in stage(writer, sitting)


def test_a_note_for_the_end_is_no_answer_to_a_letter(pair: Pair) -> None:
    sitting = letters(pair, NOTING)

    assert 'class="reveal letter"' not in stage(pair.host, sitting)
    play(pair.host, sitting, Note(words="mine"))
    assert 'class="reveal letter"' not in stage(pair.host, sitting)


@pytest.mark.parametrize(
    ("hours", "said"),
    [(3, "this evening, 22:00"), (8, "early tomorrow, 03:00"), (21, "tomorrow afternoon, 16:00"),
     (40, "Friday morning, 11:00"), (72, "Saturday evening, 19:00"), (24 * 9, "Friday 26 June, 19:00")],
)  # fmt: skip
def test_until_when_is_said_as_one_would(hours: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nearer.sittings.templatetags.sittings.is_known", lambda: True)
    now = datetime(2026, 6, 17, 19, tzinfo=UTC)
    at(monkeypatch, now)

    with timezone.override(UTC):
        assert f">{said}<" in until(now + timedelta(hours=hours))


@pytest.mark.parametrize("days", OPEN_FOR)
def test_whoever_begins_chooses_how_long_it_is_open(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    now = timezone.now()
    at(monkeypatch, now)
    sitting = begun_for(pair, days)
    ends = run_of(pair.host, sitting).position.rests
    assert ends is not None
    assert ends - now >= days * DAY

    at(monkeypatch, ends - timedelta(minutes=1))
    daily.often(timezone.now())
    assert StoredKey.objects.filter(owner=sitting.pk).exists()

    at(monkeypatch, ends + timedelta(minutes=31))
    daily.often(timezone.now())
    assert fresh(sitting).is_over
    assert not StoredKey.objects.filter(owner=sitting.pk).exists()


@pytest.mark.parametrize("chosen", ["", "0", "-1", "4", "9999", "three", "٣"])
def test_anything_else_is_three_days(pair: Pair, chosen: str) -> None:
    assert run_of(pair.host, begun_for(pair, chosen)).position.open_for == OPEN_FOR[0]


@pytest.mark.parametrize("steps", [SENT, OPENED, SAID_BACK, NOTING + 1])
def test_today_says_it_plainly_on_the_day_before(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    sitting = letters(pair, steps)
    ends = run_of(pair.host, sitting).position.rests
    assert ends is not None
    for hours, said in ((40, "quiet"), (30, "note"), (24, "note"), (1, "note")):
        at(monkeypatch, ends - timedelta(hours=hours))
        for person in (pair.host, pair.guest):
            today = html(person.client.get("/"))
            assert re.search(rf'<p class="{said}">Open until <time', today), (person.name, hours)
            assert "then erased." in words(person.client.get("/"))


def test_what_one_has_gone_on_from_is_no_letter_any_more(pair: Pair) -> None:
    sitting = letters(pair, CHECKED)

    assert 'class="reveal letter"' not in stage(pair.guest, sitting), "what they read and said back"
