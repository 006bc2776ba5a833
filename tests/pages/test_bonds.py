"""Two people find each other: inviting, joining, confirming, having several bonds, and leaving."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from nearer.bonds import actions, invitations
from nearer.bonds.cards import Kin
from nearer.bonds.models import Bond, Invitation, Member
from nearer.protocol import Seat
from nearer.sittings.models import Sitting
from nearer.testing.cast import (
    Pair,
    Person,
    make_invitation,
    make_joined,
    make_pair,
    make_person,
    start_floor,
)
from nearer.vault import keys
from nearer.vault.envelope import Scope, open_record
from nearer.vault.errors import VaultError
from tests.pages.reading import everything_stored, html, marked, words

pytestmark = pytest.mark.django_db

GONE = "This invitation is not open any more"


def open_link(client: Client, secret: str) -> Any:
    """Do what the page's script does with the part of the link behind its #."""
    return client.post("/j/open", {"secret": secret})


def join(client: Client, secret: str) -> Any:
    open_link(client, secret)
    return client.post("/j/join")


def answer(person: Person, bond: Bond, word: str) -> Any:
    return person.client.post(f"/b/{bond.pk}/confirm", {"answer": word})


def state_of(bond: Bond) -> str:
    return Bond.objects.values_list("state", flat=True).get(pk=bond.pk)


class TestInviting:
    def test_alice_gets_a_link_a_picture_and_a_code(self, alice: Person) -> None:
        made = alice.client.post("/invite", {"kin": "partner"})
        page = alice.client.get(made["Location"])
        link, code = marked(page, "data-invite-link"), marked(page, "data-invite-code")

        assert link.startswith("http://testserver/j/#")
        assert len(link.partition("#")[2]) >= 22
        assert len(code.replace("-", "").replace(" ", "")) == 9
        assert "<svg" in html(page)
        assert 'style="' not in html(page)
        assert "They type it here: http://testserver/j/" in words(page)

    def test_she_finds_it_again_on_today(self, alice: Person) -> None:
        bond, shown = make_invitation(alice)

        assert "Your invitation is out" in words(alice.client.get("/"))
        assert f"/b/{bond.pk}/invitation" in html(alice.client.get("/"))
        assert shown.secret in html(alice.client.get(f"/b/{bond.pk}/invitation"))

    @pytest.mark.parametrize("kin", ["", "boss", "PARTNER"])
    def test_the_other_has_to_be_something_to_her(self, alice: Person, kin: str) -> None:
        assert alice.client.post("/invite", {"kin": kin}).status_code == 422
        assert not Bond.objects.exists()

    @pytest.mark.parametrize("kin", Kin)
    def test_every_kind_of_pair_is_welcome(self, alice: Person, bob: Person, kin: Kin) -> None:
        pair = make_pair(alice, bob, kin=kin.value)

        said = {words(person.client.get("/us")) for person in (alice, bob)}
        assert all(" · here together since " in text for text in said)
        assert (pair.host.at(pair.bond).kin, pair.guest.at(pair.bond).kin) == (kin, kin.back)

    def test_each_reads_what_the_other_is_to_them(self, alice: Person, bob: Person) -> None:
        make_pair(alice, bob, kin="parent")

        said = [words(person.client.get("/us")) for person in (alice, bob)]
        assert [
            "Parent · here together since" in said[0],
            "Grown child · here together since" in said[1],
        ] == [True, True]

    def test_the_kind_is_in_no_row(self, pair: Pair) -> None:
        assert "partner" not in repr(everything_stored())

    def test_a_page_sent_twice_makes_one(self, alice: Person) -> None:
        once = re.search(r'name="once" value="([^"]+)"', alice.client.get("/invite").content.decode())
        assert once
        sent = {"kin": "friend", "once": once[1]}

        answers = [alice.client.post("/invite", sent) for _ in range(2)]

        assert answers[0]["Location"] == answers[1]["Location"]
        assert Bond.objects.count() == Invitation.objects.count() == 1

    def test_an_invitation_waits_for_nobody_signed_in(self, alice: Person) -> None:
        _, shown = make_invitation(alice)
        visitor = Client()

        opened = open_link(visitor, shown.secret)
        page = visitor.get(opened["Location"])

        assert opened["Location"] == "/j/"
        assert "Alice would like to try this with you" in words(page)
        assert "Create account" in words(page)
        assert shown.secret not in html(page)

    def test_a_newcomer_signs_up_in_between_and_is_still_invited(self, alice: Person) -> None:
        _, shown = make_invitation(alice)
        visitor = Client()
        open_link(visitor, shown.secret)

        sent = {"name": "Sam", "username": "sam", "passphrase": "lantern orbit willow"}
        to_code = visitor.post("/signup", sent)["Location"]
        code = marked(visitor.get(to_code), "data-recovery-code")
        assert visitor.post(to_code, {"code": code})["Location"] == "/j/"
        assert visitor.post("/j/join")["Location"] == "/"
        assert "You joined Alice" in words(visitor.get("/"))

    def test_somebody_with_an_account_logs_in_in_between(self, alice: Person, bob: Person) -> None:
        _, shown = make_invitation(alice)
        visitor = Client()
        open_link(visitor, shown.secret)

        came = visitor.post("/login", {"username": bob.username, "passphrase": bob.passphrase})

        assert came["Location"] == "/j/"
        assert "Join" in words(visitor.get("/j/"))


class TestKeysChangeWhenSomebodyJoins:
    def test_the_links_secret_and_an_old_backup_open_nothing_new(self, alice: Person, bob: Person) -> None:
        bond, shown = make_invitation(alice)
        _found, old_key = invitations.find_by_secret(shown.secret, at=timezone.now())
        backup = Member.objects.get(bond=bond)

        join(bob.client, shown.secret)

        host = Member.objects.get(bond=bond, seat=Seat.HOST)
        assert alice.at(bond).key != old_key
        assert Bond.objects.get(pk=bond.pk).key_version == 2
        for member in Member.objects.filter(bond=bond):
            with pytest.raises(VaultError):
                open_record(
                    keys.bond_subkey(old_key, "card"), bytes(member.card), scope=Scope.BOND, scope_id=bond.pk,
                    kind="card", row=member.pk, author=member.user_id, schema=1,
                )  # fmt: skip
        assert bytes(backup.sealed_key) != bytes(host.sealed_key)
        with pytest.raises(VaultError):
            keys.open_bond_key(
                alice.ring.identity,
                bytes(backup.sealed_key),
                bond=bond.pk,
                member=host.pk,
                version=2,
            )

    def test_the_code_and_an_old_backup_open_nothing_at_all(self, alice: Person, bob: Person) -> None:
        _, shown = make_invitation(alice)
        backup = Invitation.objects.get()
        join(bob.client, shown.secret)

        backup.bond = Bond.objects.create()
        backup.save(force_insert=True)

        with pytest.raises(actions.NotOpen):
            invitations.secret_for_code(shown.code, at=timezone.now())

    def test_each_member_opens_with_their_own_key_only(self, pair: Pair) -> None:
        assert pair.host.at(pair.bond).key == pair.guest.at(pair.bond).key
        host = Member.objects.get(bond=pair.bond, seat=Seat.HOST)

        with pytest.raises(VaultError):
            keys.open_bond_key(
                pair.guest.ring.identity, bytes(host.sealed_key), bond=pair.bond.pk, member=host.pk, version=2
            )


class TestConfirming:
    def test_alice_says_that_it_is_bob(self, alice: Person, bob: Person) -> None:
        pair = make_joined(alice, bob)
        asked = alice.client.get("/")
        assert "Is this who you meant?" in words(asked)
        assert "Yes, this is Bob" in words(asked)
        assert "Not who I meant" in words(asked)
        assert "You joined Alice" in words(bob.client.get("/"))

        answer(alice, pair.bond, "yes")

        assert state_of(pair.bond) == "open"
        for person in (alice, bob):
            assert "Start The Floor" in words(person.client.get("/"))

    def test_nothing_begins_before_she_has_said_so(self, alice: Person, bob: Person) -> None:
        make_joined(alice, bob)

        for person in (alice, bob):
            assert "Start together" not in words(person.client.get("/practise/listening"))
            started = person.client.post("/practise/listening/start")
            assert started["Location"] == "/practise/listening"
        assert not Sitting.objects.exists()

    def test_not_who_she_meant_and_the_bond_is_gone(self, alice: Person, charlie: Person) -> None:
        pair = make_joined(alice, charlie)

        answer(alice, pair.bond, "no")

        assert not Bond.objects.exists()
        assert not Member.objects.exists()
        assert "It takes two" in words(charlie.client.get("/"))
        assert charlie.client.get(f"/b/{pair.bond.pk}/space").status_code == 404

    def test_the_guest_cannot_confirm_themselves(self, alice: Person, charlie: Person) -> None:
        pair = make_joined(alice, charlie)

        for word in ("yes", "no"):
            answer(charlie, pair.bond, word)

        assert state_of(pair.bond) == "joined"

    def test_an_answer_counts_once(self, pair: Pair) -> None:
        answer(pair.host, pair.bond, "no")

        assert state_of(pair.bond) == "open"

    @pytest.mark.parametrize("word", ["", "maybe", "YES"])
    def test_no_answer_changes_nothing(self, alice: Person, bob: Person, word: str) -> None:
        pair = make_joined(alice, bob)

        answer(alice, pair.bond, word)

        assert state_of(pair.bond) == "joined"

    def test_nobody_answers_for_a_waiting_bond(self, alice: Person) -> None:
        bond, _ = make_invitation(alice)

        for word in ("yes", "no"):
            answer(alice, bond, word)

        assert state_of(bond) == "waiting"


class TestExactlyTwo:
    def third(self, pair: Pair, **fields: Any) -> None:
        with transaction.atomic():
            Member.objects.create(bond=pair.bond, sealed_key=b"", card=b"", **fields)

    @pytest.mark.parametrize("seat", list(Seat))
    def test_a_seat_is_for_one(self, pair: Pair, charlie: Person, seat: Seat) -> None:
        with pytest.raises(IntegrityError):
            self.third(pair, user=charlie.user, seat=seat)

        assert pair.bond.members.count() == 2

    def test_there_is_no_third_seat(self, pair: Pair, charlie: Person) -> None:
        with pytest.raises(IntegrityError):
            self.third(pair, user=charlie.user, seat="third")

    def test_nobody_sits_on_both(self, alice: Person) -> None:
        bond, _ = make_invitation(alice)

        with pytest.raises(IntegrityError), transaction.atomic():
            Member.objects.create(bond=bond, user=alice.user, seat=Seat.GUEST, sealed_key=b"", card=b"")

        assert bond.members.count() == 1

    def test_a_seat_that_was_left_stays_empty(self, pair: Pair, charlie: Person) -> None:
        actions.leave(pair.guest.at(pair.bond), at=timezone.now())

        with pytest.raises(IntegrityError):
            self.third(pair, user=charlie.user, seat=Seat.GUEST)


class TestSeveralBonds:
    def test_alice_switches_and_each_page_is_about_one(self, pair: Pair, other_pair: Pair) -> None:
        alice = pair.host
        for each, name, other in ((other_pair, "Dana", "Bob"), (pair, "Bob", "Dana")):
            alice.client.post(f"/b/{each.bond.pk}/switch")

            assert f"Alice and {name}" in words(alice.client.get("/us"))
            page = html(alice.client.get("/"))
            assert f'aria-current="true"><bdi translate="no">{name}<' in page
            assert f'aria-current="true"><bdi translate="no">{other}<' not in page

    def test_bob_never_hears_of_dana(self, pair: Pair, other_pair: Pair) -> None:
        start_floor(other_pair)
        own = start_floor(pair)

        for path in ("/", "/us", "/practise", "/practise/listening", "/settings", f"/s/{own.pk}"):
            page = html(pair.guest.client.get(path))
            assert "Dana" not in page, path
            assert str(other_pair.bond.pk) not in page, path
            assert "Your bonds" not in page, path

    def test_a_practice_is_started_in_the_bond_she_looks_at(self, pair: Pair, other_pair: Pair) -> None:
        alice = pair.host
        alice.client.post(f"/b/{other_pair.bond.pk}/switch")

        alice.client.post("/practise/listening/start")

        assert Sitting.objects.get().bond_id == other_pair.bond.pk

    def test_a_sittings_page_is_about_its_own_bond(self, pair: Pair, other_pair: Pair) -> None:
        alice, sitting = pair.host, start_floor(pair)
        alice.client.post(f"/b/{other_pair.bond.pk}/switch")

        page = words(alice.client.get(f"/s/{sitting.pk}"))

        assert "Dana" not in page

    def test_leaving_one_leaves_the_other_alone(self, pair: Pair, other_pair: Pair) -> None:
        alice = pair.host

        alice.client.post(f"/b/{pair.bond.pk}/space")

        assert state_of(other_pair.bond) == "open"
        assert "Alice and Dana" in words(alice.client.get("/us"))

    def test_the_same_two_may_have_two_bonds(self, pair: Pair) -> None:
        second = make_pair(pair.guest, pair.host, kin="friend")

        assert second.bond.pk != pair.bond.pk
        assert pair.host.at(second.bond).seat is Seat.GUEST


def test_a_bond_that_never_was_is_not_found(alice: Person) -> None:
    for path in ("invitation", "space"):
        assert alice.client.get(f"/b/{uuid4()}/{path}").status_code == 404


def test_ids_are_no_secret_but_open_nothing(pair: Pair) -> None:
    eve = make_person("Eve")

    with pytest.raises(Exception, match=r"^$"):
        eve.at(pair.bond)
