"""What a hint is for, and what it leaves alone."""

from __future__ import annotations

import pytest

from nearer.parts.advice import Hint
from nearer.practices.closer.hints import hint
from nearer.practices.closer.moves import Care, Respond, Share


def received(words: str) -> Respond:
    return Respond(words=words, aloud=False, way=Care.TOUCHED)


@pytest.mark.parametrize(
    "words",
    [
        "You should call him.",
        "Have you tried to sleep more?",
        "If I were you I would go.",
        "Maybe just ask her.",
    ],
)
def test_advice_is_pointed_out_to_its_author(words: str) -> None:
    assert hint(received(words)) is Hint.ADVICE


@pytest.mark.parametrize(
    "words", ["It's not that bad.", "At least you have a job.", "Don't worry, it will pass.", "Cheer up."]
)
def test_what_makes_it_smaller_as_well(words: str) -> None:
    assert hint(received(words)) is Hint.SMALLER


@pytest.mark.parametrize(
    "words",
    [
        "I could hear in your voice that it matters.",
        "That you went in beside the children touched me.",
        "Thank you. I did not know.",
        "",
    ],
)
def test_care_needs_none(words: str) -> None:
    assert hint(received(words)) is None


def test_what_is_shared_is_left_alone() -> None:
    assert hint(Share(words="You should see it.", aloud=False)) is None
