"""A record opens with its own key, in its own place, unaltered; in every other case it is refused."""

from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.secret import Aead

from nearer.vault import envelope
from nearer.vault.envelope import Scope, key_version_of, open_by_one_of, open_record, padded_size, seal
from nearer.vault.errors import VaultError
from nearer.vault.framing import pad

from . import opener
from .made_up import (
    BOND,
    CANARY,
    KEY,
    NOOR,
    OTHER_KEY,
    ROW,
    SAM,
    STEADY,
    documents,
    flipped,
    json_values,
    keys,
    numbers,
    opened,
    place,
    sealed,
)

SMALLEST = 9 + 24 + 256 + 16


def test_the_scopes_have_their_numbers_for_ever() -> None:
    assert {scope.name: scope.value for scope in Scope} == {
        "USER": 1, "BOND": 2, "SESSION": 3, "INVITE": 4, "UNLOCK": 5, "FILE": 6,
    }  # fmt: skip


@STEADY
@given(
    key=keys,
    document=documents,
    scope=st.sampled_from(Scope),
    kind=st.text(),
    ids=st.tuples(st.uuids(), st.uuids(), st.uuids()),
    schema=numbers,
    key_version=numbers,
)
def test_a_document_comes_back_as_it_was(
    key: bytes,
    document: dict[str, Any],
    scope: Scope,
    kind: str,
    ids: tuple[UUID, UUID, UUID],
    schema: int,
    key_version: int,
) -> None:
    where = place(scope=scope, kind=kind, scope_id=ids[0], row=ids[1], author=ids[2], schema=schema)

    blob = seal(key, key_version=key_version, document=document, **where)

    assert open_record(key, blob, **where) == document
    assert opener.record_open(key, blob, **where) == document
    assert key_version_of(blob) == key_version
    assert padded_size(blob) == len(blob) - 49


@STEADY
@given(json_values)
def test_every_value_json_has_comes_back(value: Any) -> None:
    assert opened(sealed({"value": value})) == {"value": value}


def test_a_small_record_has_305_bytes_and_begins_as_documented() -> None:
    blob = sealed(key_version=0x01020304)

    assert len(blob) == SMALLEST
    assert blob[:9].hex() == "4e52" + "01" + "01" + "02" + "01020304"
    assert padded_size(blob) == 256


def test_the_words_are_not_in_the_record() -> None:
    assert CANARY.encode() not in sealed()


def test_the_same_document_never_gives_the_same_record() -> None:
    assert len({sealed() for _ in range(50)}) == 50


def test_equal_documents_have_equal_length_whatever_the_order_of_their_fields() -> None:
    with patch.object(envelope, "_new_nonce", lambda: bytes(24)):
        assert sealed({"a": 1, "b": 2}) == sealed({"b": 2, "a": 1})


def test_a_record_from_a_database_may_be_a_view() -> None:
    assert open_record(KEY, memoryview(sealed()), **place()) == {"words": CANARY}
    assert key_version_of(memoryview(sealed())) == 7
    assert padded_size(memoryview(sealed())) == 256


def test_every_single_flipped_bit_is_refused() -> None:
    blob = sealed()

    for bit in range(len(blob) * 8):
        with pytest.raises(VaultError):
            opened(flipped(blob, bit))


@STEADY
@given(documents, st.data())
def test_a_flipped_bit_in_any_record_is_refused(document: dict[str, Any], data: st.DataObject) -> None:
    blob = sealed(document)
    bit = data.draw(st.integers(0, len(blob) * 8 - 1))

    with pytest.raises(VaultError):
        opened(flipped(blob, bit))


def test_every_truncation_is_refused() -> None:
    blob = sealed({"words": "a" * 300})

    for end in range(len(blob)):
        with pytest.raises(VaultError):
            opened(blob[:end])


@STEADY
@given(st.binary(min_size=1, max_size=300))
def test_anything_added_is_refused(more: bytes) -> None:
    with pytest.raises(VaultError):
        opened(sealed() + more)
    with pytest.raises(VaultError):
        opened(more + sealed())


@STEADY
@given(st.binary(max_size=600))
def test_bytes_that_were_never_sealed_are_refused(noise: bytes) -> None:
    for blob in (noise, b"NR\x01\x01\x02" + noise):
        with pytest.raises(VaultError):
            opened(blob)


@pytest.mark.parametrize(
    "changed",
    [
        {"scope": Scope.USER},
        {"scope_id": SAM},
        {"kind": "note"},
        {"kind": "entr"},
        {"kind": ""},
        {"row": BOND},
        {"author": SAM},
        {"schema": 2},
        {"schema": 0},
        {"row": BOND, "scope_id": ROW},
        {"row": NOOR, "author": ROW},
    ],
    ids=str,
)
def test_a_record_moved_to_another_place_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(VaultError):
        opened(sealed(), **changed)


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope is not Scope.BOND])
def test_a_record_relabelled_with_another_scope_is_refused_in_both(scope: Scope) -> None:
    blob = sealed()
    relabelled = blob[:4] + bytes([scope]) + blob[5:]

    for asked in (scope, Scope.BOND):
        with pytest.raises(VaultError):
            opened(relabelled, scope=asked)


def test_a_record_relabelled_with_another_key_version_is_refused() -> None:
    blob = sealed()

    with pytest.raises(VaultError):
        opened(blob[:5] + b"\0\0\0\x08" + blob[9:])


@STEADY
@given(keys.filter(lambda key: key != KEY))
def test_every_other_key_is_refused(key: bytes) -> None:
    with pytest.raises(VaultError):
        opened(sealed(), key=key)


@pytest.mark.parametrize("size", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_neither_seals_nor_opens(size: int) -> None:
    with pytest.raises(VaultError):
        sealed(key=bytes(size))
    with pytest.raises(VaultError):
        opened(sealed(), key=bytes(size))


@pytest.mark.parametrize("number", [-1, 2**32])
def test_a_number_that_does_not_fit_is_refused(number: int) -> None:
    with pytest.raises(VaultError):
        sealed(key_version=number)
    with pytest.raises(VaultError):
        seal(KEY, key_version=1, document={}, **place(schema=number))


def nested(levels: int) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for _ in range(levels):
        document = {"in": document}
    return document


@pytest.mark.parametrize(
    "document",
    [
        pytest.param({"words": b"bytes"}, id="bytes"),
        pytest.param({"words": {1, 2}}, id="set"),
        pytest.param({("a",): 1}, id="field that is no text"),
        pytest.param({"words": float("inf")}, id="infinity"),
        pytest.param({"words": "\udfff"}, id="lone surrogate"),
        pytest.param({1: "a", "b": 2}, id="fields that do not sort"),
        pytest.param(nested(100_000), id="too deep"),
    ],
)
def test_a_document_that_json_cannot_hold_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(VaultError):
        sealed(document)


HEADER = b"NR\x01\x01\x02\0\0\0\x07"
AAD = opener.counted(HEADER, b"entry", ROW.bytes, BOND.bytes, NOOR.bytes, b"\0\0\0\1")


def sealed_as_is(padded: bytes, header: bytes = HEADER, aad: bytes = AAD) -> bytes:
    """Seal any plaintext at all, as somebody who has the key could."""
    return header + bytes(24) + Aead(KEY).encrypt(padded, aad, bytes(24)).ciphertext


def test_the_hand_made_record_opens() -> None:
    assert opened(sealed_as_is(pad(b'{"a":1}'))) == {"a": 1}


@pytest.mark.parametrize(
    "padded",
    [
        pad(b"[1]"),
        pad(b"null"),
        pad(b'"words"'),
        pad(b""),
        pad(b"{"),
        pad(b'{"a":1}x'),
        pad(b"\xff\xfe"),
        pad(b'{"a":"\xed\xa0\x80"}'),
        pad(b"[" * 200_000),
        b"\xff" * 256,
        pad(b"{}")[:-1] + b"x",
    ],
    ids=lambda padded: repr(padded[:12]),
)
def test_authentic_bytes_that_hold_no_document_are_refused(padded: bytes) -> None:
    with pytest.raises(VaultError):
        opened(sealed_as_is(padded))


@pytest.mark.parametrize(
    "header",
    [
        b"NX\x01\x01\x02\0\0\0\x07",
        b"nr\x01\x01\x02\0\0\0\x07",
        b"NR\x02\x01\x02\0\0\0\x07",
        b"NR\x00\x01\x02\0\0\0\x07",
        b"NR\x01\x02\x02\0\0\0\x07",
        b"NR\x01\x00\x02\0\0\0\x07",
    ],
)
def test_another_format_or_suite_is_refused_even_when_it_is_authentic(header: bytes) -> None:
    aad = opener.counted(header, b"entry", ROW.bytes, BOND.bytes, NOOR.bytes, b"\0\0\0\1")
    blob = sealed_as_is(pad(b"{}"), header, aad)

    for read in (opened, key_version_of, padded_size):
        with pytest.raises(VaultError):
            read(blob)


def test_a_record_below_the_smallest_bucket_is_refused_even_when_it_is_authentic() -> None:
    blob = sealed_as_is(b"\0\0\0\2{}" + bytes(249))

    assert len(blob) == SMALLEST - 1
    for read in (opened, key_version_of, padded_size):
        with pytest.raises(VaultError):
            read(blob)


def unsigned_place() -> dict[str, Any]:
    return {field: value for field, value in place().items() if field != "author"}


@pytest.mark.parametrize("authors", [(NOOR, SAM), (SAM, NOOR), (NOOR,)])
def test_the_author_is_found_among_the_members(authors: tuple[UUID, ...]) -> None:
    assert open_by_one_of(authors, KEY, sealed(), **unsigned_place()) == (NOOR, {"words": CANARY})


@pytest.mark.parametrize("authors", [(SAM,), (SAM, BOND), ()])
def test_a_record_by_somebody_else_is_refused(authors: tuple[UUID, ...]) -> None:
    with pytest.raises(VaultError):
        open_by_one_of(authors, KEY, sealed(), **unsigned_place())


def test_no_author_helps_against_the_wrong_key() -> None:
    with pytest.raises(VaultError):
        open_by_one_of((NOOR, SAM), OTHER_KEY, sealed(), **unsigned_place())
