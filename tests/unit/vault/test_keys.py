"""The hierarchy: each key has one way to it, and each lock opens for one key, one purpose and one owner."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.vault.envelope import Scope, seal
from nearer.vault.errors import VaultError
from nearer.vault.keys import (
    bond_subkey,
    draft_key,
    drawer_key,
    drawer_record_key,
    host_subkey,
    key_encryption_key,
    private_key_from,
    private_subkey,
    record_key,
    session_key,
    sitting_key,
    topic_key,
    unwrap,
    wrap,
)

from . import opener
from .made_up import KEY, NOOR, OTHER_KEY, SAM, STEADY, flipped, keys


def by_hand(ikm: bytes, salt: bytes, *info: bytes) -> bytes:
    return opener.hkdf(ikm, salt, opener.counted(b"nearer", b"v1", *info))


@STEADY
@given(keys, keys)
def test_each_key_is_the_documented_derivation(one: bytes, two: bytes) -> None:
    assert key_encryption_key(one, two, "passphrase", NOOR) == by_hand(
        one, two, b"kek", b"passphrase", NOOR.bytes
    )
    assert private_key_from(one, "identity") == by_hand(one, b"", b"user", b"identity")
    assert private_subkey(one, "record") == by_hand(one, b"", b"private", b"record")
    assert record_key(one, two) == by_hand(one, two, b"record")
    assert drawer_key(one) == by_hand(one, b"", b"user", b"drawer")
    assert draft_key(one, date(2026, 2, 3)) == by_hand(one, b"", b"draft", b"2026-02-03")
    assert drawer_record_key(one, two) == by_hand(one, two, b"drawer")
    assert bond_subkey(one, "card") == by_hand(one, b"", b"bond", b"card")
    assert sitting_key(one, two) == by_hand(one, two, b"entry")
    assert topic_key(one) == by_hand(one, b"", b"topic")
    assert host_subkey(one, "django") == by_hand(one, b"", b"host", b"django")
    assert session_key(one.hex()) == by_hand(one.hex().encode(), b"", b"session")


def test_keys_of_one_secret_for_different_things_are_all_different() -> None:
    made = {
        KEY,
        private_key_from(KEY, "entry"),
        private_subkey(KEY, "entry"),
        record_key(KEY, KEY),
        record_key(KEY, OTHER_KEY),
        record_key(OTHER_KEY, KEY),
        draft_key(KEY, date(2026, 2, 3)),
        draft_key(KEY, date(2026, 2, 4)),
        draft_key(OTHER_KEY, date(2026, 2, 3)),
        drawer_key(KEY),
        drawer_record_key(KEY, KEY),
        drawer_record_key(KEY, OTHER_KEY),
        drawer_record_key(OTHER_KEY, KEY),
        bond_subkey(KEY, "entry"),
        host_subkey(KEY, "entry"),
        sitting_key(KEY, KEY),
        sitting_key(KEY, OTHER_KEY),
        sitting_key(OTHER_KEY, KEY),
        topic_key(KEY),
        key_encryption_key(KEY, KEY, "passphrase", NOOR),
        key_encryption_key(KEY, KEY, "passkey", NOOR),
        key_encryption_key(KEY, KEY, "passphrase", SAM),
        key_encryption_key(KEY, OTHER_KEY, "passphrase", NOOR),
        session_key("token"),
        session_key("Token"),
    }

    assert len(made) == 25


def test_a_sitting_needs_both_the_bond_key_and_its_own_secret() -> None:
    needed = sitting_key(KEY, OTHER_KEY)

    assert needed not in {
        sitting_key(KEY, bytes(32)),
        sitting_key(bytes(32), OTHER_KEY),
        bond_subkey(KEY, "entry"),
    }


@pytest.mark.parametrize("size", [0, 16, 31, 33])
@pytest.mark.parametrize(
    "derive_from",
    [
        pytest.param(lambda short: key_encryption_key(KEY, short, "passphrase", NOOR), id="shred"),
        pytest.param(lambda short: private_key_from(short, "identity"), id="master"),
        pytest.param(lambda short: bond_subkey(short, "card"), id="bond"),
        pytest.param(lambda short: sitting_key(short, KEY), id="sitting, bond"),
        pytest.param(lambda short: sitting_key(KEY, short), id="sitting, secret"),
        pytest.param(topic_key, id="topic"),
        pytest.param(lambda short: private_subkey(short, "record"), id="private"),
        pytest.param(lambda short: record_key(short, KEY), id="records, bond"),
        pytest.param(lambda short: record_key(KEY, short), id="records, secret"),
        pytest.param(lambda short: drawer_record_key(short, KEY), id="drawer, secret"),
        pytest.param(lambda short: drawer_record_key(KEY, short), id="drawer, writing"),
        pytest.param(lambda short: host_subkey(short, "django"), id="host"),
        pytest.param(lambda short: wrap(short, KEY, purpose="master", owner=NOOR), id="wrapping"),
        pytest.param(lambda short: wrap(KEY, short, purpose="master", owner=NOOR), id="wrapped"),
        pytest.param(lambda short: unwrap(short, wrapped(), purpose="master", owner=NOOR), id="unwrapping"),
    ],
)
def test_a_key_of_another_length_is_refused(derive_from: Callable[[bytes], bytes], size: int) -> None:
    with pytest.raises(VaultError):
        derive_from(bytes(size))


def test_an_empty_secret_and_an_empty_token_are_refused() -> None:
    with pytest.raises(VaultError):
        key_encryption_key(b"", KEY, "recovery", NOOR)
    with pytest.raises(VaultError):
        session_key("")


def wrapped() -> bytes:
    return wrap(KEY, OTHER_KEY, purpose="master", owner=NOOR)


@STEADY
@given(keys, keys, st.text(), st.uuids(), st.sampled_from(Scope))
def test_a_wrapped_key_comes_back(key: bytes, secret: bytes, purpose: str, owner: UUID, scope: Scope) -> None:
    blob = wrap(key, secret, purpose=purpose, owner=owner, scope=scope)

    assert unwrap(key, blob, purpose=purpose, owner=owner, scope=scope) == secret


def test_a_wrapped_key_is_a_record_that_the_second_reader_opens() -> None:
    document = opener.record_open(
        KEY, wrapped(), scope=5, scope_id=NOOR, kind="master", row=NOOR, author=NOOR, schema=1
    )

    assert document == {"key": OTHER_KEY.hex()}
    assert OTHER_KEY not in wrapped()


def test_a_wrap_opens_only_for_its_key_purpose_owner_and_scope() -> None:
    attempts: list[Callable[[], bytes]] = [
        lambda: unwrap(OTHER_KEY, wrapped(), purpose="master", owner=NOOR),
        lambda: unwrap(KEY, wrapped(), purpose="identity", owner=NOOR),
        lambda: unwrap(KEY, wrapped(), purpose="master", owner=SAM),
        lambda: unwrap(KEY, wrapped(), purpose="master", owner=NOOR, scope=Scope.INVITE),
    ]
    for attempt in attempts:
        with pytest.raises(VaultError):
            attempt()


def test_every_flipped_bit_of_a_wrap_is_refused() -> None:
    blob = wrapped()

    for bit in range(len(blob) * 8):
        with pytest.raises(VaultError):
            unwrap(KEY, flipped(blob, bit), purpose="master", owner=NOOR)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"key": ""},
        {"key": "00" * 31},
        {"key": "00" * 33},
        {"key": "zz" * 32},
        {"key": None},
        {"kee": "00" * 32},
    ],
    ids=str,
)
def test_an_authentic_record_that_holds_no_key_is_refused(document: dict[str, str | None]) -> None:
    blob = seal(
        KEY, scope=Scope.UNLOCK, scope_id=NOOR, kind="master", row=NOOR, author=NOOR, schema=1, key_version=1,
        document=document,
    )  # fmt: skip

    with pytest.raises(VaultError):
        unwrap(KEY, blob, purpose="master", owner=NOOR)
