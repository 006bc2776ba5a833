"""Takes a short piece out of what somebody said, word for word."""

from __future__ import annotations

import re
import unicodedata
from random import Random

SHORT = 90
_SENTENCE = re.compile(r"[^.!?…。\uff01\uff1f]+[.!?…。\uff01\uff1f]*")
_TAIL = " \t.,;:…。"
_JOINER = "\u200d"
_FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))


def piece_of(text: str, chance: Random, most: int = SHORT) -> str:
    """Return one sentence of a text, or the beginning of a long one, never half a word or half a sign.

    Args:
        text: what was said; not empty.
        chance: which sentence.
        most: about the number of characters; a cut is marked with an ellipsis.
    """
    sentences = [found.strip(_TAIL) for found in _SENTENCE.findall(" ".join(text.split()))]
    telling = [sentence for sentence in sentences if any(c.isalpha() for c in sentence)]
    piece = chance.choice(telling) if telling else " ".join(text.split())
    return piece if len(piece) <= most else f"{_cut(piece, most)}…"


def _cut(piece: str, most: int) -> str:
    words = piece[: most + 1].rpartition(" ")[0]
    # A text without spaces, or one long word, is cut between two signs as people see them.
    end = most
    while not words and end > 1 and _holds_together(piece, end):
        end -= 1
    return (words or piece[:end]).rstrip(_TAIL)


def _holds_together(text: str, at: int) -> bool:
    before, after = text[:at], text[at]
    joined = unicodedata.category(after)[0] == "M" or "\U0001f3fb" <= after <= "\U0001f3ff"
    # A flag is two letters of a kind of its own, and a row of flags is a row of such letters.
    in_flag = after in _FLAGS and (len(before) - len(before.rstrip(_FLAGS))) % 2
    return joined or _JOINER in {before[-1], after} or bool(in_flag)
