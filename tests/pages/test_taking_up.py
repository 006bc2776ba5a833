"""Nothing tells the one who waits that a letter was taken up: not a byte, until the other sends something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nearer.practices.listening.moves import Speak
from nearer.protocol import IllegalMove, Move, Ready
from nearer.sittings.models import Sitting
from nearer.sittings.run import actions
from nearer.sittings.run.access import may_watch
from nearer.testing.cast import Pair, Person, fresh, play
from nearer.testing.examples import examples
from tests.pages.letters import STEPS, letters
from tests.pages.reading import TOKEN

pytestmark = pytest.mark.django_db

HOURS = st.integers(0, 30)
SENT = [3, 5, 7, 10, 13]  # lengths at which a letter has just been sent
MOVES: dict[str, Move] = {"open": Ready()}
POSTS = {
    "come late": ("{here}", {"move": "Check", "seq": "0", "answer": "yes"}),
    "say nonsense": ("{here}", {"move": "Nonsense", "seq": "-1"}),
    "be reminded": ("{here}/remind", {}),
    "begin": ("/practise/listening/start", {"mode": "async"}),
}
ALONE = ("/", "{here}", "{here}/words", *MOVES, *POSTS)


@contextmanager
def thrown_away() -> Iterator[None]:
    """Run something, and let the database be as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def transcript(person: Person, sitting: Sitting) -> tuple[Any, ...]:
    """Return every byte that one of the two receives now, and what the row dates and counts."""
    here = f"/s/{sitting.pk}"
    answers = [person.client.get(path) for path in ("/", "/us", here, f"{here}/words")]
    answers.append(person.client.get(here, headers={"X-Fragment": "stage"}))
    pages = [TOKEN.sub("", re.sub(r'nonce-[^\'"]+', "", each.content.decode())) for each in answers]
    return (*pages, may_watch([(person.token, sitting.pk)]))


def does(reader: Person, sitting: Sitting, what: str) -> None:
    """Let the reader do something that sends nothing."""
    here, browser = f"/s/{sitting.pk}", reader.client
    if what in MOVES:
        with suppress(actions.TooLate, IllegalMove):
            play(reader, sitting, MOVES[what])
    elif what in POSTS:
        path, sent = POSTS[what]
        browser.post(path.format(here=here), sent)
    else:
        browser.get(what.format(here=here))


@settings(
    max_examples=examples(12, least=6), deadline=None, derandomize=True, database=None,
    phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(
    steps=st.sampled_from(SENT), moved=st.integers(0, 23),
    acts=st.lists(st.tuples(HOURS, st.sampled_from(ALONE)), max_size=6), after=HOURS,
)  # fmt: skip
def test_what_a_reader_does_alone_changes_no_byte(
    pair: Pair, steps: int, moved: int, acts: list[tuple[int, str]], after: int
) -> None:
    def seen(*, does_something: bool) -> list[tuple[Any, ...]]:
        now = noon + timedelta(hours=moved, minutes=5)
        found = []
        with patch("django.utils.timezone.now", lambda: now):
            for hours, what in [*acts, (after, "")]:
                now += timedelta(hours=hours, minutes=1)
                if does_something and what:
                    does(reader, sitting, what)
                found.append(transcript(writer, sitting))
        return found

    noon: datetime = timezone.now()
    with thrown_away():
        with patch("django.utils.timezone.now", lambda: noon + timedelta(hours=moved)):
            sitting = letters(pair, steps - 1)
            is_host, move = STEPS[steps - 1]
            writer, reader = (pair.host, pair.guest) if is_host else (pair.guest, pair.host)
            play(writer, sitting, move)
        with thrown_away():
            without = seen(does_something=False)
        assert seen(does_something=True) == without


def test_it_arrives_in_the_stream_with_nobody_looking(pair: Pair) -> None:
    sitting = letters(pair, 2)
    play(pair.host, sitting, Speak(words="a first letter", aloud=False))
    asked = [(person.token, sitting.pk) for person in (pair.host, pair.guest)]
    before, row, later = may_watch(asked), fresh(sitting), timezone.now() + timedelta(minutes=3)

    with patch("django.utils.timezone.now", lambda: later):
        after = may_watch(asked)

    assert after == [number + 1 for number in before if number is not None]
    assert (fresh(sitting).seq, fresh(sitting).day) == (row.seq, row.day), "nothing was written for it"
