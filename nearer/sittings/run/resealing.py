"""Sittings under a bond's next key: every header, and every move that is still there."""

from __future__ import annotations

from functools import partial
from itertools import batched

from nearer.database import update_each
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.run import header, log
from nearer.vault import store
from nearer.vault.keys import bond_subkey, sitting_key
from nearer.vault.rekey import Rekey

AT_ONCE = 200


def reseal(rekey: Rekey) -> None:
    """Seal the bond's sittings again. Their own secrets in the key store stay."""
    for sittings in batched(Sitting.objects.filter(bond=rekey.bond).order_by("pk"), AT_ONCE, strict=False):
        _headers(list(sittings), rekey)
        _entries(list(sittings), rekey)


def _headers(sittings: list[Sitting], rekey: Rekey) -> None:
    keys = rekey.keys(partial(bond_subkey, purpose=header.KIND))
    for row in sittings:
        row.header = rekey.again(
            keys, row.header, kind=header.KIND, row=row.pk, schema=header.SCHEMA, author=rekey.bond
        )
    update_each(sittings, "header")


def _entries(sittings: list[Sitting], rekey: Rekey) -> None:
    secrets = store.secrets_of([row.pk for row in sittings])
    keys = {ref: rekey.keys(partial(sitting_key, sitting_secret=secret)) for ref, secret in secrets.items()}
    rows = Entry.objects.filter(sitting__in=keys).iterator(chunk_size=AT_ONCE)
    for entries in batched(rows, AT_ONCE, strict=False):
        for row in entries:
            kind = log.kind_of(row.sitting_id, row.seq)
            row.sealed = rekey.again(
                keys[row.sitting_id], row.sealed, kind=kind, row=row.pk, schema=log.SCHEMA
            )
        update_each(entries, "sealed")
