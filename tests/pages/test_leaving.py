"""Leaving is instant and quiet, and what was open ends with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from nearer.bonds.models import Bond, Member
from nearer.records.models import Record
from nearer.sittings.models import Sitting
from nearer.testing import thief
from nearer.testing.cast import (
    Pair,
    Person,
    make_invitation,
    make_joined,
    make_pair,
    sign_in,
    start_floor,
)
from nearer.vault.models import SealedSession, StoredKey
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.reading import everything_stored, html, moves_on, words

pytestmark = pytest.mark.django_db

GONE = "This invitation is not open any more"


def open_link(client: Client, secret: str) -> Any:
    """Do what the page's script does with the part of the link behind its #."""
    return client.post("/j/open", {"secret": secret})


def state_of(bond: Bond) -> str:
    return Bond.objects.values_list("state", flat=True).get(pk=bond.pk)


class TestLeaving:
    @pytest.fixture(autouse=True)
    def _commit(self, django_capture_on_commit_callbacks: Any) -> None:
        self.committing = django_capture_on_commit_callbacks

    def leave(self, person: Person, bond: Bond) -> Any:
        with self.committing(execute=True):
            return person.client.post(f"/b/{bond.pk}/space")

    @pytest.mark.rule("R6")
    def test_it_is_one_screen_with_a_way_back_and_help(self, pair: Pair) -> None:
        page = pair.guest.client.get(f"/b/{pair.bond.pk}/space")

        assert all(each in words(page) for each in ("Leave now", "Stay", "Not safe? Find help"))
        assert "passphrase" not in html(page)

    @pytest.mark.parametrize("leaver", ["host", "guest"])
    @pytest.mark.rule("R6")
    def test_it_is_instant_and_the_key_is_in_their_drawer_only(self, pair: Pair, leaver: str) -> None:
        person: Person = getattr(pair, leaver)

        assert self.leave(person, pair.bond)["Location"] == "/"

        gone = Member.objects.get(bond=pair.bond, user=person.user)
        assert gone.has_left
        ring = person.ring
        held = thief.derived_from({ring.identity, ring.profile, ring.private, ring.slot})
        assert [key.opens_with(held) for key in thief.of_kind("bond key")] == [False, False]
        assert "It takes two" in words(person.client.get("/"))

    def test_whoever_left_is_told_once_until_when_it_can_be_undone(self, pair: Pair) -> None:
        self.leave(pair.guest, pair.bond)

        day = date_format(timezone.localdate() + timedelta(days=30), "l j F Y")
        assert f"You have left. Until {day} you alone can undo that." in words(pair.guest.client.get("/"))
        assert "You have left" not in words(pair.guest.client.get("/"))
        self.leave(pair.host, pair.bond)
        assert "You have left. This one cannot be undone." in words(pair.host.client.get("/"))

    @pytest.mark.parametrize("leaver", ["host", "guest"])
    def test_the_other_sees_a_closed_space_and_not_who_or_when(self, pair: Pair, leaver: str) -> None:
        person: Person = getattr(pair, leaver)
        other = pair.guest if person is pair.host else pair.host
        rows_before = everything_stored()

        self.leave(person, pair.bond)
        today, us = words(other.client.get("/")), words(other.client.get("/us"))

        assert "This bond is closed" in today
        assert "This bond is closed" in us
        assert "Help and people to talk to" in today
        for text in (today, us):
            assert " left" not in text.lower()
        # Nothing was put anywhere for the other: only the bond and the leaver's own rows changed.
        changed = {name for name, rows in everything_stored().items() if rows != rows_before[name]}
        assert changed <= {"bonds.Bond", "bonds.Member", "vault.SealedSession", "records.Record"}
        assert [record.user for record in Record.objects.all()] == [person.user], "their own way back"
        assert SealedSession.objects.filter(user=other.user).count() == 1

    def test_nothing_new_begins_in_a_closed_space(self, pair: Pair) -> None:
        self.leave(pair.guest, pair.bond)

        started = pair.host.client.post("/practise/listening/start")

        assert started["Location"] == "/practise/listening"
        assert not Sitting.objects.exists()
        assert "Start together" not in words(pair.host.client.get("/practise/listening"))

    def test_what_both_kept_stays_with_the_one_who_stays(
        self, pair: Pair, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            sitting = play_to_the_end(pair, said="I felt left out")
            keep_it(pair, sitting)

        self.leave(pair.guest, pair.bond)

        assert "I felt left out" in words(pair.host.client.get(f"/s/{sitting.pk}"))
        assert "the drive home" in words(pair.host.client.get("/us"))
        assert pair.guest.client.get(f"/s/{sitting.pk}").status_code == 404

    def test_an_open_sitting_ends_with_the_bond(self, pair: Pair, floor: Sitting) -> None:
        self.leave(pair.guest, pair.bond)

        page = pair.host.client.get(f"/s/{floor.pk}")
        assert "The sitting is over" in words(page)
        assert moves_on(page) == set()
        assert not floor.entries.exists()
        assert not StoredKey.objects.filter(owner=floor.pk).exists()

    def test_the_end_of_an_open_sitting_is_the_same_as_any(
        self, pair: Pair, other_pair: Pair, floor: Sitting
    ) -> None:
        other = start_floor(other_pair)
        sent = {"move": "Leave", "seq": other.seq}
        other_pair.guest.client.post(f"/s/{other.pk}", sent)

        self.leave(pair.guest, pair.bond)

        by_leaving_the_bond = words(pair.host.client.get(f"/s/{floor.pk}"))
        by_leaving_the_room = words(other_pair.host.client.get(f"/s/{other.pk}"))
        assert by_leaving_the_bond == by_leaving_the_room

    def test_when_both_have_left_nothing_remains(self, pair: Pair, floor: Sitting) -> None:
        self.leave(pair.guest, pair.bond)
        self.leave(pair.host, pair.bond)

        assert not Bond.objects.exists()
        assert not Member.objects.exists()
        assert not Sitting.objects.exists()
        assert set(StoredKey.objects.values_list("owner", flat=True)) == {
            pair.host.user.pk,
            pair.guest.user.pk,
        }

    def test_leaving_before_anybody_joined_ends_the_invitation(self, alice: Person, bob: Person) -> None:
        bond, shown = make_invitation(alice)

        self.leave(alice, bond)

        assert not Bond.objects.exists()
        assert open_link(bob.client, shown.secret).status_code == 410
        assert set(StoredKey.objects.values_list("owner", flat=True)) == {alice.user.pk, bob.user.pk}

    @pytest.mark.parametrize("leaver", ["host", "guest"])
    def test_leaving_before_the_other_is_confirmed_leaves_nothing(
        self, alice: Person, bob: Person, leaver: str
    ) -> None:
        pair = make_joined(alice, bob)

        self.leave(getattr(pair, leaver), pair.bond)

        assert not Bond.objects.exists()

    def test_twice_is_not_there(self, pair: Pair) -> None:
        self.leave(pair.guest, pair.bond)

        assert self.leave(pair.guest, pair.bond).status_code == 404

    def test_on_a_second_phone_it_is_gone_as_well(self, pair: Pair) -> None:
        second = sign_in(pair.guest, Client())
        second.post(f"/b/{pair.bond.pk}/switch")

        self.leave(pair.guest, pair.bond)

        assert second.get(f"/b/{pair.bond.pk}/space").status_code == 404
        assert "It takes two" in words(second.get("/"))

    def test_coming_back_needs_a_new_invitation(self, pair: Pair) -> None:
        self.leave(pair.guest, pair.bond)

        again = make_pair(pair.host, pair.guest)

        assert again.bond.pk != pair.bond.pk
        assert state_of(pair.bond) == "closed"
        pair.host.client.post(f"/b/{again.bond.pk}/switch")
        assert "This bond is closed" not in words(pair.host.client.get("/"))
