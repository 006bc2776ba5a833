"""While nothing can be stored: doors and ways out work, and all else is stopped on one page before it is done."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any, Never

import pytest
from django.conf import settings
from django.db import OperationalError, connections
from django.test import Client
from django.utils import timezone

from nearer.bonds import given_up
from nearer.bonds.models import Bond, Member
from nearer.leaving.leave import write_down
from nearer.sittings.models import Entry, Sitting
from nearer.testing.cast import Pair, Person, post_move
from nearer.vault import sessions, unstored
from nearer.vault.models import SealedSession
from nearer.web import no_room
from tests.pages.reading import words

pytestmark = pytest.mark.django_db
KIND = "Nothing can be stored just now"


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that has no room for anything new; with PostgreSQL, too, whose databases may lie elsewhere."""
    monkeypatch.setattr(settings, "DISKS", [settings.CONFIG.data])
    monkeypatch.setattr(no_room, "is_tight", lambda _folder: True)


@pytest.mark.usefixtures("tight")
def test_what_is_new_is_stopped_before_it_is_done(pair: Pair, floor: Sitting) -> None:
    moves = Entry.objects.filter(sitting=floor).count()
    answers = [
        post_move(pair.host, floor, "SetTopic", topic="the drive home"),
        pair.host.client.post("/invite", {"kin": "friend"}),
        pair.host.client.post(f"/b/{pair.bond.pk}/plans", {"cue": "at six", "act": "we walk"}),
        pair.host.client.post("/settings", {"name": "Alice anew", "ink": "fig", "theme": "auto"}),
        Client().post(
            "/signup", {"name": "Sam", "username": "sam", "passphrase": "quiet lantern river moss"}
        ),
    ]

    assert {(answer.status_code, KIND in words(answer)) for answer in answers} == {(503, True)}
    assert Entry.objects.filter(sitting=floor).count() == moves
    assert Bond.objects.count() == 1


@pytest.mark.usefixtures("tight")
def test_ways_out_and_doors_work(pair: Pair, floor: Sitting) -> None:
    alice, bob = pair.host, pair.guest
    assert post_move(alice, floor, "Pause").status_code == 302
    assert post_move(alice, floor, "Leave").status_code == 302
    assert bob.client.get("/us").status_code == 200
    assert alice.client.post("/again", {"passphrase": alice.passphrase}).status_code == 303
    assert alice.client.post("/settings/copy")["Content-Type"] == "application/zip"
    assert bob.client.post(f"/b/{pair.bond.pk}/space").status_code == 302
    assert not Member.objects.filter(user=bob.user, has_left=False).exists()
    assert bob.client.post("/lock").status_code == 200
    assert alice.client.post("/logout").status_code == 302

    entered = alice.client.post("/login", {"username": alice.user.username, "passphrase": alice.passphrase})

    assert entered.status_code == 302
    assert alice.client.get("/settings").status_code == 200


class Locked:
    """A database that can only be read."""

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        """Refuse what writes, as SQLite does."""
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self.refuse()
        return execute(sql, *rest)

    def refuse(self) -> Never:
        """Fail as a disk that is locked."""
        cause = sqlite3.OperationalError("attempt to write a readonly database")
        cause.sqlite_errorname = "SQLITE_READONLY"
        raise OperationalError(str(cause)) from cause


@pytest.mark.django_db(transaction=True)
def test_sessions_live_in_memory_where_nothing_can_be_stored(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Client()
    before.cookies[settings.SESSION_COOKIE_NAME] = alice.token
    assert before.get("/settings").status_code == 200
    browser = Client(raise_request_exception=False)
    names = {"username": alice.user.username, "passphrase": alice.passphrase}
    with connections["default"].execute_wrapper(Locked()), connections["keys"].execute_wrapper(Locked()):
        assert browser.post("/login", names).status_code == 302
        assert browser.post("/settings/copy")["Content-Type"] == "application/zip"  # the drawer is open
        assert alice.client.post("/logout").status_code == 302
        assert before.get("/settings").status_code == 302
        refused = browser.post("/settings", {"name": "Alice anew", "ink": "fig", "theme": "auto"})
        assert (refused.status_code, KIND in words(refused)) == (503, True)
        rows = SealedSession.objects.count()
        unstored.close_drawers(timezone.now() + timedelta(minutes=11))
        assert browser.get("/settings/copy").status_code == 403

    assert SealedSession.objects.count() == rows
    sessions.SessionStore.close_drawers(timezone.now())
    assert SealedSession.objects.count() == rows - 1  # the log-out is stored now
    assert browser.post("/again", {"passphrase": alice.passphrase}).status_code == 303
    assert SealedSession.objects.count() == rows  # and so is the session
    assert unstored.among([row.token_hash for row in SealedSession.objects.all()]) == {}
    assert browser.post("/logout").status_code == 302
    assert SealedSession.objects.count() == rows - 1


@pytest.mark.django_db(transaction=True)
def test_leaving_counts_at_once_where_nothing_can_be_stored_and_is_written_down_later(
    pair: Pair, floor: Sitting
) -> None:
    alice, bob = pair.host.client, pair.guest.client
    with connections["default"].execute_wrapper(Locked()), connections["keys"].execute_wrapper(Locked()):
        said = alice.post(f"/b/{pair.bond.pk}/space")
        assert (said.status_code, "You are out" in words(said)) == (200, True)
        assert alice.get("/us").status_code == 302
        assert [
            alice.get(f"/s/{floor.pk}").status_code,
            alice.get(f"/b/{pair.bond.pk}/space").status_code,
        ] == [404, 404]
        assert "This bond is closed" in words(bob.get("/us"))
        assert bob.get(f"/s/{floor.pk}").status_code == 404
        with pytest.raises(OperationalError):
            write_down(timezone.now())

    assert not Member.objects.filter(has_left=True).exists()
    write_down(timezone.now())

    assert list(Member.objects.filter(has_left=True).values_list("user", flat=True)) == [pair.host.user.pk]
    assert not given_up.seats()
    assert "This bond is closed" in words(bob.get("/us"))
