"""What fields make of what was typed: words are kept as they are, and only what nobody can see is nothing."""

from __future__ import annotations

import pytest

from nearer.plans.forms import act_field
from nearer.web.fields import WordsField
from nearer.web.rows import WordsRowField

# Inside words: a tab, two spaces, one that does not break, a wide one, letters that also exist composed.
TYPED = [
    "one\ttwo",
    "one  two",
    "one\u00a0two",
    "one \u2003 two",
    "cafe\u0301",
    "\u0fb2\u0f71\u0f80",
    "\u0301",
]


@pytest.mark.parametrize("typed", TYPED, ids=ascii)
def test_every_kind_of_field_keeps_words_as_they_were_typed(typed: str) -> None:
    many, one = WordsField(limit=100), WordsField(limit=100, lines=1)

    assert many.clean(f"{typed}\r\n{typed}\r\n") == f"{typed}\n{typed}"
    assert one.clean(f" {typed} ") == typed
    assert WordsRowField(count=2, limit=100).clean([typed, ""]) == (typed, "")
    assert act_field().clean(f"then we {typed}.") == typed


@pytest.mark.parametrize("typed", ["", " \t\u2003 ", "\u3164", "\u200b", "\ufe0f", "\u034f"], ids=ascii)
def test_what_nobody_can_see_is_nothing(typed: str) -> None:
    assert WordsField(limit=100, required=False).clean(typed) == ""
    assert not WordsField(limit=100, lines=1, required=False).clean(typed)
