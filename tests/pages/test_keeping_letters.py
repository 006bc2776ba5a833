"""Both may keep their letters at any time: sealed until both would, and from then on no time ends them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nearer.protocol import Leave
from nearer.sittings.models import Sitting
from nearer.sittings.run.ending import end_what_is_over
from nearer.testing.cast import Pair, Person, arrive, fresh, play, run_of
from nearer.vault import store
from tests.pages.letters import CHECKED, letters
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db

CONTROL, MINE, BOTH = (
    "Keep this exchange",
    "You would like to keep it.",
    "You are both keeping these letters.",
)
MONTHS = timedelta(days=90)


@pytest.fixture
def sitting(pair: Pair) -> Sitting:
    """Letters that both are in."""
    found = letters(pair, CHECKED)
    arrive(pair, found)
    return found


def keep(person: Person | Client, sitting: Sitting, answer: str = "yes") -> int:
    client = person.client if isinstance(person, Person) else person
    return int(client.post(f"/s/{sitting.pk}", {"move": "KeepLetters", "keep": answer}).status_code)


def seen_by(person: Person, sitting: Sitting) -> list[str]:
    """Return every byte this person gets to see that could tell."""
    paths = ["/", "/us", "/us/kept", f"/s/{sitting.pk}", f"/s/{sitting.pk}/words"]
    return [html(person.client.get(path)) for path in paths]


def test_what_one_would_keep_shows_nothing_to_the_other(
    pair: Pair, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, timezone.now())  # a page says what time it is
    for one, other in ((pair.host, pair.guest), (pair.guest, pair.host)):
        before, row = seen_by(other, sitting), fresh(sitting)
        assert CONTROL in words(one.client.get(f"/s/{sitting.pk}"))

        assert keep(one, sitting) == 302

        assert MINE in words(one.client.get(f"/s/{sitting.pk}"))
        assert seen_by(other, sitting) == before
        after = fresh(sitting)
        assert (after.seq, after.day, after.is_over) == (row.seq, row.day, row.is_over)
        assert keep(one, sitting, "no") == 302
        assert CONTROL in words(one.client.get(f"/s/{sitting.pk}"))
        assert seen_by(other, sitting) == before


def test_what_both_keep_is_ended_by_no_time_and_goes_on(pair: Pair, sitting: Sitting) -> None:
    for person in (pair.host, pair.guest):
        assert keep(person, sitting) == 302

    for person in (pair.host, pair.guest):
        page = words(person.client.get(f"/s/{sitting.pk}"))
        assert BOTH in page
        assert "Open until" not in page
        assert person.client.get("/").status_code == 200
        assert run_of(person, sitting).position.rests is None
    assert end_what_is_over(timezone.now() + MONTHS) == 0
    assert run_of(pair.host, sitting).position.calls_on(pair.guest.at(pair.bond).seat) or run_of(
        pair.host, sitting
    ).position.calls_on(pair.host.at(pair.bond).seat)
    assert keep(pair.host, sitting, "no") == 409, "what both keep is no longer one's own to take back here"


def test_what_only_one_would_keep_ends_as_was_said(pair: Pair, sitting: Sitting) -> None:
    keep(pair.host, sitting)

    assert end_what_is_over(timezone.now() + MONTHS) == 1
    assert store.secrets_of([sitting.pk]) == {}


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
@pytest.mark.parametrize("who", ["host", "guest"])
def test_what_both_keep_can_be_read_by_both_after_one_left_it(pair: Pair, sitting: Sitting, who: str) -> None:
    said = [
        saying["words"]
        for saying in run_of(pair.host, sitting).position.view(pair.host.at(pair.bond).seat)["said"]
    ]
    assert said
    for person in (pair.host, pair.guest):
        keep(person, sitting)

    play(getattr(pair, who), sitting, Leave())

    assert fresh(sitting).is_over
    for person in (pair.host, pair.guest):
        page = words(person.client.get(f"/s/{sitting.pk}"))
        assert all(str(each) in page for each in said if each)
        assert "Kept locked for you two." in page
        assert f"/s/{sitting.pk}" in html(person.client.get("/us/kept"))


def test_nobody_else_and_nothing_else_can_be_kept_so(
    pair: Pair, sitting: Sitting, charlie: Person, floor: Sitting
) -> None:
    assert keep(charlie, sitting) == 404
    assert keep(pair.host, floor) == 409
