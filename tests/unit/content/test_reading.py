"""How hard a text is to read."""

from __future__ import annotations

import pytest

from nearer.content import reading


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("table", 2), ("baked", 1), ("wanted", 2), ("started", 2), ("the", 1), ("houses", 2), ("emotional", 4)],
)  # fmt: skip
def test_syllables_are_about_what_one_hears(word: str, count: int) -> None:
    assert reading.syllables(word) == count


def test_a_grade_is_flesch_and_kincaids_formula() -> None:
    # Six words of one syllable each, in one sentence.
    assert reading.grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)


def test_longer_words_and_sentences_read_harder() -> None:
    plain = "We ask. We wait. They speak."
    learned = (
        "Perspective acquisition necessitates considerable interpersonal communication and deliberation."
    )

    assert reading.grade(plain) < reading.GRADE_AT_MOST < reading.grade(learned)


def test_nothing_has_no_grade_and_takes_a_minute() -> None:
    assert reading.grade("…") == 0
    assert reading.minutes("") == 1


def test_minutes_follow_the_words() -> None:
    assert reading.minutes("word " * reading.WORDS_A_MINUTE * 3) == 3
