"""Records under the next key of a bond or of a person.

What kind a record is, it says itself: so none has to be known here. What the old key does not open stays as it is.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from itertools import batched

from django.utils import timezone

from nearer.accounts.ways_in.unlock import Unlocked
from nearer.database import update_each
from nearer.records.keeping import ABOUT, KIND, OUTER_SCHEMA, opened, sealed, sealed_as
from nearer.records.models import Record
from nearer.records.shelf import LABEL, Shelf
from nearer.vault import store
from nearer.vault.drawer import Drawer
from nearer.vault.envelope import Document
from nearer.vault.errors import VaultError
from nearer.vault.keys import bond_subkey, label_of, record_key
from nearer.vault.rekey import Keys, Rekey

AT_ONCE = 200


def reseal(rekey: Rekey) -> None:
    """Seal the bond's records again, under the marks of the next key. The bond's secret in the key store stays."""
    for secret in store.secrets_of([rekey.bond]).values():
        keys = rekey.keys(partial(record_key, bond_secret=secret))
        labels = bond_subkey(rekey.new, LABEL)
        rows = Record.objects.filter(bond=rekey.bond).iterator(chunk_size=AT_ONCE)
        for records in batched(rows, AT_ONCE, strict=False):
            for row in records:
                _again(row, keys, labels, rekey)
            update_each(records, "label", "sealed")


def _again(row: Record, keys: Keys, labels: bytes, rekey: Rekey) -> None:
    found = rekey.open(keys, row.sealed, kind=sealed_as(row.label), row=row.pk, schema=OUTER_SCHEMA)
    if found:
        row.label = label_of(labels, found.document[KIND])
        row.sealed = rekey.seal(keys, found, kind=sealed_as(row.label), row=row.pk, schema=OUTER_SCHEMA)


def reseal_own(old: Unlocked, new: Unlocked) -> None:
    """Seal what a person keeps for themselves alone under their next master key, in the drawer and at hand.

    Args:
        old: their vault with the keys until now.
        new: their vault with the keys from now on.
    """
    before, after = _shelves(old), _shelves(new)
    for row in list(Record.objects.filter(user=old.user)):
        for closed, shelf in zip(before, after, strict=True):
            with suppress(VaultError):
                _, document = opened(row, closed, closed.key())
                _put_again(row, shelf, document)
                break


def _shelves(vault: Unlocked) -> tuple[Shelf, Shelf]:
    user, drawer = vault.user.pk, Drawer.opened(vault.master, at=timezone.now())
    return Shelf.of_person(user, vault.ring, drawer), Shelf.at_hand(user, vault.ring)


def _put_again(row: Record, shelf: Shelf, document: Document) -> None:
    kind, about, ref = document[KIND], document[ABOUT], row.pk
    row.label = shelf.label(kind)
    row.pk = shelf.row_about(kind, about) if about else ref
    row.sealed = sealed(row, shelf, document)
    if row.pk != ref:
        Record.objects.filter(pk=ref).delete()
    row.save(force_insert=row.pk != ref)
