"""Whoever deletes their account is, to the other, somebody who left; and what had not arrived never does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from nearer.accounts.models import User
from nearer.accounts.ways_in import unlock
from nearer.bonds import first
from nearer.bonds.models import Bond, Member
from nearer.files.models import SealedFile
from nearer.files.rewritten import Rewritten
from nearer.home.rotation import rotate
from nearer.keepsakes import items
from nearer.leaving import leave as leaving
from nearer.plans import lines, looks
from nearer.records import keeping
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.sittings.taking_back import erasing
from nearer.sittings.taking_back.prune import prune
from nearer.testing.cast import Pair, Person, make_pair, make_person, open_drawer, sign_in
from nearer.vault.models import SealedSession, StoredKey
from tests.doors.crawl import everywhere
from tests.doors.lived import UNOPENED, live
from tests.doors.world import undone
from tests.pages.prepared import prepared
from tests.pages.reading import at, html, is_signed_in

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
MARK, WAITING = "Marked7c", "Waiting51c0"
type Way = Callable[[Person, Pair], None]


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, NOON)


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    """Run what waits for the end of a transaction."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def leave(person: Person, pair: Pair) -> None:
    assert person.client.post(f"/b/{pair.bond.pk}/space")["Location"] == "/"


def delete(person: Person, _pair: Pair | None = None, *, when: str = "now") -> None:
    open_drawer(person)
    answer = person.client.post("/settings/account", {"when": when, "sure": "yes"})
    assert answer.status_code == 302


def pages_of(person: Person, bond: Bond, *paths: str) -> dict[str, str]:
    """Let somebody come in, and return these pages, or every page of their own that they can reach."""
    SealedSession.objects.filter(user=person.user).delete()
    sign_in(person)
    open_drawer(person)
    person.client.post(f"/b/{bond.pk}/switch")
    found = {path: person.client.get(path) for path in paths} or everywhere(person.client)
    # In the library everybody goes by other names, and a rehearsal is another one each time.
    others = [path for path in found if path.startswith("/library") or path.endswith("/partner")]
    return {path: html(page) for path, page in found.items() if path not in others}


def add_waiting(person: Person, pair: Pair) -> None:
    """Put something onto the shelf that the other does not see yet, and say a yes that has not begun."""
    place, now = person.at(pair.bond), timezone.now()
    items.add(place, Rewritten(content=b"sound"), sort=items.Sort.VOICE, words=WAITING, at=now)
    for line in lines.lines_of(place).put_to_me:
        lines.confirm(place, line.ref, at=now)


def lived(question: str) -> Pair:
    """Return two with a life behind them, in which the first question was opened or not."""

    def make() -> Pair:
        pair = make_pair(make_person("Alice"), make_person("Bob"))
        live(pair, MARK)
        if question == "opened":
            first.answer(pair.guest.at(pair.bond), "the other answer")
        return pair

    return prepared(("going", question), make, at=NOON)


def people(pair: Pair, goes: str) -> tuple[Person, Person]:
    return (pair.host, pair.guest) if goes == "host" else (pair.guest, pair.host)


@pytest.mark.rule("R6", "R11", "R18")
@pytest.mark.parametrize(("goes", "question"), [("host", "unopened"), ("guest", "opened")])
def test_the_other_cannot_tell_deleting_from_leaving(
    commits: Any, monkeypatch: pytest.MonkeyPatch, goes: str, question: str
) -> None:
    pair = lived(question)
    one, other = people(pair, goes)
    add_waiting(one, pair)
    found = []
    for go in (leave, delete):
        with undone():
            with commits():
                go(one, pair)
            seen = [pages_of(other, pair.bond)]
            for later in (items.WAITS, timedelta(days=20)):
                at(monkeypatch, NOON + later)
                seen.append(pages_of(other, pair.bond, *seen[0]))
            found.append(seen)
            at(monkeypatch, NOON)

    assert found[0] == found[1]
    assert len(found[0][0]) > 20
    assert ("the other answer" in str(found[1])) is (question == "opened")
    assert WAITING not in str(found)


@pytest.mark.parametrize(("goes", "question"), [("host", "unopened"), ("guest", "opened")])
def test_nor_when_its_day_comes_and_nobody_has_a_key(
    commits: Any, monkeypatch: pytest.MonkeyPatch, goes: str, question: str
) -> None:
    pair = lived(question)
    one, other = people(pair, goes)
    delete(one, when="later")
    add_waiting(one, pair)
    due, found = NOON + timedelta(days=7) + erasing.SETTLES, []
    at(monkeypatch, due)
    for is_called_off in (True, False):
        with undone():
            with commits():
                if is_called_off:
                    erasing.keep(one.user.pk)
                    leaving.leave(one.at(pair.bond), one.ring, at=due)
                prune(due)
            found.append(pages_of(other, pair.bond))

    assert found[0] == found[1]
    assert ("the other answer" in str(found[1])) is (question == "opened")
    assert "This bond is closed" in str(found[1])
    assert UNOPENED not in str(found) or question == "opened"


def test_what_the_other_has_not_seen_yet_is_erased(
    pair: Pair, commits: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_waiting(pair.host, pair)
    file = SealedFile.objects.get().pk

    with commits():
        delete(pair.host)

    assert not SealedFile.objects.exists()
    assert not StoredKey.objects.filter(owner=file).exists()
    assert not Record.objects.exists()
    at(monkeypatch, NOON + 2 * items.WAITS)
    for path in ("/us", f"/b/{pair.bond.pk}/keepsakes"):
        assert WAITING not in html(pair.guest.client.get(path))


def test_no_way_back_is_left(pair: Pair, other_pair: Pair, commits: Any) -> None:
    with commits():
        leave(pair.host, pair)
        delete(pair.host)

    for seat in Member.objects.filter(user=pair.host.user):
        assert seat.has_left
        assert (bytes(seat.sealed_key), bytes(seat.way)) == (b"", b"")
    rotate(pair.guest.at(pair.bond))


@pytest.mark.parametrize("go", [leave, delete])
def test_a_yes_that_has_not_begun_never_begins(
    pair: Pair, commits: Any, monkeypatch: pytest.MonkeyPatch, go: Way
) -> None:
    bob = pair.guest.at(pair.bond)
    lines.propose(bob, cue="the kettle sings", act="sit down", at=NOON - timedelta(days=3))
    lines.propose(bob, cue="it is Friday", act="walk", at=NOON)
    begun, fresh = lines.lines_of(pair.host.at(pair.bond)).put_to_me
    lines.confirm(pair.host.at(pair.bond), begun.ref, at=NOON - timedelta(days=2))
    lines.confirm(pair.host.at(pair.bond), fresh.ref, at=NOON)

    with commits():
        go(pair.host, pair)

    at(monkeypatch, NOON + timedelta(days=2))
    seen = lines.lines_of(pair.guest.at(pair.bond))
    assert [line.ref for line in seen.agreed] == [begun.ref]
    assert [line.ref for line in seen.put_to_them] == [fresh.ref]


def test_what_was_said_alone_of_a_plan_goes_with_whoever_said_it(pair: Pair, commits: Any) -> None:
    for person in (pair.host, pair.guest):
        looks.say(
            person.at(pair.bond),
            pair.bond.pk if person is pair.host else pair.host.user.pk,
            looks.Verdict.DROP,
            at=NOON,
        )

    with commits():
        delete(pair.host)

    (kept,) = keeping.find(Shelf.of_bond(pair.guest.at(pair.bond)), looks.SAID)
    assert kept.document.seat == pair.guest.at(pair.bond).seat


def test_what_is_damaged_in_a_space_keeps_nobody_from_deleting(
    pair: Pair, other_pair: Pair, commits: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines.propose(pair.guest.at(pair.bond), cue="the kettle sings", act="sit down", at=NOON)
    Record.objects.update(sealed=b"damaged")
    for each in (pair, other_pair):
        items.add(
            each.host.at(each.bond),
            Rewritten(content=b"sound"),
            sort=items.Sort.VOICE,
            words=WAITING,
            at=NOON,
        )

    with commits():
        delete(pair.host)

    assert not SealedFile.objects.exists()
    for each in (pair, other_pair):
        assert Bond.objects.get(pk=each.bond.pk).state == Bond.State.CLOSED


def test_a_new_key_given_this_very_moment_changes_nothing(
    pair: Pair, commits: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_waiting(pair.host, pair)
    real = leaving.leave
    tries: list[object] = []

    def late(*args: Any, **more: Any) -> None:
        if not tries:
            rotate(pair.guest.at(pair.bond))
        tries.append(args)
        real(*args, **more)

    monkeypatch.setattr(leaving, "leave", late)
    with commits():
        delete(pair.host)

    assert len(tries) == 2
    assert not SealedFile.objects.exists()


def test_on_its_day_an_account_is_shut_at_once_and_its_seats_go_when_all_has_arrived(
    pair: Pair, commits: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, due = pair.host, datetime(2026, 12, 2, 0, 1, tzinfo=UTC)
    delete(alice, when="later")
    at(monkeypatch, due - timedelta(minutes=2))
    items.add(
        alice.at(pair.bond),
        Rewritten(content=b"sound"),
        sort=items.Sort.VOICE,
        words=WAITING,
        at=timezone.now(),
    )
    assert is_signed_in(sign_in(alice))

    at(monkeypatch, due)
    assert not is_signed_in(sign_in(alice)), "its last day is over"
    with pytest.raises(unlock.NotOpened):
        unlock.by_passphrase(alice.username, alice.passphrase)
    prune(due)
    assert not StoredKey.objects.filter(owner=alice.user.pk).exists(), "the key goes on the day"
    assert not SealedSession.objects.filter(user=alice.user).exists()
    assert Bond.objects.get(pk=pair.bond.pk).state == Bond.State.OPEN

    at(monkeypatch, due + erasing.SETTLES)
    assert WAITING in html(sign_in(pair.guest).get(f"/b/{pair.bond.pk}/keepsakes")), (
        "it came as it would have come"
    )
    with commits():
        prune(due + erasing.SETTLES)
    assert Bond.objects.get(pk=pair.bond.pk).state == Bond.State.CLOSED
    assert not User.objects.filter(username=alice.username).exists()
