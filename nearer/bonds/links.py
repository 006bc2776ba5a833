"""Links and codes as messengers, mail programs and people pass them on: what can be mended is mended.

Whatever was done to it, only what its check letter fits is taken: see `nearer.vault.crockford`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote

from nearer.vault.crockford import IGNORED, VALUES, letters_for
from nearer.vault.errors import VaultError
from nearer.vault.invitations import INVITE_SECRET_SIZE, SHORT_SIZE, read_invite_secret, read_short_code

# A percent sign is sometimes written as one twice over.
UNQUOTED = 3
SECRET, CODE = letters_for(INVITE_SECRET_SIZE) + 1, letters_for(SHORT_SIZE) + 1
# Where a link's secret begins, the surest sign first; some programs lose the #, or write it as mail is written.
BEGINS = ("/J/#", "/R/#", "/J/=23", "/R/=23", "#", "/J/", "/R/", "/J#", "/R#")
# What lines are broken with in letters, what they are quoted with, and what stands around a link.
PASSED_OVER = frozenset("=_*~`>|")
AROUND = ".,;:!?\"'()<>[]{}“”„«»…|\\/\u2018\u2019\u2039\u203a"
# Marks that change how a letter looks and not which one it is.
UNSEEN = IGNORED | {"Mn", "Me"}
# A gate that looks into mail writes addresses like this, before it quotes them once more.
GATE, GATES = "/V2/URL", str.maketrans("-_", "%/")
# Letters of other alphabets that look the same, as another keyboard types them.
CYRILLIC, GREEK = (
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0405\u0408",
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7",
)
ALIKE = str.maketrans(CYRILLIC + GREEK + "\u266f", "ABEKMHOPCTXSJ" + "ABEZHIKMNOPTX" + "#")
# Where a page would break a line, and a sign as scripts write it.
BREAKS, SCRIPTED = re.compile(r"<w?br\s*/?>", re.IGNORECASE), re.compile(r"\\u0023|\\(?=#)")
# A code among other words: its groups, with one sign between them and no letter at either end.
GROUPS = re.compile(r"(?<![^\W_])(?:[^\W_]{3}[^\s\w]|[^\W_]{3}_){2}[^\W_]{3}(?![^\W_])")


class Damaged(Exception):
    """It is neither a whole link nor a whole code."""


@dataclass(frozen=True)
class Read:
    """What somebody handed in.

    Attributes:
        secret: a link's secret, 27 letters and digits; or "".
        code: a short code, nine of them; or "".
    """

    secret: str = field(default="", repr=False)
    code: str = field(default="", repr=False)


def read(text: str) -> Read:
    """Find the secret of a link, or the short code, in what was typed, pasted or followed.

    Raises:
        Damaged: a piece is missing or was changed.
    """
    plain = _plain(text)
    for start in _beginnings(plain):
        if secret := _letters(plain[start:], SECRET):
            return Read(secret=secret)
    alone = plain.strip().strip(AROUND)
    for piece in (alone, *GROUPS.findall(plain)):
        if code := _letters(_apart(piece), CODE, whole=True):
            return Read(code=code)
    if secret := _letters(alone, SECRET, whole=True):
        return Read(secret=secret)
    raise Damaged


def _plain(text: str) -> str:
    """Return a text as it was before programs wrote it anew, in capitals."""
    plain = text
    for _ in range(UNQUOTED):
        plain = unescape(plain)
        plain = unquote(plain.translate(GATES) if GATE in plain.upper() else plain)
    plain = SCRIPTED.sub(lambda found: "#" if len(found[0]) > 1 else "", BREAKS.sub("", plain))
    plain = unicodedata.normalize("NFKC", plain).upper().translate(ALIKE)
    return "".join(str(unicodedata.decimal(each, each)) for each in plain)


def _beginnings(plain: str) -> Iterator[int]:
    """Yield where a link's secret may begin."""
    for mark in BEGINS:
        place = plain.rfind(mark)
        while place >= 0:
            yield place + len(mark)
            place = plain.rfind(mark, 0, place)


def _letters(text: str, many: int, *, whole: bool = False) -> str:
    """Return the first letters, over blanks, dashes and invisible marks, if they are a secret or code; else "".

    `whole` is for nothing but them. Something else before there are so many, or another letter right after, is none; what is
    written without blanks between words goes on with a letter of its own.
    """
    found, place = "", 0
    for place, letter in enumerate(text, start=1):  # noqa: B007 - where it ended is used
        if letter in VALUES:
            found += letter
        elif not _is_passed_over(letter) and not (not found and letter in AROUND):
            return ""
        if len(found) == many:
            break
    rest = text[place:]
    if (rest[:1].isascii() and rest[:1].isalnum()) or (whole and not all(map(_is_passed_over, rest))):
        return ""
    spelled = found.replace("O", "0").translate(str.maketrans("IL", "11"))
    try:
        (read_invite_secret if many == SECRET else read_short_code)(spelled)
    except VaultError:
        return ""
    return spelled


def _apart(code: str) -> str:
    """Return what may be a code with a blank for each sign that is no letter: people part its groups with any of them."""
    return "".join(
        " " if unicodedata.category(each)[0] in "PS" or unicodedata.category(each) == "Lm" else each
        for each in code
    )


def _is_passed_over(letter: str) -> bool:
    return letter in PASSED_OVER or unicodedata.category(letter) in UNSEEN
