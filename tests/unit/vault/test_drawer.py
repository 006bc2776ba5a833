"""The private drawer: what the published examples say, who opens it, and how long it stays open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from nearer.vault import keys
from nearer.vault.drawer import LASTS, Drawer
from nearer.vault.errors import VaultError

from .made_up import KEY, NOOR, OTHER_KEY, SAM

NOW = datetime(2026, 5, 3, 20, 15, tzinfo=UTC)
ROW = UUID("7b1c7a52-0f0e-4d0b-9a53-3f1f6f0c9a11")


def test_only_its_own_key_in_its_own_place_gives_a_secret_back() -> None:
    private = keys.drawer_key(KEY)
    sealed = keys.seal_into_drawer(keys.public_key_of(private), OTHER_KEY, person=NOOR, row=ROW)

    assert len(sealed) == keys.SEALED_SIZE
    assert keys.open_from_drawer(private, sealed, person=NOOR, row=ROW) == OTHER_KEY
    for key, blob, person, row in (
        (keys.drawer_key(OTHER_KEY), sealed, NOOR, ROW),
        (private, sealed, SAM, ROW),
        (private, sealed, NOOR, NOOR),
        (private, sealed[:-1], NOOR, ROW),
        (private, b"", NOOR, ROW),
        (b"", sealed, NOOR, ROW),
    ):
        with pytest.raises(VaultError):
            keys.open_from_drawer(key, blob, person=person, row=row)


def test_it_is_open_for_ten_minutes_after_the_last_private_action() -> None:
    drawer = Drawer.opened(KEY, at=NOW)

    assert timedelta(minutes=10) == LASTS
    assert drawer.is_open(NOW)
    assert drawer.is_open(NOW + LASTS - timedelta(seconds=1))
    assert not drawer.is_open(NOW + LASTS)
    assert drawer.prolonged(NOW + timedelta(minutes=9)).is_open(NOW + timedelta(minutes=18))


def test_it_is_written_anew_once_a_minute_at_most() -> None:
    drawer = Drawer.opened(KEY, at=NOW)

    assert drawer.prolonged(NOW + timedelta(seconds=59)) is drawer
    assert drawer.prolonged(NOW + timedelta(seconds=60)) is not drawer


def test_a_clock_that_was_put_back_keeps_nothing_open() -> None:
    assert not Drawer.opened(KEY, at=NOW).is_open(NOW - timedelta(hours=1))


def test_it_comes_out_of_a_session_as_it_went_in() -> None:
    drawer = Drawer.opened(KEY, at=NOW)

    assert Drawer.of(drawer.as_document()) == drawer
    for spoilt in ({}, {"master": "00", "until": NOW.isoformat()}, {"master": KEY.hex(), "until": "soon"}):
        with pytest.raises(VaultError):
            Drawer.of(spoilt)
