"""Invitations that have run out, were used or taken back, or never were: one sentence, and nothing is used up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from nearer.bonds import actions, invitations
from nearer.bonds.models import Bond, Invitation
from nearer.testing.cast import Person, make_invitation, make_pair
from nearer.vault import store
from tests.pages.reading import html, words
from tests.pages.test_bad_input import stored

pytestmark = pytest.mark.django_db

GONE = "This invitation is not open any more. Ask for a new one: each works once, for 72 hours."
type Shown = invitations.Shown


def run_out(_alice: Person, bond: Bond, _shown: Shown, _dana: Person) -> None:
    Invitation.objects.filter(bond=bond).update(expires_at=timezone.now() - timedelta(seconds=1))


def taken_back(alice: Person, bond: Bond, _shown: Shown, _dana: Person) -> None:
    invitations.take_back(alice.at(bond))


def used(_alice: Person, _bond: Bond, shown: Shown, dana: Person) -> None:
    open_it(dana.client, secret=shown.secret)
    assert dana.client.post("/j/join").status_code == 302


def used_and_refused(alice: Person, bond: Bond, shown: Shown, dana: Person) -> None:
    used(alice, bond, shown, dana)
    actions.refuse(alice.at(bond))


def key_erased(_alice: Person, bond: Bond, _shown: Shown, _dana: Person) -> None:
    store.erase([Invitation.objects.get(bond=bond).pk])


type End = Callable[[Person, Bond, Shown, Person], None]
ENDS: list[End] = [run_out, taken_back, used, used_and_refused]


def open_it(client: Client, **sent: str) -> Any:
    return client.post("/j/open", sent)


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_an_invitation_that_is_over_says_so_and_opens_nothing(
    alice: Person, charlie: Person, dana: Person, end: End
) -> None:
    bond, shown = make_invitation(alice)
    end(alice, bond, shown, dana)
    before = stored()

    for client in (charlie.client, Client()):
        for sent in ({"secret": shown.secret}, {"code": shown.code}):
            answer = open_it(client, **sent)
            assert answer.status_code == 410
            assert GONE in words(answer)
            assert "code" not in sent or shown.code in html(answer)
        assert "Alice" not in words(client.get("/j/"))
    assert stored() == before


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_an_invitation_that_ends_while_it_is_looked_at_says_so(
    alice: Person, charlie: Person, dana: Person, end: End
) -> None:
    bond, shown = make_invitation(alice)
    open_it(charlie.client, secret=shown.secret)
    assert "Alice would like to try this with you" in words(charlie.client.get("/j/"))
    end(alice, bond, shown, dana)
    before = stored()

    answer = charlie.client.post("/j/join")

    assert answer.status_code == 410
    assert GONE in words(answer)
    assert charlie.client.get("/j/").status_code == 200
    assert charlie.client.get("/us").status_code == 302
    assert stored() == before


def test_every_ended_invitation_gives_the_same_page(alice: Person, charlie: Person, dana: Person) -> None:
    pages = []
    for end in ENDS:
        bond, shown = make_invitation(alice)
        end(alice, bond, shown, dana)
        pages.append(html(open_it(charlie.client, secret=shown.secret)).replace(shown.secret, ""))
    never = "0" * 27
    pages.append(html(open_it(charlie.client, secret=never)).replace(never, ""))

    assert len(set(pages)) == 1


def test_a_code_whose_key_is_gone_opens_nothing(alice: Person, charlie: Person, dana: Person) -> None:
    bond, shown = make_invitation(alice)
    key_erased(alice, bond, shown, dana)

    assert open_it(charlie.client, code=shown.code).status_code == 410
    assert open_it(charlie.client, secret=shown.secret).status_code == 302


def test_joining_without_an_invitation_says_so(charlie: Person) -> None:
    answer = charlie.client.post("/j/join")

    assert answer.status_code == 410
    assert GONE in words(answer)


def test_joining_twice_makes_one_bond(alice: Person, charlie: Person) -> None:
    _, shown = make_invitation(alice)
    open_it(charlie.client, secret=shown.secret)

    assert charlie.client.post("/j/join").status_code == 302
    assert charlie.client.post("/j/join").status_code == 410
    assert charlie.user.memberships.count() == 1


def test_two_who_open_the_same_link_become_one_pair(alice: Person, charlie: Person, dana: Person) -> None:
    _, shown = make_invitation(alice)
    for person in (charlie, dana):
        open_it(person.client, secret=shown.secret)

    assert charlie.client.post("/j/join").status_code == 302
    assert dana.client.post("/j/join").status_code == 410
    assert dana.user.memberships.count() == 0


def test_ones_own_invitation_stays_open(alice: Person, charlie: Person) -> None:
    _, shown = make_invitation(alice)
    open_it(alice.client, secret=shown.secret)

    assert "This is the invitation you made." in words(alice.client.get("/j/"))
    assert alice.client.post("/j/join").status_code == 302
    assert open_it(charlie.client, secret=shown.secret).status_code == 302


def test_looking_uses_nothing_up(alice: Person, charlie: Person) -> None:
    _, shown = make_invitation(alice)
    for _ in range(20):
        Client().get("/j/")
        open_it(Client(), secret=shown.secret)
    open_it(charlie.client, code=shown.code)

    assert charlie.client.post("/j/join").status_code == 302


@pytest.mark.parametrize(("between", "around"), [("-", "  "), (" ", ""), ("", "\t"), ("\u2013", "\u200b")])
def test_a_code_is_read_however_it_is_typed(
    alice: Person, charlie: Person, between: str, around: str
) -> None:
    _, shown = make_invitation(alice)
    typed = f"{around}{shown.code.lower().replace('-', between)}{around}"

    assert open_it(charlie.client, code=typed).status_code == 302


@pytest.mark.parametrize("page", ["invitation", "take-back", "confirm", "switch", "space"])
def test_somebody_elses_bond_is_not_there(alice: Person, bob: Person, charlie: Person, page: str) -> None:
    waiting, _ = make_invitation(alice)
    open_ = make_pair(alice, bob).bond
    before = stored()
    for bond in (waiting, open_):
        for ask in (charlie.client.get, charlie.client.post):
            answer, missing = ask(f"/b/{bond.pk}/{page}"), ask(f"/b/{uuid4()}/{page}")
            assert answer.status_code == missing.status_code in {404, 405}
            assert html(answer) == html(missing)
    assert stored() == before


@pytest.mark.parametrize(
    "answer", ["", "maybe", "YES", "yes\x00", "y" * 1_000_000], ids=lambda text: text[:5]
)
def test_an_answer_that_is_neither_confirms_nobody(alice: Person, charlie: Person, answer: str) -> None:
    bond, shown = make_invitation(alice)
    used(alice, bond, shown, charlie)

    assert alice.client.post(f"/b/{bond.pk}/confirm", {"answer": answer}).status_code == 302
    bond.refresh_from_db()
    assert bond.state == Bond.State.JOINED


def test_the_guest_cannot_confirm_themselves(alice: Person, charlie: Person) -> None:
    bond, shown = make_invitation(alice)
    used(alice, bond, shown, charlie)
    for sent in ("yes", "no"):
        charlie.client.post(f"/b/{bond.pk}/confirm", {"answer": sent})

    bond.refresh_from_db()
    assert bond.state == Bond.State.JOINED
