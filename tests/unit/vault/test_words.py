"""The list of words, and what is made of it."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.vault.errors import VaultError
from nearer.vault.words import BITS, COUNT, WORDS, check_words, suggestion, words_of
from tests.unit.vault import opener

SECRET, PUBLIC, REQUEST = bytes(range(16)), bytes(range(32)), UUID(int=7)
ENOUGH_BITS = 50


def test_the_words_are_short_plain_and_told_apart_by_how_they_begin() -> None:
    assert len(WORDS) == len(set(WORDS)) == 2**BITS
    assert all(re.fullmatch(r"[a-z]{3,6}", word) for word in WORDS)
    assert len({word[:4] for word in WORDS}) == len(WORDS)
    assert list(WORDS) == sorted(WORDS)
    assert BITS * COUNT >= ENOUGH_BITS


def test_no_two_words_sound_alike() -> None:
    alike = {("knight", "night"), ("flour", "flower"), ("sale", "sail"), ("bare", "bear"), ("hair", "hare")}

    assert not [pair for pair in alike if set(pair) <= set(WORDS)]


@given(st.integers(0, 2 ** (BITS * COUNT) - 1))
def test_words_stand_for_one_number(number: int) -> None:
    read = 0
    for word in words_of(number):
        read = read << BITS | WORDS.index(word)

    assert read == number


def test_the_check_words_say_key_request_and_secret() -> None:
    words = check_words(SECRET, PUBLIC, REQUEST)
    others = [
        check_words(SECRET[::-1], PUBLIC, REQUEST), check_words(SECRET, PUBLIC[::-1], REQUEST),
        check_words(SECRET, PUBLIC, UUID(int=8)),
    ]  # fmt: skip

    assert len(words) == COUNT
    assert words not in others
    assert len(set(others)) == len(others)


def test_a_second_reader_finds_the_same_words() -> None:
    info = opener.counted(b"nearer", b"v1", b"check-words", REQUEST.bytes, PUBLIC)
    number = int.from_bytes(opener.hkdf(SECRET, b"", info), "big") >> 256 - BITS * COUNT
    by_hand = tuple(WORDS[number // 512**place % 512] for place in range(5, -1, -1))

    assert check_words(SECRET, PUBLIC, REQUEST) == by_hand


@pytest.mark.parametrize(("secret", "public"), [(b"", PUBLIC), (SECRET, b"short")])
def test_without_a_secret_or_a_key_there_are_none(secret: bytes, public: bytes) -> None:
    with pytest.raises(VaultError):
        check_words(secret, public, REQUEST)


def test_a_suggestion_is_six_words_drawn_anew() -> None:
    drawn = {suggestion() for _ in range(50)}

    assert len(drawn) == 50
    assert all(set(words.split(" ")) <= set(WORDS) and len(words.split(" ")) == COUNT for words in drawn)
