"""A file opens whole, with its own key, as itself; cut, mixed, altered or mistaken, it is refused."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl import bindings as sodium

from nearer.vault import streams
from nearer.vault.errors import VaultError
from nearer.vault.framing import pad, padded_length
from nearer.vault.keys import file_key
from nearer.vault.streams import CHUNK, HEAD, START, TAG, open_file, seal_file

from . import opener
from .made_up import KEY, OTHER_KEY, ROW, SAM, STEADY, flipped

FROZEN = "9ad5e83b8f10a1d9266c4cf72358b1436c1e47bff881a02bd443c7c848cac9f1"
FILE = Path(__file__).parents[2] / "vectors" / "files-v1.json"
VECTORS = json.loads(FILE.read_text())["files"]
BODY = len(HEAD) + START
LONG = bytes(range(251)) * 800  # three chunks and a piece


def sealed(content: bytes = LONG) -> bytes:
    return seal_file(KEY, content, file=ROW)


def chunks(blob: bytes) -> list[bytes]:
    size = CHUNK + TAG
    return [blob[at : at + size] for at in range(BODY, len(blob), size)]


def refused(blob: bytes, *, key: bytes = KEY, file: UUID = ROW) -> bool:
    try:
        open_file(key, blob, file=file)
    except VaultError as error:
        return error.args == () and error.__cause__ is None and error.__context__ is None
    return False


@STEADY
@given(st.binary(max_size=5000), st.uuids())
def test_a_file_comes_back_as_it_was(content: bytes, file: UUID) -> None:
    blob = seal_file(KEY, content, file=file)

    assert open_file(KEY, blob, file=file) == opener.file_open(KEY, blob, file) == content


def test_a_long_file_comes_back_and_shows_only_its_padded_length() -> None:
    lengths = {len(sealed(b"x" * length)) for length in range(200_000, 200_600, 50)}
    padded = padded_length(4 + 200_000)

    assert open_file(KEY, sealed(), file=ROW) == opener.file_open(KEY, sealed(), ROW) == LONG
    assert len(chunks(sealed())) == 4
    assert lengths == {BODY + padded + TAG * -(-padded // CHUNK)}


def test_the_same_file_twice_has_not_one_chunk_in_common() -> None:
    assert not set(chunks(sealed())) & set(chunks(sealed()))
    assert len(set(chunks(sealed(bytes(300_000))))) == len(chunks(sealed(bytes(300_000))))


def test_another_key_another_file_and_no_key_are_refused() -> None:
    assert refused(sealed(), key=OTHER_KEY)
    assert refused(sealed(), file=SAM)
    assert refused(sealed(), key=KEY[:-1])
    with pytest.raises(VaultError):
        seal_file(b"", b"x", file=ROW)


def test_a_file_that_was_cut_anywhere_is_refused() -> None:
    blob, small = sealed(), sealed(b"small")
    ends = [
        0,
        1,
        len(HEAD),
        BODY - 1,
        BODY,
        BODY + TAG,
        *(BODY + number * (CHUNK + TAG) for number in (1, 2, 3)),
    ]

    assert all(refused(small[:end]) for end in range(len(small)))
    assert all(refused(blob[:end]) for end in [*ends, len(blob) - 1])
    assert refused(blob + b"\0")
    assert refused(blob + chunks(blob)[-1])


def test_chunks_in_another_order_left_out_doubled_or_of_another_file_are_refused() -> None:
    blob, other = sealed(), chunks(sealed())
    a, b, c, d = chunks(blob)
    front = blob[:BODY]

    assert not refused(front + a + b + c + d)
    for mixed in (
        [b, a, c, d],
        [a, c, b, d],
        [a, b, d],
        [b, c, d],
        [a, a, b, c, d],
        [a, b, c, other[3]],
        [d],
    ):
        assert refused(front + b"".join(mixed))


def test_every_flipped_bit_of_a_small_file_is_refused() -> None:
    blob = sealed(b"small")

    assert all(refused(flipped(blob, bit)) for bit in range(len(blob) * 8))


@pytest.mark.parametrize("tags", [[streams.MORE], [streams.LAST, streams.LAST], [1], [2]])
def test_a_stream_whose_end_is_not_where_it_ends_is_refused(tags: list[int]) -> None:
    about = opener.counted(HEAD, b"file", ROW.bytes)
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    start = sodium.crypto_secretstream_xchacha20poly1305_init_push(state, KEY)
    whole = pad(LONG[: CHUNK * len(tags) - 4])
    pieces = [
        sodium.crypto_secretstream_xchacha20poly1305_push(state, whole[at * CHUNK :][:CHUNK], about, tag)
        for at, tag in enumerate(tags)
    ]

    assert refused(HEAD + start + b"".join(pieces))


def test_the_frozen_file_has_not_changed_by_one_byte() -> None:
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == FROZEN


@pytest.mark.parametrize("case", VECTORS, ids=[str(case["length"]) for case in VECTORS])
def test_what_was_sealed_in_version_1_opens(case: dict[str, Any]) -> None:
    inner, secret, repeated = (bytes.fromhex(case[part]) for part in ("inner", "secret", "repeated"))
    blob, file, length = base64.b64decode(case["sealed"]), UUID(case["file"]), case["length"]
    content = (repeated * (length // len(repeated) + 1))[:length]
    key = file_key(inner, secret)

    assert (
        key.hex()
        == opener.hkdf(inner, secret, opener.counted(b"nearer", b"v1", b"file")).hex()
        == case["key"]
    )
    assert open_file(key, blob, file=file) == opener.file_open(key, blob, file) == content
    assert hashlib.sha256(content).hexdigest() == case["sha256"]
    assert len(blob) == case["sealed_length"]
