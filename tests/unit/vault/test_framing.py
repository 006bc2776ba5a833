"""Parts join in one way only, and padding tells little and gives everything back."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.vault.errors import VaultError
from nearer.vault.framing import BUCKETS, lp, pad, padded_length, unpad, whole

from . import opener
from .made_up import KEY, STEADY


def test_each_kind_of_part_has_its_bytes() -> None:
    joined = lp("né", b"\0\xff", 258, UUID(int=1))

    assert joined.hex() == (
        "00000003" + "6ec3a9" + "00000002" + "00ff" + "00000004" + "00000102" + "00000010" + "00" * 15 + "01"
    )


def test_nothing_joins_to_nothing_and_an_empty_part_is_a_part() -> None:
    assert lp() == b""
    assert lp("") == bytes(4)
    assert lp("", "") == bytes(8)


def test_moving_a_letter_between_parts_changes_the_bytes() -> None:
    assert lp("ab", "c") != lp("a", "bc") != lp("abc")


@STEADY
@given(st.lists(st.binary(max_size=40), max_size=6), st.lists(st.binary(max_size=40), max_size=6))
def test_two_lists_give_the_same_bytes_only_when_they_are_the_same(
    one: list[bytes], two: list[bytes]
) -> None:
    assert (lp(*one) == lp(*two)) is (one == two)
    assert lp(*one) == opener.counted(*one)


@pytest.mark.parametrize("part", [-1, 2**32, "\ud800", 1.0, None])
def test_a_part_that_has_no_bytes_is_refused(part: Any) -> None:
    with pytest.raises(VaultError):
        lp(part)


def test_the_largest_number_has_four_bytes() -> None:
    assert lp(2**32 - 1) == b"\0\0\0\4\xff\xff\xff\xff"


@pytest.mark.parametrize("size", [0, 31, 33])
def test_only_32_bytes_are_a_key(size: int) -> None:
    with pytest.raises(VaultError):
        whole(bytes(size))


def test_a_whole_key_is_returned_as_it_is() -> None:
    assert whole(KEY) is KEY


@pytest.mark.parametrize(
    ("length", "padded"),
    [
        (0, 256), (4, 256), (256, 256), (257, 512), (512, 512), (513, 1024), (1024, 1024), (1025, 2048),
        (2048, 2048), (2049, 4096), (4096, 4096),
        # PADMÉ: 4,097 has 13 binary digits, of which the first five stay.
        (4097, 4352), (4352, 4352), (4353, 4608), (8191, 8192), (8192, 8192), (8193, 8704), (65535, 65536),
        (65536, 65536), (65537, 67584), (100_000, 100_352), (1_000_000, 1_015_808),
    ],
)  # fmt: skip
def test_lengths_fill_their_bucket_and_then_follow_padme(length: int, padded: int) -> None:
    assert padded_length(length) == padded


@STEADY
@given(st.integers(0, 2**31))
def test_padding_never_shrinks_and_settles_at_once(length: int) -> None:
    padded = padded_length(length)

    assert padded >= length
    assert padded_length(padded) == padded


@STEADY
@given(st.integers(BUCKETS[-1] + 1, 2**31))
def test_padding_above_the_buckets_costs_less_than_a_sixteenth(length: int) -> None:
    assert padded_length(length) - length < length / 16


@STEADY
@given(st.integers(0, 2**20), st.integers(0, 2**20))
def test_a_longer_text_is_never_padded_to_less(one: int, two: int) -> None:
    small, large = sorted((one, two))

    assert padded_length(small) <= padded_length(large)


@STEADY
@given(st.binary(max_size=6000))
def test_what_was_padded_comes_back(text: bytes) -> None:
    padded = pad(text)

    assert len(padded) == padded_length(len(text) + 4)
    assert unpad(padded) == text


def test_padding_is_the_length_the_text_and_zeros() -> None:
    assert pad(b"abc") == b"\0\0\0\3abc" + bytes(249)


def test_a_length_that_points_outside_is_refused() -> None:
    with pytest.raises(VaultError):
        unpad(b"\0\0\0\xfd" + bytes(252))


def test_a_text_that_fills_its_bucket_has_no_zeros() -> None:
    assert unpad(b"\0\0\0\xfc" + b"a" * 252) == b"a" * 252


@pytest.mark.parametrize("at", [7, 100, 255])
def test_anything_in_the_padding_is_refused(at: int) -> None:
    padded = bytearray(pad(b"abc"))
    padded[at] = 1

    with pytest.raises(VaultError):
        unpad(bytes(padded))
