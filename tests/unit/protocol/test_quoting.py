"""A short piece of what somebody said, word for word."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.protocol.quoting import SHORT, piece_of
from nearer.testing.examples import examples


def piece(text: str, seed: int = 0) -> str:
    return piece_of(text, Random(seed))


def test_a_short_sentence_is_quoted_whole_without_its_full_stop() -> None:
    assert piece("I felt left out.") == "I felt left out"


def test_a_question_keeps_its_mark() -> None:
    assert piece("Why did nobody ask?") == "Why did nobody ask?"


def test_one_of_several_sentences_is_chosen_by_chance() -> None:
    said = "I was late. Nobody waited. It rained."

    assert {piece(said, seed) for seed in range(40)} == {"I was late", "Nobody waited", "It rained"}


def test_a_long_sentence_ends_between_two_words() -> None:
    long = "and then " * 40

    found = piece(long)

    assert found.endswith("…")
    assert found.removesuffix("…").split()[-1] in {"and", "then"}
    assert len(found) <= SHORT + 1


@pytest.mark.parametrize("sign", ["👩‍👩‍👧‍👦", "👍🏾", "🇫🇷", "e\u0301"])
def test_no_sign_is_cut_in_half(sign: str) -> None:
    for before in range(12):
        found = piece("x" * before + sign * 60).removesuffix("…")
        assert not found[before:].replace(sign, ""), found


@pytest.mark.parametrize("text", ["…", "🧡", "...", "12", "!?"])
def test_what_is_no_sentence_is_quoted_as_it_is(text: str) -> None:
    assert piece(text)


@settings(max_examples=examples(200), deadline=None, derandomize=True, database=None)
@given(st.text(min_size=1, max_size=400).filter(lambda text: text.strip()))
def test_every_text_gives_a_piece_of_itself(text: str) -> None:
    found = piece(text).removesuffix("…")

    assert len(found) <= SHORT
    assert found in " ".join(text.split())
