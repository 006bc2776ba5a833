"""Names as pages show them, and which signs a name may hold."""

from __future__ import annotations

import re
import unicodedata
from typing import Self

from django.utils.html import escape

# Letters and marks that show nothing.
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u2800\u3164\uffa0\U0001d159")
# Two signs that show nothing and are part of how words are written, in Persian, in Hindi and in emoji.
JOINERS = frozenset("\u200c\u200d")
# They choose between two looks of the sign before them.
SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
MOST_MARKS = 3


class Name(str):
    """What somebody is called. A page shows it in its own direction, whatever stands around it, and never translated.

    In an attribute, where no element can stand, `|plain` shows it.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """Return it as an element of its own."""
        return f'<bdi translate="no">{escape(str(self))}</bdi>'

    def __deepcopy__(self, memo: object) -> Self:
        """Return it: nothing in it can change."""
        return self


def is_seen(text: str) -> bool:
    """Say whether anything in a text can be seen. A mark can be, also without a letter to stand on."""
    return any(_shows(sign) for sign in text)


def has_a_letter(text: str) -> bool:
    """Say whether anything in a text can be seen that is not a mark on something else."""
    return any(_shows(sign) and unicodedata.category(sign)[0] != "M" for sign in text)


def _shows(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "ZC" and sign not in BLANK | SELECTORS


FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]+")
"""A flag of a part of a country, such as Wales: its letters cannot be seen, and are a flag to the eye."""


def hides(text: str) -> bool:
    """Say whether a name holds signs that show nothing, or that turn what stands around it."""
    return any(
        sign in BLANK
        or (unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and sign not in JOINERS)
        for sign in FLAG.sub("", text)
    )


def towers(text: str) -> bool:
    """Say whether more marks stand on one letter of a name than any way of writing needs."""
    marks = 0
    for sign in unicodedata.normalize("NFC", text):
        marks = marks + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        if marks > MOST_MARKS:
            return True
    return False
