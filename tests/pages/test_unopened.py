"""What does not open holds nobody: the ways out need nothing to open, and the log names the row, once."""

from __future__ import annotations

import logging

import pytest

from nearer.bonds.models import Bond, Member
from nearer.practices.listening.moves import SetTopic
from nearer.sittings.models import Entry, Sitting
from nearer.testing.cast import Pair, Person, play, post_move, run_of, start_floor, start_sitting
from nearer.vault.models import Identity
from tests.pages.copying import take
from tests.pages.reading import words

pytestmark = pytest.mark.django_db

TOPIC = "the drive home"


@pytest.fixture
def damaged(pair: Pair, floor: Sitting) -> Sitting:
    """A sitting in which one entry does not open."""
    play(pair.host, floor, SetTopic(topic=TOPIC))
    row = Entry.objects.filter(sitting=floor).order_by("seq").last()
    assert row is not None
    sealed = bytes(row.sealed)
    Entry.objects.filter(pk=row.pk).update(sealed=sealed[:-1] + bytes([sealed[-1] ^ 1]))
    return floor


def test_a_sitting_that_does_not_open_is_left_from_its_own_page(pair: Pair, damaged: Sitting) -> None:
    page = pair.guest.client.get(f"/s/{damaged.pk}")
    assert "This could not be opened" in words(page)
    assert TOPIC not in words(page)

    assert post_move(pair.guest, damaged, "Pause").status_code == 302
    assert Sitting.objects.get(pk=damaged.pk).is_over is False
    assert post_move(pair.guest, damaged, "Leave").status_code == 302

    assert Sitting.objects.get(pk=damaged.pk).is_over is True
    assert not Entry.objects.filter(sitting=damaged).exists()
    assert pair.host.client.get(f"/s/{damaged.pk}").status_code == 200


def test_another_begins_beside_one_that_does_not_open(pair: Pair, damaged: Sitting) -> None:
    answer = pair.guest.client.post("/practise/listening/start", {"mode": "live"})

    assert answer.status_code == 302
    assert str(damaged.pk) not in answer["Location"]
    assert run_of(pair.host, Sitting.objects.exclude(pk=damaged.pk).get()).position.over is False


def test_a_header_that_does_not_open_is_passed_over_with_one_line(pair: Pair) -> None:
    for _ in range(2):
        sitting = start_sitting(pair)
        Sitting.objects.filter(pk=sitting.pk).update(header=b"?")

    page = words(pair.host.client.get("/"))

    assert page.count("Something here could not be opened") == 1
    assert pair.host.client.post("/practise/listening/start", {"mode": "live"}).status_code == 302


def test_a_bond_whose_key_does_not_open_takes_its_own_pages_only(pair: Pair, other_pair: Pair) -> None:
    alice = pair.host
    Member.objects.filter(bond=pair.bond, user=alice.user).update(sealed_key=b"?")

    assert "A bond of yours does not open" in words(alice.client.get("/"))
    assert alice.client.get("/us").status_code == 200
    assert alice.client.get(f"/b/{pair.bond.pk}/plans").status_code == 409
    assert "no way back to it" in words(alice.client.get(f"/b/{pair.bond.pk}/space"))
    assert alice.client.post(f"/b/{pair.bond.pk}/space").status_code == 302

    assert Bond.objects.get(pk=pair.bond.pk).state == Bond.State.CLOSED
    assert "could not be opened" not in words(alice.client.get("/"))
    assert alice.client.post(f"/b/{pair.bond.pk}/space").status_code == 404
    assert "This bond is closed" in words(pair.guest.client.get("/"))


def test_somebody_whose_public_key_is_damaged_can_leave(pair: Pair) -> None:
    Identity.objects.filter(user=pair.host.user).update(public=bytes(32))

    assert pair.host.client.post(f"/b/{pair.bond.pk}/space").status_code == 302

    assert Member.objects.get(bond=pair.bond, user=pair.host.user).has_left


def test_a_stranger_still_finds_no_bond_to_leave(pair: Pair, charlie: Person) -> None:
    client = charlie.client

    assert client.post(f"/b/{pair.bond.pk}/space").status_code == 404
    assert client.get(f"/b/{pair.bond.pk}/space").status_code == 404


def test_the_copy_names_what_is_not_in_it(pair: Pair, damaged: Sitting) -> None:
    data, page, _ = take(pair.host)

    row = Entry.objects.filter(sitting=damaged).order_by("seq").last()
    assert row is not None
    assert {"what": "entry", "id": str(row.pk)} in data["not_opened"]
    assert "Something here could not be opened" in page


def test_the_log_names_the_row_once_and_no_word(
    pair: Pair, damaged: Sitting, caplog: pytest.LogCaptureFixture
) -> None:
    row = Entry.objects.filter(sitting=damaged).order_by("seq").last()
    assert row is not None

    with caplog.at_level(logging.WARNING, "nearer.vault.damage"):
        for _ in range(3):
            pair.host.client.get(f"/s/{damaged.pk}")

    said = [record.getMessage() for record in caplog.records if row.pk.hex in record.getMessage()]
    assert said == [f"A row does not open: entry {row.pk.hex}, it is not what was sealed"]


def test_what_opens_again_is_said_no_more(pair: Pair) -> None:
    sitting = start_floor(pair)
    whole = bytes(Sitting.objects.get(pk=sitting.pk).header)
    Sitting.objects.filter(pk=sitting.pk).update(header=b"?")
    assert "could not be opened" in words(pair.host.client.get("/"))

    Sitting.objects.filter(pk=sitting.pk).update(header=whole)

    assert "could not be opened" not in words(pair.host.client.get("/"))
