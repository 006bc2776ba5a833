"""Records: sealed to their shelf, kind, row and author, found by a label that says nothing, gone with their bond."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nearer.leaving import leave as leaving
from nearer.records import keeping
from nearer.records.keeping import BondNotOpen, Kind, NotThere
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.sittings.taking_back.prune import CLOSED_KEEPS, prune
from nearer.testing.cast import Pair, Person, make_invitation, make_joined, make_pair, make_person
from nearer.vault.errors import VaultError
from nearer.vault.models import StoredKey

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 3, 20, 15, tzinfo=UTC)
CANARY = "only for you two: 41d7"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Something a later room may want to keep."""

    words: str
    level: int = 0


WISH = Kind(name="wish", shape=Wish)
DREAM = Kind(name="dream", shape=Wish)


def shelf_of(person: Person, pair: Pair) -> Shelf:
    return Shelf.of_bond(person.at(pair.bond))


def own(person: Person) -> Shelf:
    return Shelf.of_person(person.user.pk, person.ring, person.drawer)


def at_hand(person: Person) -> Shelf:
    return Shelf.at_hand(person.user.pk, person.ring)


SHELVES = pytest.mark.parametrize(
    "open_shelf",
    [lambda pair: shelf_of(pair.host, pair), lambda pair: own(pair.host), lambda pair: at_hand(pair.host)],
    ids=["of a bond", "of a person", "at hand"],
)


@SHELVES
def test_what_is_put_is_found_replaced_and_removed(pair: Pair, open_shelf: Callable[[Pair], Shelf]) -> None:
    shelf, later = open_shelf(pair), NOW + timedelta(minutes=1)
    first = keeping.put(shelf, WISH, Wish(words=CANARY, level=3), at=NOW)
    second = keeping.put(shelf, WISH, Wish(words="another"), at=later)

    assert keeping.find(shelf, WISH) == [first, second]
    assert keeping.get(shelf, WISH, first.ref) == first
    assert (first.author, first.at, first.document.level) == (pair.host.user.pk, NOW, 3)

    changed = keeping.replace(shelf, WISH, first.ref, Wish(words="changed"), at=later + timedelta(days=1))
    assert changed.ref == first.ref
    assert keeping.find(shelf, WISH) == [second, changed]
    assert Record.objects.get(pk=first.ref).day == (later + timedelta(days=1)).date()

    keeping.remove(shelf, WISH, first.ref)
    keeping.remove(shelf, WISH, first.ref)
    assert keeping.find(shelf, WISH) == [second]
    for missing in (first.ref, uuid4()):
        with pytest.raises(NotThere):
            keeping.get(shelf, WISH, missing)
        with pytest.raises(NotThere):
            keeping.replace(shelf, WISH, missing, Wish(words=""), at=NOW)


def test_both_members_write_and_it_shows_who(pair: Pair) -> None:
    kept = keeping.put(shelf_of(pair.host, pair), WISH, Wish(words=CANARY), at=NOW)

    (seen,) = keeping.find(shelf_of(pair.guest, pair), WISH)
    assert seen == kept
    assert seen.author == pair.host.user.pk

    keeping.replace(shelf_of(pair.guest, pair), WISH, kept.ref, seen.document, at=NOW)
    assert keeping.get(shelf_of(pair.host, pair), WISH, kept.ref).author == pair.guest.user.pk


def test_kinds_and_shelves_are_apart(pair: Pair, other_pair: Pair) -> None:
    here, there = shelf_of(pair.host, pair), shelf_of(pair.host, other_pair)
    shelves = [here, there, own(pair.host), own(pair.guest)]
    refs = {}
    for shelf in shelves:
        refs[shelf.owner] = keeping.put(shelf, WISH, Wish(words=str(shelf.owner)), at=NOW).ref
        keeping.put(shelf, DREAM, Wish(words="a dream"), at=NOW)

    for shelf in shelves:
        gathered = keeping.gather(shelf, WISH, DREAM)
        assert [kept.ref for kept in gathered.of(WISH)] == [refs[shelf.owner]]
        assert len(gathered.of(DREAM)) == 1
        for ref in set(refs.values()) - {refs[shelf.owner]}:
            with pytest.raises(NotThere):
                keeping.get(shelf, WISH, ref)
            keeping.remove(shelf, WISH, ref)
        with pytest.raises(NotThere):
            keeping.get(shelf, DREAM, refs[shelf.owner])
    assert Record.objects.count() == 2 * len(shelves)


def test_a_label_tells_no_kind_and_cannot_be_compared(pair: Pair, other_pair: Pair) -> None:
    shelves = [shelf_of(pair.host, pair), shelf_of(pair.host, other_pair), own(pair.host), own(pair.guest)]

    labels = {shelf.label(kind.name) for shelf in shelves for kind in (WISH, DREAM)}

    assert len(labels) == 2 * len(shelves)
    assert shelf_of(pair.guest, pair).label("wish") == shelves[0].label("wish")


def test_no_row_holds_the_words_the_kind_the_author_or_the_minute(pair: Pair) -> None:
    keeping.put(shelf_of(pair.host, pair), WISH, Wish(words=CANARY), at=NOW)

    (row,) = Record.objects.values()

    blob = bytes(row["sealed"]) + bytes(row["label"])
    assert (row["day"], row["bond_id"]) == (NOW.date(), pair.bond.pk)
    assert set(row) == {"id", "bond_id", "user_id", "label", "day", "sealed"}
    for secret in (CANARY.encode(), b"wish", pair.host.user.pk.bytes, b"20:15"):
        assert secret not in blob


def a_swapped_blob(rows: list[Record], _there: Record) -> None:
    rows[0].sealed, rows[1].sealed = rows[1].sealed, rows[0].sealed


def another_kinds_label(rows: list[Record], _there: Record) -> None:
    rows[2].label = rows[0].label


def a_blob_of_another_bond(rows: list[Record], there: Record) -> None:
    rows[0].sealed = there.sealed


def a_row_of_another_bond(rows: list[Record], there: Record) -> None:
    there.bond, there.label = rows[0].bond, rows[0].label
    rows.append(there)


def a_flipped_bit(rows: list[Record], _there: Record) -> None:
    blob = bytearray(rows[0].sealed)
    blob[40] ^= 1
    rows[0].sealed = bytes(blob)


FORGERIES = [
    a_swapped_blob,
    another_kinds_label,
    a_blob_of_another_bond,
    a_row_of_another_bond,
    a_flipped_bit,
]


@pytest.mark.parametrize("forge", FORGERIES, ids=lambda forge: forge.__name__)
def test_what_was_moved_or_changed_does_not_open(
    pair: Pair, other_pair: Pair, forge: Callable[[list[Record], Record], None]
) -> None:
    here, there = shelf_of(pair.host, pair), shelf_of(pair.host, other_pair)
    refs = [keeping.put(here, kind, Wish(words=CANARY), at=NOW).ref for kind in (WISH, WISH, DREAM)]
    foreign = keeping.put(there, WISH, Wish(words="elsewhere"), at=NOW).ref
    rows = [Record.objects.get(pk=ref) for ref in refs]

    forge(rows, Record.objects.get(pk=foreign))
    for row in rows:
        row.save()

    opened = keeping.find(here, WISH)
    assert len(opened) < len([row for row in rows if bytes(row.label) == here.label(WISH.name)])
    assert all(kept.document.words == CANARY and kept.ref in refs for kept in opened)


def test_a_document_of_another_shape_is_refused(pair: Pair) -> None:
    @dataclass(frozen=True, kw_only=True)
    class Other:
        text: str

    shelf = shelf_of(pair.host, pair)
    keeping.put(shelf, Kind(name="wish", shape=Other), Other(text=CANARY), at=NOW)

    assert keeping.find(shelf, WISH) == []


def test_another_schema_does_not_open(pair: Pair) -> None:
    shelf = shelf_of(pair.host, pair)
    keeping.put(shelf, replace(WISH, schema=2), Wish(words=CANARY), at=NOW)

    assert keeping.find(shelf, WISH) == []


def test_a_session_without_the_private_key_has_no_own_shelf(pair: Pair) -> None:
    ring = replace(pair.host.ring, private=b"")
    for shelf in (Shelf.of_person, Shelf.at_hand):
        with pytest.raises(VaultError):
            shelf(pair.host.user.pk, ring)


@pytest.mark.parametrize("column", ["label", "sealed"])
def test_what_there_is_once_is_written_anew_over_one_that_is_damaged(pair: Pair, column: str) -> None:
    hand = Shelf.at_hand(pair.host.user.pk, pair.host.ring)
    kept = keeping.put(hand, WISH, Wish(words=CANARY), at=NOW, about="a sitting")
    Record.objects.filter(pk=kept.ref).update(**{column: b"?"})

    later = keeping.put(hand, WISH, Wish(words="changed"), at=NOW, about="a sitting")

    assert later.ref == kept.ref
    assert keeping.find(hand, WISH) == [later]


def test_the_closed_drawer_takes_things_in_finds_and_removes_them_and_reads_nothing(pair: Pair) -> None:
    closed = Shelf.of_person(pair.host.user.pk, pair.host.ring)
    kept = keeping.put(closed, WISH, Wish(words=CANARY), at=NOW, about="a sitting")
    later = keeping.put(closed, WISH, Wish(words="changed"), at=NOW, about="a sitting")
    other = keeping.put(closed, WISH, Wish(words="another"), at=NOW)

    assert kept.ref == later.ref
    assert keeping.is_there(closed, WISH, "a sitting")
    assert not keeping.is_there(closed, WISH, "another sitting")
    assert not keeping.is_there(closed, DREAM, "a sitting")
    for read in (lambda: keeping.find(closed, WISH), lambda: keeping.get(closed, WISH, kept.ref)):
        with pytest.raises(VaultError):
            read()

    assert {kept.document.words for kept in keeping.find(own(pair.host), WISH)} == {"changed", "another"}
    keeping.remove(closed, WISH, other.ref)
    assert keeping.find(own(pair.host), WISH) == [later]


def test_without_the_ring_nothing_can_be_slipped_into_a_drawer(pair: Pair) -> None:
    """Whoever writes to the database has the public key, once a ring was seen: that is not enough."""
    keeping.put(own(pair.host), WISH, Wish(words="mine"), at=NOW)
    forger = replace(pair.host.ring, private=pair.guest.ring.private)
    row = keeping.put(Shelf.of_person(pair.host.user.pk, forger), WISH, Wish(words="forged"), at=NOW)
    Record.objects.filter(pk=row.ref).update(label=own(pair.host).label(WISH.name))

    with pytest.raises(VaultError):
        keeping.get(own(pair.host), WISH, row.ref)


def test_somebody_elses_keys_open_nothing(pair: Pair) -> None:
    theirs = Shelf.of_person(pair.host.user.pk, pair.guest.ring, pair.guest.drawer)
    half = Shelf.of_person(pair.host.user.pk, pair.host.ring, pair.guest.drawer)
    kept = keeping.put(own(pair.host), WISH, Wish(words=CANARY), at=NOW)
    moved = keeping.put(own(pair.host), WISH, Wish(words="elsewhere"), at=NOW)

    assert keeping.find(theirs, WISH) == []
    with pytest.raises(VaultError):
        keeping.get(half, WISH, kept.ref)
    Record.objects.filter(pk=moved.ref).update(sealed=Record.objects.get(pk=kept.ref).sealed)
    with pytest.raises(VaultError):
        keeping.get(own(pair.host), WISH, moved.ref)


def test_the_database_refuses_a_record_of_two_or_of_nobody(pair: Pair) -> None:
    for owners in ({}, {"bond": pair.bond, "user": pair.host.user}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Record.objects.create(label=bytes(8), day=NOW.date(), sealed=b"", **owners)


def test_neither_rings_nor_drawers_print_a_key(pair: Pair) -> None:
    shelf = shelf_of(pair.host, pair)

    drawer = pair.host.drawer

    printed = f"{shelf!r} {own(pair.host)!r} {pair.host.ring!r} {drawer!r}"

    hidden = (shelf.key(making=True), pair.host.ring.private, pair.host.ring.slot, drawer.master, drawer.key)
    assert not any(repr(key) in printed for key in hidden)


def test_nothing_new_is_kept_before_both_are_confirmed(alice: Person, bob: Person) -> None:
    waiting, _ = make_invitation(alice)
    joined = make_joined(alice, bob)
    for bond in (waiting, joined.bond):
        with pytest.raises(BondNotOpen):
            keeping.put(Shelf.of_bond(alice.at(bond)), WISH, Wish(words=CANARY), at=NOW)
    assert not Record.objects.exists()


def test_who_stays_reads_and_removes_but_adds_nothing(pair: Pair) -> None:
    kept = keeping.put(shelf_of(pair.guest, pair), WISH, Wish(words=CANARY), at=NOW)
    leaving.leave(pair.guest.at(pair.bond), pair.guest.ring, at=NOW)
    shelf = shelf_of(pair.host, pair)

    assert keeping.find(shelf, WISH) == [kept]
    with pytest.raises(BondNotOpen):
        keeping.put(shelf, WISH, Wish(words="more"), at=NOW)
    with pytest.raises(BondNotOpen):
        keeping.replace(shelf, WISH, kept.ref, Wish(words="more"), at=NOW)
    keeping.remove(shelf, WISH, kept.ref)
    assert keeping.find(shelf, WISH) == []


def test_when_both_have_left_rows_and_secret_are_gone(
    pair: Pair, other_pair: Pair, django_capture_on_commit_callbacks: Any
) -> None:
    keeping.put(shelf_of(pair.host, pair), WISH, Wish(words=CANARY), at=NOW)
    keeping.put(own(pair.host), WISH, Wish(words="mine"), at=NOW)
    keeping.put(shelf_of(pair.host, other_pair), WISH, Wish(words="elsewhere"), at=NOW)

    for person in (pair.host, pair.guest):
        with django_capture_on_commit_callbacks(execute=True):
            leaving.leave(person.at(pair.bond), person.ring, at=NOW)

    assert {(row.bond_id, row.user_id) for row in Record.objects.all()} == {
        (other_pair.bond.pk, None),
        (None, pair.host.user.pk),
    }
    assert not StoredKey.objects.filter(owner=pair.bond.pk).exists()
    assert StoredKey.objects.filter(owner=other_pair.bond.pk).exists()


def test_pruning_forgets_a_closed_bonds_secret_and_keeps_an_open_ones(pair: Pair, other_pair: Pair) -> None:
    for each in (pair, other_pair):
        keeping.put(shelf_of(each.host, each), WISH, Wish(words=CANARY), at=NOW)
    now = timezone.now()
    StoredKey.objects.update(made_on=(now - timedelta(days=90)).date())
    leaving.leave(pair.guest.at(pair.bond), pair.guest.ring, at=now)

    prune(now)
    assert StoredKey.objects.filter(owner=pair.bond.pk).exists()
    prune(now + CLOSED_KEEPS + timedelta(days=2))

    assert not StoredKey.objects.filter(owner=pair.bond.pk).exists()
    assert [row.bond_id for row in Record.objects.filter(user=None)] == [other_pair.bond.pk]
    assert keeping.find(shelf_of(other_pair.host, other_pair), WISH)


def test_without_the_bonds_secret_its_records_are_dark(pair: Pair) -> None:
    shelf = shelf_of(pair.host, pair)
    kept = keeping.put(shelf, WISH, Wish(words=CANARY), at=NOW)
    StoredKey.objects.filter(owner=pair.bond.pk).delete()

    assert keeping.find(shelf, WISH) == []
    keeping.put(shelf, DREAM, Wish(words="a new secret is made"), at=NOW)
    with pytest.raises(VaultError):
        keeping.get(shelf, WISH, kept.ref)


def test_finding_costs_one_question_of_each_store_however_many_there_are() -> None:
    pair = make_pair(make_person("Ana"), make_person("Olu"))
    shelf, costs = shelf_of(pair.host, pair), []
    for count in (1, 40):
        for number in range(count):
            keeping.put(shelf, WISH, Wish(words=f"wish {number}"), at=NOW)
            keeping.put(shelf, DREAM, Wish(words=f"dream {number}"), at=NOW)
        with (
            CaptureQueriesContext(connections["default"]) as records,
            CaptureQueriesContext(connections["keys"]) as keys,
        ):
            keeping.gather(shelf, WISH, DREAM)
        costs.append((len(records), len(keys)))

    assert costs == [(1, 1), (1, 1)]
