"""Everybody who could stand at a door, and the things they find or do not find behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections, transaction
from django.test import Client
from django.utils import timezone

from nearer.bonds import actions
from nearer.bonds.held import Held
from nearer.bonds.models import Bond
from nearer.bonds.together import NAME as TOGETHER
from nearer.calendars import entries
from nearer.files.rewritten import Rewritten
from nearer.keepsakes import items
from nearer.library import comments
from nearer.protocol import Mode
from nearer.sittings.taking_back import erasing
from nearer.testing.cast import (
    Pair,
    Person,
    make_invitation,
    make_joined,
    make_pair,
    make_person,
    open_drawer,
    sign_in,
    start_floor,
)
from nearer.testing.library import make_article, make_draft
from tests.doors.authz import Role, Route

ALICE_TOO = frozenset({Role.ALICE, Role.STALE})


@dataclass(frozen=True, kw_only=True)
class Thing:
    """Something that is somebody's, by the ids an address could name.

    Attributes:
        ids: what addresses call it, to its id.
        whose: the roles that may find it.
    """

    ids: dict[str, Any]
    whose: frozenset[Role]


@dataclass(frozen=True, kw_only=True)
class World:
    """What is there.

    Attributes:
        pair: Alice and Bob.
        other_pair: Charlie and Dana.
        browsers: a browser for each role.
        things: everything that has ids: what Alice and Bob have is "ours".
    """

    pair: Pair
    other_pair: Pair
    browsers: Mapping[Role, Client]
    things: Mapping[str, Thing]

    def path(self, route: Route, role: Role) -> str:
        """Return a route's address as this role asks for it: of what it once knew, else of Alice and Bob's."""
        ids = self.things[KNOWS.get(role, "ours")].ids
        unknown = set(route.private_parts) - {part for thing in self.things.values() for part in thing.ids}
        assert not unknown, f"make a {unknown} in tests/doors/world.py: {route.name} names one"
        return route.path(**ids)

    def foreign_to(self, role: Role) -> list[Mapping[str, Any]]:
        """Return the ids of everything this role may not find."""
        return [thing.ids for thing in self.things.values() if role not in thing.whose]

    def sittings_of(self, role: Role) -> set[UUID]:
        """Return the sittings this role may watch: in a closed bond nothing moves any more."""
        alive = [thing for name, thing in self.things.items() if name != "left"]
        return {thing.ids["ref"] for thing in alive if role in thing.whose and "ref" in thing.ids}


KNOWS = {Role.EX: "left", Role.INVITEE: "invited", Role.TOGETHER: "table"}


def make_world() -> World:
    """Make everybody."""
    people = "Alice Bob Charlie Dana Erin Fay Gail"
    alice, bob, charlie, dana, erin, fay, gail = (make_person(name) for name in people.split())
    pair, other_pair, left = make_pair(alice, bob), make_pair(charlie, dana), make_pair(alice, erin)
    things = {
        "ours": _sitting_in(pair, ALICE_TOO | {Role.BOB}),
        "theirs": _sitting_in(other_pair, frozenset({Role.CHARLIE})),
        "left": _sitting_in(left, ALICE_TOO),
    }
    actions.leave(erin.at(left.bond), at=timezone.now())
    waiting, invited = _invited(alice, fay)
    for person in (alice, bob, charlie, erin, fay, gail):
        open_drawer(person)
    things["ours"].ids.update(_in_the_library(alice))
    phone, things["table"] = _table(pair)
    things["invited"] = Thing(ids={"bond": waiting.pk}, whose=ALICE_TOO)
    things["joined"] = Thing(ids={"bond": make_joined(bob, dana).bond.pk}, whose=frozenset({Role.BOB}))
    browsers = {
        Role.ANONYMOUS: Client(),
        Role.DELETED: _deleted(),
        Role.ALONE: gail.client,
        Role.ALICE: alice.client,
        Role.BOB: bob.client,
        Role.CHARLIE: charlie.client,
        Role.EX: erin.client,
        Role.INVITEE: invited,
        Role.STALE: _stale(alice),
        Role.TOGETHER: phone,
    }
    for browser in browsers.values():
        browser.raise_request_exception = False
    return World(pair=pair, other_pair=other_pair, browsers=browsers, things=things)


def _sitting_in(pair: Pair, whose: frozenset[Role]) -> Thing:
    photo = items.add(
        pair.host.at(pair.bond),
        Rewritten(content=b"RIFF"),
        sort=items.Sort.PHOTO,
        at=timezone.now() - items.WAITS,
    )
    entry = entries.add(pair.host.at(pair.bond), starts=timezone.now(), minutes=60, at=timezone.now())
    ids = {"bond": pair.bond.pk, "ref": start_floor(pair).pk, "keepsake": photo.ref, "entry": entry}
    return Thing(ids=ids, whose=whose)


def _invited(host: Person, guest: Person) -> tuple[Bond, Client]:
    bond, shown = make_invitation(host)
    session = guest.client.session
    Held(secret=shown.secret, by=host.name).put_into(session)
    session.save()
    return bond, guest.client


def _table(pair: Pair) -> tuple[Client, Thing]:
    """Put a phone of Alice's between the two, by the way the page does it."""
    phone = sign_in(pair.host, Client())
    phone.post(f"/b/{pair.bond.pk}/switch")
    phone.post("/practise/listening/start", {"mode": Mode.ONE})
    sitting = UUID(phone.session[TOGETHER]["sitting"])
    ids = {"bond": pair.bond.pk, "ref": sitting}
    return phone, Thing(ids=ids, whose=ALICE_TOO | {Role.BOB, Role.TOGETHER})


def _in_the_library(writer: Person) -> dict[str, Any]:
    """Publish an article that is called like The Floor, and let somebody write and comment."""
    article = make_article("listening")
    draft = make_draft(writer)
    voice = comments.take_name(writer.user.pk, "Somebody", at=timezone.now())
    said = comments.say(voice, article, "A word", at=timezone.now())
    return {"draft": draft.pk, "comment": said.pk}


def _stale(person: Person) -> Client:
    """Return a session of hers in which the drawer is shut."""
    return sign_in(person, Client())


def _deleted() -> Client:
    person = make_person("Hana")
    erasing.erase(person.user.pk, at=timezone.now())
    return person.client


@contextmanager
def undone(*browsers: Client) -> Iterator[None]:
    """Take back, at the end, everything that was done to the databases and to these browsers' cookies."""
    cookies = [(browser, deepcopy(browser.cookies)) for browser in browsers]
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)
    for browser, kept in cookies:
        browser.cookies = kept
