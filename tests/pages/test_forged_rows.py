"""Somebody who can change the records is refused: no row opens in another place, and no page guesses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from uuid import uuid4

import pytest
from django.utils import timezone

from nearer.bonds.models import Bond, Member
from nearer.practices.listening import moves
from nearer.protocol import encode
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.run.header import Header
from nearer.testing.cast import Pair, Person, fresh, play, post_move, run_of, start_floor, start_sitting
from nearer.vault import keys, store
from nearer.vault.envelope import Scope, seal
from nearer.vault.errors import VaultError
from nearer.vault.models import Identity, StoredKey
from tests.pages.conversations import CALM

pytestmark = pytest.mark.django_db

TOPIC, WORDS = "the drive home", "I felt left out"
ELSEWHERE = "what only Dana may know"
FORGED = moves.Reflect(words="forged", aloud=False)


@pytest.fixture
def said(pair: Pair, floor: Sitting, other_pair: Pair) -> Sitting:
    """Eight moves of Alice and Bob, and a sitting of Alice and Dana's beside it."""
    play(pair.host, floor, moves.SetTopic(topic=TOPIC))
    play(pair.guest, floor, moves.TakeTopic())
    play(pair.host, floor, moves.Heat(level=CALM))
    play(pair.guest, floor, moves.Heat(level=CALM))
    play(pair.host, floor, moves.Volunteer())
    play(pair.host, floor, moves.Speak(words=WORDS, aloud=False))
    play(other_pair.host, start_floor(other_pair), moves.SetTopic(topic=ELSEWHERE))
    return fresh(floor)


def entry(sitting: Sitting, seq: int) -> Entry:
    return Entry.objects.get(sitting=sitting, seq=seq)


def other_sitting(sitting: Sitting) -> Sitting:
    return Sitting.objects.exclude(bond=sitting.bond).get()


def swap_blobs(sitting: Sitting) -> None:
    first, second = entry(sitting, 2), entry(sitting, 6)
    first.sealed, second.sealed = second.sealed, first.sealed
    first.save()
    second.save()


def swap_numbers(sitting: Sitting) -> None:
    first, second = entry(sitting, 0), entry(sitting, 1)
    for row, seq in ((first, 99), (second, 0), (first, 1)):
        row.seq = seq
        row.save()


def repeat_a_row(sitting: Sitting) -> None:
    end = Entry.objects.filter(sitting=sitting).count()
    Entry.objects.create(
        bond_id=sitting.bond_id, sitting=sitting, seq=end, sealed=entry(sitting, end - 1).sealed
    )
    Sitting.objects.filter(pk=sitting.pk).update(seq=end + 1)


def drop_a_row(sitting: Sitting) -> None:
    entry(sitting, 3).delete()


def drop_the_last_rows(sitting: Sitting) -> None:
    Entry.objects.filter(sitting=sitting, seq__gte=3).delete()


def take_a_row_of_another_bond(sitting: Sitting) -> None:
    end = Entry.objects.filter(sitting=sitting).count()
    Entry.objects.filter(sitting=other_sitting(sitting), seq=2).update(sitting=sitting, seq=end)
    Sitting.objects.filter(pk=sitting.pk).update(seq=end + 1)


def take_a_blob_of_another_bond(sitting: Sitting) -> None:
    Entry.objects.filter(pk=entry(sitting, 2).pk).update(sealed=entry(other_sitting(sitting), 2).sealed)


def take_a_header_of_another_bond(sitting: Sitting) -> None:
    Sitting.objects.filter(pk=sitting.pk).update(header=other_sitting(sitting).header)


def flip_a_bit(sitting: Sitting) -> None:
    row = entry(sitting, 2)
    blob = bytearray(row.sealed)
    blob[-1] ^= 1
    row.sealed = bytes(blob)
    row.save()


def cut_a_blob(sitting: Sitting) -> None:
    row = entry(sitting, 2)
    row.sealed = bytes(row.sealed)[:-1]
    row.save()


def empty_a_blob(sitting: Sitting) -> None:
    Entry.objects.filter(sitting=sitting, seq=2).update(sealed=b"")


def swap_secrets(sitting: Sitting) -> None:
    theirs = store.secret_of(other_sitting(sitting).pk)
    StoredKey.objects.filter(owner=sitting.pk).update(secret=theirs)


def swap_seats(sitting: Sitting) -> None:
    host, guest = (Member.objects.get(bond=sitting.bond, seat=seat) for seat in ("host", "guest"))
    guest.delete()
    host.user, guest.user = guest.user, host.user
    host.save()
    guest.save(force_insert=True)


def raise_the_key_version(sitting: Sitting) -> None:
    Bond.objects.filter(pk=sitting.bond_id).update(key_version=3)


FORGERIES = [
    swap_blobs, swap_numbers, repeat_a_row, drop_a_row, drop_the_last_rows, take_a_row_of_another_bond,
    take_a_blob_of_another_bond, take_a_header_of_another_bond, flip_a_bit, cut_a_blob, empty_a_blob,
    swap_secrets, swap_seats, raise_the_key_version,
]  # fmt: skip


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_a_changed_record_opens_for_nobody(
    pair: Pair, said: Sitting, forge: Callable[[Sitting], None]
) -> None:
    forge(said)

    refuses(pair, said)


def test_a_sitting_whose_secret_is_gone_has_ended(pair: Pair, said: Sitting) -> None:
    # As after an ordinary restore: yesterday's records beside a key store in which it was erased since.
    store.erase([said.pk])

    for person in (pair.host, pair.guest):
        page = person.client.get(f"/s/{said.pk}")
        assert page.status_code == 200
        assert not any(text in page.content.decode() for text in (TOPIC, WORDS))
        assert f"/s/{said.pk}" not in person.client.get("/").content.decode()
        assert post_move(person, said, "Leave").status_code == 409
    assert start_sitting(pair).pk != said.pk


@pytest.mark.parametrize(
    "wrong",
    [
        "author_is_the_other",
        "author_is_nobody",
        "sitting_is_another",
        "number_is_another",
        "key_is_the_bonds",
    ],
)
def test_a_forged_move_is_refused(pair: Pair, said: Sitting, wrong: str) -> None:
    forged(pair, said, wrong=wrong)

    refuses(pair, said)


def test_a_move_forged_in_every_right_way_shows_that_the_forger_here_is_able(
    pair: Pair, said: Sitting
) -> None:
    # Only somebody with a member's key, the key store and the records together can do this.
    forged(pair, said)

    assert run_of(pair.host, said).log[-1].move == FORGED


def forged(pair: Pair, said: Sitting, *, wrong: str = "") -> None:
    """Add Bob's move as somebody with Alice's keys would, wrong in one thing."""
    place = pair.host.at(said.bond)
    right = keys.sitting_key(place.key, store.secret_of(said.pk))
    writers = {"author_is_the_other": pair.host.user.pk, "author_is_nobody": uuid4()}
    about = uuid4() if wrong == "sitting_is_another" else said.pk
    end = Entry.objects.filter(sitting=said).count()
    number = end - 1 if wrong == "number_is_another" else end
    row = Entry(bond_id=said.bond_id, sitting=said, seq=end)
    document = {
        "seat": "guest",
        "at": timezone.now().isoformat(),
        "move": encode(FORGED),
    }
    row.sealed = seal(
        place.key if wrong == "key_is_the_bonds" else right, scope=Scope.BOND, scope_id=said.bond_id,
        kind=f"entry:{about}:{number}", row=row.pk, author=writers.get(wrong, pair.guest.user.pk), schema=1,
        key_version=2, document=document,
    )  # fmt: skip
    row.save(force_insert=True)
    Sitting.objects.filter(pk=said.pk).update(seq=end + 1)


def test_a_row_of_another_sitting_of_the_same_bond_is_refused(pair: Pair, said: Sitting) -> None:
    Sitting.objects.filter(pk=said.pk).update(is_over=True)
    second = start_floor(pair)
    play(pair.host, second, moves.SetTopic(topic="something else"))
    Entry.objects.filter(pk=entry(second, 2).pk).update(sealed=entry(said, 2).sealed)

    refuses(pair, second)


def test_a_header_of_another_sitting_of_the_same_bond_is_refused(pair: Pair, said: Sitting) -> None:
    Sitting.objects.filter(pk=said.pk).update(is_over=True)
    second = start_sitting(pair)
    assert asdict(Header.of(second, pair.host.at(pair.bond)))["practice"] == "listening"
    Sitting.objects.filter(pk=second.pk).update(header=said.header)

    refuses(pair, second)


def test_another_bonds_key_does_not_open_this_bond(pair: Pair, said: Sitting) -> None:
    host = Member.objects.get(bond=said.bond, seat="host")
    theirs = Member.objects.get(user=host.user, bond=other_sitting(said).bond)
    Member.objects.filter(pk=host.pk).update(sealed_key=theirs.sealed_key)

    broken(pair.host, said)
    with pytest.raises(VaultError):
        run_of(pair.host, said)
    assert WORDS in pair.guest.client.get(f"/s/{said.pk}").content.decode()


def test_a_stranger_written_into_the_bond_opens_nothing(pair: Pair, said: Sitting, charlie: Person) -> None:
    Member.objects.filter(bond=said.bond, user=pair.guest.user).update(user=charlie.user)

    broken(charlie, said)


def test_a_stranger_with_a_members_row_and_their_own_public_key_opens_nothing(
    pair: Pair, said: Sitting, charlie: Person
) -> None:
    member = Member.objects.get(bond=said.bond, user=pair.guest.user)
    fake = keys.seal_bond_key(
        bytes(Identity.objects.get(user=charlie.user).public),
        bytes(32),
        bond=said.bond_id,
        member=member.pk,
        version=2,
    )
    Member.objects.filter(pk=member.pk).update(user=charlie.user, sealed_key=fake)

    broken(charlie, said)


def refuses(pair: Pair, sitting: Sitting) -> None:
    """Nothing opens for either of them."""
    broken(pair.host, sitting)
    broken(pair.guest, sitting)
    with pytest.raises(VaultError):
        run_of(pair.host, sitting)


def broken(person: Person, sitting: Sitting) -> None:
    """The page says that it could not be opened: not a word of anybody's, and no stand-in for one."""
    answer = person.client.get(f"/s/{sitting.pk}")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "could not be opened" in text
    assert not any(words in text for words in (TOPIC, WORDS, ELSEWHERE, FORGED.words, "vault", "Vault"))


def test_a_damaged_bond_takes_nobody_the_help_page(pair: Pair) -> None:
    Member.objects.filter(user=pair.host.user).update(sealed_key=b"damaged")

    answer = pair.host.client.get("/help")

    assert answer.status_code == 200
    assert pair.host.client.get(f"/b/{pair.bond.pk}/plans").status_code == 409
