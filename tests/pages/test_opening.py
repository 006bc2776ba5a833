"""Opening an invitation: by link or code, in time, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nearer.accounts.profile import Face
from nearer.accounts.slowing import limits
from nearer.bonds import actions, invitations
from nearer.bonds.models import Bond, Invitation
from nearer.testing.cast import (
    Person,
    make_invitation,
    make_joined,
)
from nearer.vault.models import StoredKey
from tests.pages.reading import at, words

pytestmark = pytest.mark.django_db

GONE = "This invitation is not open any more"


def open_link(client: Client, secret: str) -> Any:
    """Do what the page's script does with the part of the link behind its #."""
    return client.post("/j/open", {"secret": secret})


def join(client: Client, secret: str) -> Any:
    open_link(client, secret)
    return client.post("/j/join")


def state_of(bond: Bond) -> str:
    return Bond.objects.values_list("state", flat=True).get(pk=bond.pk)


class TestOpening:
    @pytest.mark.parametrize("written", [str, str.lower, lambda code: code.replace("-", ""), " {} ".format])
    def test_the_code_opens_it_however_it_is_read_aloud(
        self, alice: Person, bob: Person, written: Any
    ) -> None:
        _, shown = make_invitation(alice)

        opened = bob.client.post("/j/open", {"code": written(shown.code)})

        assert opened.status_code == 302
        assert "Alice would like to try this with you" in words(bob.client.get("/j/"))

    def test_looking_uses_nothing_up(self, alice: Person, bob: Person, charlie: Person) -> None:
        _, shown = make_invitation(alice)

        for person in (bob, charlie, bob):
            open_link(person.client, shown.secret)
            assert "Alice would like to try this with you" in words(person.client.get("/j/"))

        assert bob.client.post("/j/join").status_code == 302

    @pytest.mark.parametrize("sent", [{"code": "000-000-000"}, {"secret": "0" * 27}])
    def test_what_never_was_is_not_open(self, bob: Person, sent: dict[str, str]) -> None:
        answer = bob.client.post("/j/open", sent)

        assert answer.status_code == 410
        assert GONE in words(answer)

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"code": ""},
            {"secret": "x"},
            {"secret": "A" * 22},
            {"secret": "é" * 22},
            {"code": "no code"},
        ],
    )
    def test_nonsense_opens_nothing_and_is_not_called_closed(self, bob: Person, sent: dict[str, str]) -> None:
        answer = bob.client.post("/j/open", sent)

        assert answer.status_code == 422
        assert GONE not in words(answer)

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

        def take_the_seat(person: Person) -> None:
            face = Face(name=person.name)
            actions.join(found, user_id=person.user.pk, face=face, ring=person.ring, **make)

        take_the_seat(bob)
        with pytest.raises(actions.NotOpen):
            take_the_seat(charlie)

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
            asked = person.client.get(f"/b/{pair.bond.pk}/invitation")
            assert asked["Location"] == f"/b/{pair.bond.pk}/first"

    def test_codes_are_guessed_slowly(self, bob: Person) -> None:
        for _ in range(limits.CODES.most):
            limits.CODES.one("")

        assert bob.client.post("/j/open", {"code": "000-000-000"}).status_code == 429

    def test_a_link_opens_also_while_codes_are_guessed(self, alice: Person, bob: Person) -> None:
        _, shown = make_invitation(alice)
        for _ in range(limits.CODES.most):
            limits.CODES.one("")

        assert bob.client.post("/j/open", {"secret": shown.secret}).status_code == 302
