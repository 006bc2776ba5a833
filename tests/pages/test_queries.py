"""Pages ask the databases a fixed number of questions, however long two people have been here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nearer.closeness.picture import keeping as pictures
from nearer.keepsakes import items
from nearer.plans import lines, parking
from nearer.practices.listening.moves import Nod
from nearer.records import keeping
from nearer.records.keeping import Kept, Kind
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.sittings.models import Sitting
from nearer.sittings.run import actions
from nearer.sittings.run.header import Header
from nearer.testing.cast import Pair, make_pair, make_person, newest, run_of, start_floor
from nearer.vault.models import StoredKey
from tests.pages.conversations import CALM, opening, take_turns
from tests.pages.letters import SENT, letters
from tests.pages.reading import at, words

pytestmark = pytest.mark.django_db

TODAY_MOST = 6
SECRET_MORE = 1  # of the bond, once something of it is kept
TIMES = 100


@dataclass
class Count:
    """How many questions were asked, of both databases together."""

    asked: int = 0
    sql: list[str] = field(default_factory=list)


@contextmanager
def counting() -> Iterator[Count]:
    """Count what is asked in the block."""
    count = Count()
    with (
        CaptureQueriesContext(connections["default"]) as records,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        yield count
    found = [*records.captured_queries, *keys.captured_queries]
    count.asked, count.sql = len(found), [query["sql"][:120] for query in found]


def cost(client: Client, path: str) -> int:
    """Return what a page costs once the day's first request is over."""
    client.get(path)
    with counting() as count:
        assert client.get(path).status_code == 200
    return count.asked


def add_sittings(pair: Pair, number: int, *, over: bool) -> None:
    """Add sittings as they would be after years."""
    place, header = pair.host.at(pair.bond), Header(practice="listening", version=1)
    if over:
        header = header.closed(done=True, kept=True, outcome={"topic": "the drive home", "easy": True})
    rows = [
        Sitting(pk=uuid4(), bond=pair.bond, is_over=over, day=date(2026, 1, 1) + timedelta(days=n))
        for n in range(number)
    ]
    for row in rows:
        row.header = header.sealed(sitting=row.pk, place=place)
    Sitting.objects.bulk_create(rows)
    StoredKey.objects.bulk_create(StoredKey(owner=row.pk, secret=bytes(32)) for row in rows)


def test_today_asks_at_most_six_questions(pair: Pair, floor: Sitting) -> None:
    client = pair.host.client
    client.get("/")
    with counting() as count:
        client.get("/")

    assert count.asked <= TODAY_MOST, count.sql


@pytest.mark.parametrize("path", ["/", "/us"])
def test_plans_and_parked_things_cost_the_same_however_many_there_are(
    pair: Pair, floor: Sitting, path: str
) -> None:
    without = cost(pair.host.client, path)
    costs = []
    for number in range(3):
        place, other, now = pair.host.at(pair.bond), pair.guest.at(pair.bond), timezone.now()
        lines.propose(place, cue=f"evening {number} comes", act="walk", at=now)
        parking.park(place, f"topic {number}", at=now)
        parking.park(other, f"topic {number}", at=now)
        costs.append(cost(pair.host.client, path))

    # What was read anyway, and the bond's secret from the key store.
    assert costs == [without + 1] * 3
    assert max(costs) <= TODAY_MOST + (SECRET_MORE if path == "/" else 0)


@pytest.mark.parametrize("path", ["/", "/us", "/practise", "/practise/listening", "/settings"])
def test_pages_cost_the_same_after_a_hundred_sittings(pair: Pair, path: str) -> None:
    add_sittings(pair, 1, over=True)
    add_sittings(pair, 1, over=False)
    once = cost(pair.host.client, path)

    add_sittings(pair, TIMES - 1, over=True)
    add_sittings(pair, TIMES - 1, over=False)

    assert cost(pair.host.client, path) == once


def test_pages_cost_the_same_with_a_hundred_bonds(pair: Pair) -> None:
    paths = ["/", "/us", "/practise/listening"]
    make_pair(pair.host, make_person("Dana"))
    once = [cost(pair.host.client, path) for path in paths]

    for _ in range(TIMES - 2):
        make_pair(pair.host, pair.guest)

    assert [cost(pair.host.client, path) for path in paths] == once
    assert max(once) <= TODAY_MOST


def test_today_costs_the_same_with_one_letter_and_with_twenty(pair: Pair) -> None:
    letters(pair, SENT)
    paths = ["/", "/us"]
    once = [[cost(person.client, path) for path in paths] for person in (pair.host, pair.guest)]

    for _ in range(20):
        # Whoever begins again finds what they have begun, so that is put aside for a moment.
        Sitting.objects.update(is_over=True)
        letters(pair, SENT)
    Sitting.objects.update(is_over=False)

    assert [[cost(person.client, path) for path in paths] for person in (pair.host, pair.guest)] == once
    assert max(asked for person in once for asked in person) <= TODAY_MOST + SECRET_MORE


def test_today_opens_as_much_of_a_long_life_as_of_a_short_one(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    really = keeping._open

    def noted(row: Record, shelf: Shelf, kind: Kind[Any], key: bytes) -> Kept[Any]:
        opened.append(kind.name)
        return really(row, shelf, kind, key)

    monkeypatch.setattr(keeping, "_open", noted)
    place, now = pair.guest.at(pair.bond), timezone.now()
    items.add(place, None, sort=items.Sort.LINE, words="a new page", at=now - items.WAITS)
    pictures.pick(place, 3, at=now)
    counts = []
    for months in (1, 12):
        for month in range(1, months + 1):
            at = now - timedelta(days=30 * month)
            items.add(place, None, sort=items.Sort.LINE, words=f"page {month}", at=at)
            pictures.pick(place, 4, at=at)
        opened.clear()
        assert "Bob wrote a line for the two of you" in words(pair.host.client.get("/"))
        counts.append(sorted(opened))
    assert counts[0] == counts[1]


def test_starting_costs_the_same_after_a_hundred_sittings(pair: Pair) -> None:
    add_sittings(pair, 1, over=True)
    start_floor(pair)
    pair.host.client.get("/")
    costs = []
    for _ in range(2):
        with counting() as count:
            pair.host.client.post("/practise/listening/start")
        costs.append(count.asked)
        add_sittings(pair, TIMES - 1, over=True)

    assert costs[0] == costs[1]


def test_a_sitting_costs_the_same_after_five_moves_and_after_sixty(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = start_floor(pair)
    take_turns(pair, sitting, *opening("the drive home", CALM))
    assert len(run_of(pair.host, sitting).log) >= 5
    reading = [cost(person.client, f"/s/{sitting.pk}") for person in (pair.host, pair.guest)]
    playing = cost_of_nod(pair, sitting)

    at(monkeypatch, talk_until(pair, sitting, 60) + timedelta(seconds=4))

    assert len(run_of(pair.host, sitting).log) >= 60
    assert [cost(person.client, f"/s/{sitting.pk}") for person in (pair.host, pair.guest)] == reading
    assert cost_of_nod(pair, sitting) == playing
    assert max(reading) <= TODAY_MOST


def cost_of_nod(pair: Pair, sitting: Sitting) -> int:
    """Return what it costs to play a move."""
    sent = {"move": "Nod", "seq": newest(pair.guest, sitting)}
    with counting() as count:
        assert pair.guest.client.post(f"/s/{sitting.pk}", sent).status_code == 302
    return count.asked


def talk_until(pair: Pair, sitting: Sitting, number: int) -> datetime:
    """Nod, a little later each time, until the log is this long; return when the last one was."""
    run = run_of(pair.host, sitting)
    place, moment = pair.guest.at(pair.bond), run.log[-1].at
    seen = newest(pair.guest, sitting)
    for seq in range(seen, seen + number - len(run.log)):
        moment += timedelta(seconds=4)
        actions.play(ref=sitting.pk, place=place, move=Nod(), seq=seq, at=moment)
    return moment
