"""Moving to other databases, in this process: every row is there and compared, or nothing has happened."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from nearer.backups import rows, schema
from nearer.backups.errors import BackupError, Occupied
from nearer.backups.files import HERE, address_of, beside
from nearer.backups.moving import move
from nearer.standstill import MOVED
from nearer.testing.cast import Pair
from nearer.vault import store
from nearer.vault.models import StoredKey
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.keeping_backups import Keeper

pytestmark = pytest.mark.django_db(transaction=True)
THERE = ("there", "keys_there")


@pytest.fixture
def there(kept: Keeper) -> tuple[str, str]:
    """Addresses of two databases with tables and nobody in them."""
    addresses = tuple(address_of(kept.data / f"{alias}.sqlite3") for alias in THERE)
    for own, alias, url in zip(HERE.both(), THERE, addresses, strict=True):
        with beside(alias, url):
            schema.make_like(own, alias)
    records, keys = addresses
    return records, keys


def test_every_row_is_there_and_the_old_ones_are_left(
    kept: Keeper, pair: Pair, there: tuple[str, str], client: Client
) -> None:
    keep_it(pair, play_to_the_end(pair, topic="the drive home", said="a kept word"))
    before = [rows.sums(alias, schema.models_for(alias)) for alias in HERE.both()]

    moved = move(*there, at=timezone.now())

    after = []
    for alias, url in zip(THERE, there, strict=True):
        with beside(alias, url):
            after.append(rows.sums(alias, schema.models_for(alias)))
    assert after == before
    assert moved.rows == sum(map(rows.count, before)) > 60
    assert "Back in a minute" in client.get("/help").text  # until it is started with the new addresses


def test_what_fails_in_the_middle_or_would_hit_somebody_changes_nothing(
    kept: Keeper, pair: Pair, there: tuple[str, str], monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    def fails(*_given: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as patched:
        patched.setattr(rows, "_go_on_counting", fails)
        with pytest.raises(BackupError, match="Nothing was changed"):
            move(*there, at=timezone.now())
    with beside("keys_there", there[1]):
        assert not StoredKey.objects.using("keys_there").exists()
        StoredKey.objects.using("keys_there").create(owner=pair.bond.pk, secret=bytes(store.SIZE))
    with pytest.raises(Occupied, match="already"):
        move(*there, at=timezone.now())
    with pytest.raises(BackupError, match="Name another database"):
        move(there[0], there[0], at=timezone.now())

    assert not (kept.data / MOVED).exists()
    assert client.get("/help").status_code == 200
    move(*there, at=timezone.now(), even_so=True)
