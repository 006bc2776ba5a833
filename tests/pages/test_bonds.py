"""Two people find each other: inviting, joining, confirming, having several bonds, and leaving."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from nearer.accounts import limits
from nearer.accounts.profile import Face
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
    sign_in,
    start_floor,
)
from nearer.vault import keys
from nearer.vault.envelope import Scope, open_record
from nearer.vault.errors import VaultError
from nearer.vault.models import SealedSession, StoredKey
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.reading import at, everything_stored, html, marked, moves_on, words

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
        assert len(code.replace("-", "").replace(" ", "")) == 8
        assert "<svg" in html(page)
        assert 'style="' not in html(page)
        assert "They type it at http://testserver/j/" in words(page)

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
        assert all("Together as" in text for text in said)
        assert pair.guest.at(pair.bond).kin == kin

    def test_the_kind_is_in_no_row(self, pair: Pair) -> None:
        assert "partner" not in repr(everything_stored())

    def test_an_invitation_waits_for_nobody_signed_in(self, alice: Person) -> None:
        _, shown = make_invitation(alice)
        visitor = Client()

        opened = open_link(visitor, shown.secret)
        page = visitor.get(opened["Location"])

        assert opened["Location"] == "/j/"
        assert "Alice invites you" in words(page)
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


class TestOpening:
    @pytest.mark.parametrize("written", [str, str.lower, lambda code: code.replace("-", ""), " {} ".format])
    def test_the_code_opens_it_however_it_is_read_aloud(
        self, alice: Person, bob: Person, written: Any
    ) -> None:
        _, shown = make_invitation(alice)

        opened = bob.client.post("/j/open", {"code": written(shown.code)})

        assert opened.status_code == 302
        assert "Alice invites you" in words(bob.client.get("/j/"))

    def test_looking_uses_nothing_up(self, alice: Person, bob: Person, charlie: Person) -> None:
        _, shown = make_invitation(alice)

        for person in (bob, charlie, bob):
            open_link(person.client, shown.secret)
            assert "Alice invites you" in words(person.client.get("/j/"))

        assert bob.client.post("/j/join").status_code == 302

    @pytest.mark.parametrize(
        "sent",
        [{}, {"code": ""}, {"code": "0000-0000"}, {"secret": "x"}, {"secret": "A" * 22}, {"secret": "é" * 22},
         {"code": "not a code"}, {"secret": "A" * 26}],
    )  # fmt: skip
    def test_nonsense_opens_nothing_and_says_the_same(self, bob: Person, sent: dict[str, str]) -> None:
        answer = bob.client.post("/j/open", sent)

        assert answer.status_code == 410
        assert GONE in words(answer)

    def test_it_is_open_for_72_hours(
        self, alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _, shown = make_invitation(alice)

        at(monkeypatch, shown.expires_at - timedelta(seconds=1))
        assert open_link(bob.client, shown.secret).status_code == 302
        at(monkeypatch, shown.expires_at)
        late = [bob.client.get("/j/"), open_link(bob.client, shown.secret), join(bob.client, shown.secret)]
        by_code = bob.client.post("/j/open", {"code": shown.code})

        assert [page.status_code for page in (*late, by_code)] == [410] * 4
        assert shown.expires_at - timezone.now() <= timedelta(hours=72)

    def test_the_hours_are_72(self, alice: Person) -> None:
        before = timezone.now()
        _, shown = make_invitation(alice)

        assert timedelta(0) <= shown.expires_at - before - timedelta(hours=72) < timedelta(minutes=1)

    def test_running_out_while_held_joins_nobody(
        self, alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bond, shown = make_invitation(alice)
        open_link(bob.client, shown.secret)

        at(monkeypatch, shown.expires_at)

        assert bob.client.post("/j/join").status_code == 410
        assert state_of(bond) == "waiting"

    def test_it_lets_one_person_in(self, alice: Person, bob: Person, charlie: Person) -> None:
        bond, shown = make_invitation(alice)
        open_link(charlie.client, shown.secret)

        assert join(bob.client, shown.secret).status_code == 302
        late = charlie.client.post("/j/join")

        assert late.status_code == 410
        assert GONE in words(late)
        assert open_link(charlie.client, shown.secret).status_code == 410
        assert bond.members.count() == 2
        assert not StoredKey.objects.exclude(owner__in=[p.user.pk for p in (alice, bob, charlie)]).exists()

    def test_a_race_for_the_last_seat_has_one_winner(
        self, alice: Person, bob: Person, charlie: Person
    ) -> None:
        bond, shown = make_invitation(alice)
        now = timezone.now()
        found, key = invitations.find_by_secret(shown.secret, at=now)
        make: dict[str, Any] = {"key": key, "at": now}

        actions.join(found, user_id=bob.user.pk, face=Face(name="Bob"), **make)
        with pytest.raises(actions.NotOpen):
            actions.join(found, user_id=charlie.user.pk, face=Face(name="Charlie"), **make)

        assert bond.members.count() == 2

    def test_alice_cannot_join_herself(self, alice: Person) -> None:
        bond, shown = make_invitation(alice)

        open_link(alice.client, shown.secret)
        assert "This is the invitation you made" in words(alice.client.get("/j/"))
        assert join(alice.client, shown.secret)["Location"] == "/"

        assert bond.members.count() == 1
        assert Invitation.objects.count() == 1

    def test_taken_back_it_opens_nothing(self, alice: Person, bob: Person) -> None:
        bond, shown = make_invitation(alice)
        open_link(bob.client, shown.secret)

        assert alice.client.post(f"/b/{bond.pk}/take-back").status_code == 302

        assert bob.client.post("/j/join").status_code == 410
        assert open_link(bob.client, shown.secret).status_code == 410
        assert not Bond.objects.exists()
        assert "It takes two" in words(alice.client.get("/"))
        assert set(StoredKey.objects.values_list("owner", flat=True)) == {alice.user.pk, bob.user.pk}

    def test_used_it_cannot_be_taken_back(self, alice: Person, bob: Person) -> None:
        pair = make_joined(alice, bob)

        alice.client.post(f"/b/{pair.bond.pk}/take-back")

        assert state_of(pair.bond) == "joined"

    def test_only_its_maker_sees_it(self, alice: Person, bob: Person) -> None:
        pair = make_joined(alice, bob)

        for person in (alice, bob):
            assert person.client.get(f"/b/{pair.bond.pk}/invitation")["Location"] == "/"

    def test_codes_are_guessed_slowly(self, bob: Person) -> None:
        for _ in range(limits.CODE_TRIES):
            limits._count("codes", limits.CODE_TRIES, limits.ADDRESS_WINDOW)

        assert bob.client.post("/j/open", {"code": "0000-0000"}).status_code == 429


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
            assert "Start a practice" in words(person.client.get("/"))

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
        assert charlie.client.get(f"/b/{pair.bond.pk}/leave").status_code == 404

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
            assert f'aria-current="true">{name}<' in page
            assert f'aria-current="true">{other}<' not in page

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

        alice.client.post(f"/b/{pair.bond.pk}/leave")

        assert state_of(other_pair.bond) == "open"
        assert "Alice and Dana" in words(alice.client.get("/us"))

    def test_the_same_two_may_have_two_bonds(self, pair: Pair) -> None:
        second = make_pair(pair.guest, pair.host, kin="friend")

        assert second.bond.pk != pair.bond.pk
        assert pair.host.at(second.bond).seat is Seat.GUEST


class TestLeaving:
    @pytest.fixture(autouse=True)
    def _commit(self, django_capture_on_commit_callbacks: Any) -> None:
        self.committing = django_capture_on_commit_callbacks

    def leave(self, person: Person, bond: Bond) -> Any:
        with self.committing(execute=True):
            return person.client.post(f"/b/{bond.pk}/leave")

    def test_it_is_one_screen_with_a_way_back_and_help(self, pair: Pair) -> None:
        page = pair.guest.client.get(f"/b/{pair.bond.pk}/leave")

        assert all(each in words(page) for each in ("Leave now", "Stay", "Not safe? Find help"))
        assert "passphrase" not in html(page)

    @pytest.mark.parametrize("leaver", ["host", "guest"])
    def test_it_is_instant_and_the_key_is_gone(self, pair: Pair, leaver: str) -> None:
        person: Person = getattr(pair, leaver)

        assert self.leave(person, pair.bond)["Location"] == "/"

        gone = Member.objects.get(bond=pair.bond, user=person.user)
        assert gone.has_left
        assert bytes(gone.sealed_key) == b""
        assert "It takes two" in words(person.client.get("/"))

    @pytest.mark.parametrize("leaver", ["host", "guest"])
    def test_the_other_sees_a_closed_space_and_not_who_or_when(self, pair: Pair, leaver: str) -> None:
        person: Person = getattr(pair, leaver)
        other = pair.guest if person is pair.host else pair.host
        rows_before = everything_stored()

        self.leave(person, pair.bond)
        today, us = words(other.client.get("/")), words(other.client.get("/us"))

        assert "This space is closed" in today
        assert "This space is closed" in us
        assert "Help and people to talk to" in today
        for text in (today, us):
            assert " left" not in text.lower()
        # Nothing was put anywhere for the other: only the bond and the leaver's own rows changed.
        changed = {name for name, rows in everything_stored().items() if rows != rows_before[name]}
        assert changed <= {"bonds.Bond", "bonds.Member", "vault.SealedSession"}
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
        assert "This session has ended." in words(page)
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

        assert second.get(f"/b/{pair.bond.pk}/leave").status_code == 404
        assert "It takes two" in words(second.get("/"))

    def test_coming_back_needs_a_new_invitation(self, pair: Pair) -> None:
        self.leave(pair.guest, pair.bond)

        again = make_pair(pair.host, pair.guest)

        assert again.bond.pk != pair.bond.pk
        assert state_of(pair.bond) == "closed"
        pair.host.client.post(f"/b/{again.bond.pk}/switch")
        assert "This space is closed" not in words(pair.host.client.get("/"))


def test_a_bond_that_never_was_is_not_found(alice: Person) -> None:
    for path in ("invitation", "leave"):
        assert alice.client.get(f"/b/{uuid4()}/{path}").status_code == 404


def test_ids_are_no_secret_but_open_nothing(pair: Pair) -> None:
    eve = make_person("Eve")

    with pytest.raises(Exception, match=r"^$"):
        eve.at(pair.bond)
