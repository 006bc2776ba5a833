"""A copy for oneself alone: made of what is shown, and nobody else's to see, in no byte."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from nearer.leaving.leave import leave
from nearer.plans import lines, parking
from nearer.records.models import Record
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person, fresh, open_drawer
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.letters import NOTING, letters
from tests.pages.reading import at, html

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R8"), pytest.mark.rule("R18")]


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, timezone.now())


@pytest.fixture(name="kept")
def _kept(pair: Pair, django_capture_on_commit_callbacks: Any) -> Sitting:
    with django_capture_on_commit_callbacks(execute=True):
        sitting = play_to_the_end(pair, said="I felt left out")
        keep_it(pair, sitting)
    return fresh(sitting)


def keep(person: Person, pair: Pair, what: str, record: object) -> Any:
    return person.client.post(f"/b/{pair.bond.pk}/keep", {"what": what, "record": str(record), "next": "/us"})


def own(person: Person) -> str:
    open_drawer(person)
    return html(person.client.get("/kept"))


def pages(person: Person, sitting: Sitting) -> list[str]:
    paths = ("/", "/us", "/settings", f"/s/{sitting.pk}", f"/s/{sitting.pk}/words")
    return [html(person.client.get(path)) for path in paths]


def test_it_is_made_silently_from_an_unlocked_phone_and_read_with_the_drawer(
    pair: Pair, kept: Sitting
) -> None:
    before = pages(pair.host, kept)

    assert keep(pair.guest, pair, "sitting", kept.pk)["Location"] == "/kept/now?next=/us"
    keep(pair.guest, pair, "sitting", kept.pk)

    assert pages(pair.host, kept) == before
    assert pair.guest.client.get("/kept").status_code == 403
    assert own(pair.guest).count("I felt left out") == 1, "the same words twice are one copy"
    assert "I felt left out" not in own(pair.host)
    ref = Record.objects.get(user=pair.guest.user).pk
    pair.host.client.post("/kept", {"record": str(ref)})
    assert Record.objects.filter(pk=ref).exists()
    pair.guest.client.post("/kept", {"record": str(ref)})
    assert "I felt left out" not in own(pair.guest)


def test_it_stays_when_the_words_are_edited_withdrawn_and_the_space_is_gone(
    pair: Pair, kept: Sitting
) -> None:
    keep(pair.guest, pair, "sitting", kept.pk)
    page = html(pair.host.client.get(f"/s/{kept.pk}/words"))
    spot = page.split("I felt left out")[1].split('name="where" value="')[1].split('"')[0]
    pair.host.client.post(f"/s/{kept.pk}/words", {"where": spot, "do": "edit", "text": "I was fine"})
    keep(pair.guest, pair, "sitting", kept.pk)
    pair.host.client.post(f"/s/{kept.pk}/words", {"where": spot, "do": "take"})
    for person in (pair.host, pair.guest):
        leave(person.at(pair.bond), person.ring, at=timezone.now())

    seen = own(pair.guest)

    assert "I felt left out" in seen
    assert "I was fine" in seen
    assert "data-edited" in seen


def test_plans_parked_things_and_first_answers_can_be_kept(pair: Pair) -> None:
    now = timezone.now()
    lines.propose(pair.host.at(pair.bond), cue="it rains", act="stay in bed", at=now)
    plan = lines.lines_of(pair.guest.at(pair.bond)).lines[0].ref
    parked = parking.park(pair.host.at(pair.bond), "the garden", at=now).ref

    for what, record in (("plan", plan), ("parked", parked)):
        assert keep(pair.guest, pair, what, record)["Location"].startswith("/kept/now")
    nothing: tuple[tuple[str, object], ...] = (
        ("first", pair.bond.pk),
        ("plan", parked),
        ("nonsense", plan),
        ("sitting", plan),
        ("plan", "x"),
    )
    for named, ref in nothing:
        assert keep(pair.guest, pair, named, ref)["Location"] == "/us", "there is nothing to keep"

    seen = own(pair.guest)
    assert "When it rains, then we stay in bed." in seen
    assert "the garden" in seen


def test_what_is_not_shown_is_not_copied(pair: Pair, charlie: Person, dana: Person) -> None:
    sitting = letters(pair, NOTING + 1)  # Alice's note is sealed

    keep(pair.guest, pair, "sitting", sitting.pk)
    for person in (charlie, dana):
        assert keep(person, pair, "sitting", sitting.pk).status_code == 404

    seen = own(pair.guest)
    assert "a first letter" in seen
    assert ">mine<" not in seen
    assert Record.objects.filter(user__isnull=False).count() == 1
