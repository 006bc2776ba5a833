"""Two people invite each other, and each joins the other's: they get one bond, and the question stands first."""

from __future__ import annotations

import pytest
from django.utils import timezone

from nearer.accounts.profile import Face
from nearer.bonds import actions, invitations
from nearer.bonds.models import Bond, FirstQuestion, Invitation
from nearer.testing.cast import Pair, Person, accept, confirmed, make_invitation, make_joined
from nearer.vault.models import StoredKey

pytestmark = pytest.mark.django_db

QUESTION = "Is this who you meant?"


def open_and_join(person: Person, secret: str, answer: str | None = None) -> None:
    person.client.post("/j/open", {"secret": secret})
    person.client.post("/j/join", {"answer": answer} if answer is not None else {})


def today(person: Person) -> str:
    return person.client.get("/").content.decode()


def ask(person: Person, words: str, question: str = "smile") -> str:
    bond = invitations.invite(
        person.user.pk, face=Face(name=person.name), kin="friend", public=person.ring.public, at=timezone.now(),
        question=question, words=words,
    )  # fmt: skip
    shown = invitations.shown(person.at(bond))
    assert shown
    return shown.secret


@pytest.mark.parametrize("confirmed_between", [False, True], ids=["at once", "confirmed in between"])
def test_both_have_one_bond_and_the_question_stands_first(
    alice: Person, bob: Person, *, confirmed_between: bool
) -> None:
    _, of_alice = make_invitation(alice)
    kept, of_bob = make_invitation(bob)
    open_and_join(alice, of_bob.secret)
    if confirmed_between:
        bob.client.post(f"/b/{kept.pk}/confirm", {"answer": "yes"})
    open_and_join(bob, of_alice.secret)

    assert [bond.pk for bond in Bond.objects.all()] == [kept.pk]
    assert not Invitation.objects.exists()
    assert (QUESTION in today(bob)) is not confirmed_between
    assert QUESTION not in today(alice)
    bob.client.post(f"/b/{kept.pk}/confirm", {"answer": "yes"})
    kept.refresh_from_db()
    assert kept.state == Bond.State.OPEN
    for person in (alice, bob):
        assert "Your bonds" not in today(person)


def test_a_question_that_was_asked_goes_along(alice: Person, bob: Person) -> None:
    of_alice, (kept, of_bob) = ask(alice, "The kettle, every morning"), make_invitation(bob)
    open_and_join(alice, of_bob.secret)
    open_and_join(bob, of_alice, "Your laugh in the hall")

    assert Bond.objects.get().pk == kept.pk
    for person in (alice, bob):
        page = person.client.get(f"/b/{kept.pk}/first").content.decode()
        assert "The kettle, every morning" in page
        assert "Your laugh in the hall" in page
    assert StoredKey.objects.filter(owner=FirstQuestion.objects.get().pk).exists()


def test_of_two_questions_the_one_both_have_answered_stays(alice: Person, bob: Person) -> None:
    of_alice, of_bob = ask(alice, "The kettle"), ask(bob, "The stairs")
    open_and_join(alice, of_bob, "")
    open_and_join(bob, of_alice, "Your laugh")

    assert Bond.objects.count() == 1
    assert "Your laugh" in today(alice)
    assert "The stairs" not in today(alice)


def test_a_second_bond_that_is_meant_stays_a_second_bond(pair: Pair) -> None:
    again = make_joined(pair.guest, pair.host, kin="friend")

    assert again.bond.pk != pair.bond.pk
    # The names are the same, so each says what it is and since when; and what waits stands first on Today.
    page = today(pair.guest)
    assert page.index(QUESTION) < page.index("Your bonds")
    assert "friend · here together since" in page
    assert "partner · here together since" in page


def test_somebody_elses_invitation_crosses_nothing(alice: Person, bob: Person, charlie: Person) -> None:
    _, of_alice = make_invitation(alice)
    pair = make_joined(bob, alice)
    other = accept(alice, charlie, of_alice)

    assert {pair.bond.pk, other.bond.pk} == {bond.pk for bond in Bond.objects.all()}


def test_where_one_has_left_nothing_is_crossed(alice: Person, bob: Person) -> None:
    _, of_alice = make_invitation(alice)
    pair = confirmed(make_joined(bob, alice))
    actions.leave(alice.at(pair.bond), at=timezone.now())
    again = accept(alice, bob, of_alice)

    assert again.bond.pk != pair.bond.pk


def test_two_made_at_once_are_one_when_either_is_confirmed(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, of_alice = make_invitation(alice)
    kept, of_bob = make_invitation(bob)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "crossed_by", lambda *_, **__: None)  # as if neither had seen the other's
        accept(alice, bob, of_alice)
        accept(bob, alice, of_bob)
    assert Bond.objects.count() == 2

    bob.client.post(f"/b/{kept.pk}/confirm", {"answer": "yes"})

    assert [(bond.pk, bond.state) for bond in Bond.objects.all()] == [(kept.pk, Bond.State.OPEN)]
