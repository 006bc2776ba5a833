"""A GET leaves everything as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nearer.protocol import QUIET_END
from nearer.sittings.models import Sitting
from nearer.testing.cast import (
    Pair,
    Person,
    make_invitation,
)
from tests.doors.authz import routes
from tests.pages.reading import at, everything_stored

pytestmark = pytest.mark.django_db

START = "/practise/listening/start"
ENDED = "The sitting is over"
MOVED_ON = "The two of you have moved on since."


@pytest.fixture(autouse=True)
def _commit(django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what follows a commit follow every post, as outside of tests."""
    real = Client.post

    def post(self: Client, *given: Any, **named: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return real(self, *given, **named)

    monkeypatch.setattr(Client, "post", post)


class TestLooking:
    """A GET leaves everything as it was."""

    def look_everywhere(self, person: Person, **ids: Any) -> None:
        for number, route in enumerate(routes()):
            path = route.path(bond=ids["bond"], ref=ids["ref"])
            # HEAD is answered by what answers GET: each address once in so many looks is enough.
            for method in ("GET", "HEAD") if number % 4 == len(person.name) % 4 else ("GET",):
                aliases = [CaptureQueriesContext(connections[alias]) for alias in connections]
                with aliases[0] as first, aliases[1] as second:
                    person.client.generic(method, path)
                said = [query["sql"] for found in (first, second) for query in found.captured_queries]
                writes = [
                    sql
                    for sql in said
                    if not sql.lstrip("( \n").startswith(("SELECT", "SAVEPOINT", "RELEASE"))
                ]
                assert not writes, (route.name, writes)

    def test_in_the_middle_of_a_sitting(self, pair: Pair, floor: Sitting) -> None:
        for person in (pair.host, pair.guest):
            person.client.get("/")
        before = everything_stored()

        for person in (pair.host, pair.guest):
            self.look_everywhere(person, bond=pair.bond.pk, ref=floor.pk)

        assert everything_stored() == before

    def test_when_time_has_passed(self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
        at(monkeypatch, timezone.now() + QUIET_END + timedelta(hours=1))
        pair.host.client.get("/")  # once a day a session's last day moves on
        before = everything_stored()

        self.look_everywhere(pair.host, bond=pair.bond.pk, ref=floor.pk)

        assert everything_stored() == before

    def test_at_an_invitation(self, alice: Person, bob: Person) -> None:
        bond, shown = make_invitation(alice)
        alice.client.get("/")
        bob.client.post("/j/open", {"secret": shown.secret})
        before = everything_stored()

        for person in (alice, bob):
            self.look_everywhere(person, bond=bond.pk, ref=bond.pk)

        assert everything_stored() == before

    def test_by_nobody(self, pair: Pair, floor: Sitting) -> None:
        before = everything_stored()
        nobody = Client()

        for route in routes():
            nobody.get(route.path(bond=pair.bond.pk, ref=floor.pk))

        assert everything_stored() == before
