"""A bond's records under its next key. What kind a record is, it says itself: so none has to be known here."""

from __future__ import annotations

from functools import partial
from itertools import batched

from nearer.database import update_each
from nearer.records.keeping import KIND, OUTER_SCHEMA, sealed_as
from nearer.records.models import Record
from nearer.records.shelf import LABEL
from nearer.vault import store
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
