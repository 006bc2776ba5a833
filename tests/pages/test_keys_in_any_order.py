"""Joining, leaving, coming back, being let back in, suspicion, a year: in whatever order, old keys open nothing."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest
from django.test import TestCase
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from nearer.accounts.ways_in.unlock import by_passphrase
from nearer.bonds import returns
from nearer.bonds.models import Bond, Member
from nearer.home import ways_back
from nearer.home.renewal import lock_anew
from nearer.home.rotation import LASTS, rotate
from nearer.leaving import leave as leaving
from nearer.plans import parking
from nearer.practices.listening.moves import Heat, SetTopic, TakeTopic
from nearer.protocol import Seat
from nearer.records.shelf import Shelf
from nearer.sittings.models import Sitting
from nearer.testing import thief
from nearer.testing.cast import (
    Pair,
    Person,
    accept,
    confirmed,
    make_invitation,
    make_person,
    play,
    run_of,
    sign_in,
    start_floor,
)
from nearer.vault.drawer import Drawer
from tests.doors.world import undone
from tests.pages.conversations import CALM
from tests.pages.test_letting_in import asked_by, say_yes
from tests.pages.test_rotation import keys_made_of

pytestmark = pytest.mark.django_db

EXAMPLES, STEPS = int(os.environ.get("NEARER_TEST_EXAMPLES", "4")), 12
FIRST, SEAT = datetime.fromisoformat("2026-03-02T09:00:00+00:00"), st.sampled_from(Seat)
WAIT, MOST_PARKED = timedelta(hours=73), 3


def opened_by(keys: set[bytes]) -> list[str]:
    """Return what these keys open of all that is stored."""
    return [each.what for each in thief.everything_locked() if each.opens_with(keys)]


class TwoPlaces(RuleBasedStateMachine):
    """A bond of two places; who sits there, and with which keys, changes."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.numbers, self.undo = FIRST, count(1), ExitStack()
        self.dying: set[bytes] = set()
        self.dead: set[bytes] = set()
        self.parked: set[str] = set()
        self.undo.enter_context(undone())
        real = timezone.now
        timezone.now = lambda: self.now
        self.undo.callback(setattr, timezone, "now", real)

    def teardown(self) -> None:
        """Try every key that was ever replaced once more, and take it all back."""
        try:
            assert opened_by(self.dead) == []
        finally:
            self.undo.close()

    @initialize()
    def two_meet(self) -> None:
        """Somebody joins: the key of the invitation is not that of the bond."""
        self.left: Person | None = None
        self.meet(self.somebody(), self.somebody())

    @precondition(lambda self: self.left is None and len(self.parked) < MOST_PARKED)
    @rule(seat=SEAT)
    def parks(self, seat: Seat) -> None:
        """Somebody leaves a topic for later."""
        self.parked.add(topic := f"topic {next(self.numbers)}")
        parking.park(self.one(seat).at(self.pair.bond), topic, at=self.now)

    @rule(seat=SEAT)
    def renews(self, seat: Seat) -> None:
        """The bond gets its next key; whoever left keeps their way back."""
        person = self.stays() if self.left else self.one(seat)
        self.forget(person)
        rotate(person.at(self.pair.bond))

    @precondition(lambda self: self.left is None)
    @rule(seat=SEAT)
    def a_year_passes(self, seat: Seat) -> None:
        """A year later the next page that is opened gives the bond its next key."""
        person = self.one(seat)
        self.forget(person)
        before = self.bond().key_version
        self.now += LASTS
        self.opens_today(person)
        assert self.bond().key_version == before + 1

    @rule(seat=SEAT)
    def suspects(self, seat: Seat) -> None:
        """Somebody thinks that their passphrase is known."""
        person = self.one(seat)
        self.forget(self.stays() if self.left else person)
        self.dying |= thief.derived_from({person.ring.identity, person.ring.private, person.ring.profile})
        opened = by_passphrase(person.username, person.passphrase)
        self.dying |= thief.derived_from({opened.master})
        passphrase = f"harbour pebble violin {next(self.numbers)}"
        anew, code = lock_anew(opened, passphrase)
        self.becomes(
            person, replace(person, passphrase=passphrase, code=code, ring=anew.ring, user=anew.user)
        )

    @precondition(lambda self: self.left is None)
    @rule(seat=SEAT)
    def lets_in(self, seat: Seat) -> None:
        """The other lost everything, and comes back under another account."""
        person, lost = self.one(seat), self.one(seat.other)
        sign_in(person)
        again = self.somebody()
        assert say_yes(person, asked_by(again), self.pair.bond)["Location"] == "/"
        self.forget(person)
        self.now += WAIT
        self.opens_today(person)
        assert not returns.promises([person.at(self.pair.bond)])
        self.becomes(lost, again)
        # What was not opened in that place ended.
        with TestCase.captureOnCommitCallbacks(execute=True):
            self.sit_down()

    @precondition(lambda self: self.left is None)
    @rule(seat=SEAT)
    def leaves(self, seat: Seat) -> None:
        """Somebody leaves."""
        self.left = self.one(seat)
        self.forget(self.left)
        with TestCase.captureOnCommitCallbacks(execute=True):
            leaving.leave(self.left.at(self.pair.bond), self.left.ring, at=self.now)

    @precondition(lambda self: self.left is not None)
    @rule()
    def comes_back(self) -> None:
        """Whoever left comes back, whatever was renewed meanwhile."""
        assert self.left
        self.forget(self.stays())
        assert ways_back.come_back(self.shelf(self.left), self.pair.bond.pk, self.left.ring, at=self.now)
        self.left = None
        self.sit_down()

    @rule(seat=SEAT)
    def both_leave_and_meet_anew(self, seat: Seat) -> None:
        """Nobody is left in a bond, and it is gone for good."""
        for person in [self.stays()] if self.left else [self.one(seat), self.one(seat.other)]:
            self.forget(person)
            with TestCase.captureOnCommitCallbacks(execute=True):
                leaving.leave(person.at(self.pair.bond), person.ring, at=self.now)
        self.left = None
        self.parked.clear()
        self.meet(self.pair.host, self.pair.guest)

    @invariant()
    def members_read_everything(self) -> None:
        """Whoever is a member has the one key there is, and all that lies in the bond opens with it."""
        staying = [self.stays()] if self.left else [self.pair.host, self.pair.guest]
        places = [person.at(self.pair.bond) for person in staying]
        assert len({place.key for place in places}) == 1
        for member in Member.objects.filter(bond=self.pair.bond):
            assert bool(bytes(member.way)) == member.has_left
        for person, place in zip(staying, places, strict=True):
            assert {item.text for item in parking.items_of(place)} == self.parked
            # What nobody kept is erased when one of them leaves; the sitting still opens.
            assert bool(run_of(person, self.sitting).log) == (self.left is None)

    @invariant()
    def replaced_keys_open_nothing(self) -> None:
        """No key that has just been replaced opens anything that is stored now."""
        assert opened_by(self.dying) == []
        self.dead |= self.dying
        self.dying = set()

    def meet(self, host: Person, guest: Person) -> None:
        """Bond two by an invitation, whose key opens nothing once they are two."""
        bond, shown = make_invitation(host)
        self.dying |= keys_made_of(host.at(bond))
        with TestCase.captureOnCommitCallbacks(execute=True):
            self.pair = confirmed(accept(host, guest, shown))
        self.sit_down()

    def sit_down(self) -> None:
        """Begin a sitting, with something said and something sealed; none is under way."""
        self.sitting: Sitting = start_floor(self.pair)
        play(self.pair.host, self.sitting, SetTopic(topic=f"sitting {next(self.numbers)}"))
        play(self.pair.guest, self.sitting, TakeTopic())
        play(self.pair.guest, self.sitting, Heat(level=CALM))

    def somebody(self) -> Person:
        """Return somebody with a new account."""
        return make_person(f"Person{next(self.numbers)}")

    def one(self, seat: Seat) -> Person:
        """Return one of the two."""
        return self.pair.host if seat is Seat.HOST else self.pair.guest

    def stays(self) -> Person:
        """Return the one who has not left."""
        return self.pair.guest if self.left is self.pair.host else self.pair.host

    def becomes(self, before: Person, after: Person) -> None:
        """Seat somebody where somebody was."""
        self.left = after if self.left is before else self.left
        host, guest = (after if each is before else each for each in (self.pair.host, self.pair.guest))
        self.pair = Pair(host=host, guest=guest, bond=self.pair.bond)

    def forget(self, person: Person) -> None:
        """Count as dead every key that this person can make of the bond's as it is."""
        self.dying |= keys_made_of(person.at(self.pair.bond))

    def bond(self) -> Bond:
        """Return the bond's row as it is now."""
        return Bond.objects.get(pk=self.pair.bond.pk)

    def opens_today(self, person: Person) -> None:
        """Let somebody look in."""
        sign_in(person)
        person.client.post(f"/b/{self.pair.bond.pk}/switch")
        assert person.client.get("/").status_code == 200

    def shelf(self, person: Person) -> Shelf:
        """Return somebody's own shelf with the drawer open."""
        return Shelf.of_person(person.user.pk, person.ring, self.drawer(person))

    def drawer(self, person: Person) -> Drawer:
        """Return somebody's drawer, opened now."""
        return Drawer.opened(by_passphrase(person.username, person.passphrase).master, at=self.now)


def test_old_keys_open_nothing_in_whatever_order_keys_are_renewed() -> None:
    run_state_machine_as_test(
        TwoPlaces,
        # Nothing is shrunk: one try takes a second, and each step says what it did.
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, phases=(Phase.generate,)
        ),
    )
