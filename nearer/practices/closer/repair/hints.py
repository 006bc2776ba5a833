"""A quiet hint to whoever apologises, about a "but" or its like and an "if". Nothing is held back by one.

"But" tends to take back what stood before it, and "sorry if" leaves open whether anything happened (Lazare, A. (2004).
On apology). English only, in other languages silent ("but" is an aim in French), and silent where the word does something else: "nothing but", "as if", and an if-then plan for
next time, which helps (Gollwitzer, P. M., & Sheeran, P. (2006). Implementation intentions and goal achievement). "However"
counts with its comma, "although" where it comes after what it takes back: "although I was tired, it was wrong" takes nothing
back, and "although I knew" owns more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from nearer.content.english import is_english


class Word(StrEnum):
    """What a hint is about."""

    BUT = "but"
    HOWEVER = "however"
    ALTHOUGH = "although"
    IF = "if"


class Hint(NamedTuple):
    """A hint, and the heading under which the word stands."""

    word: Word
    part: str


NEXT = "next"
QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"|(?<!\w)[\u2018'][^\u2019']*[\u2019'](?!\w)")
BUT = re.compile(
    r"(?<!nothing )(?<!anything )(?<!all )(?<!none )(?<!everything )(?<!everyone )(?<!everybody )(?<!nobody )(?<!no one )"
    r"(?<!no choice )(?<!no )(?<!last )(?<!cannot )(?<!can not )(?<!help )(?<![\w’'-])but\b"
    r"(?! for\b)(?! (?:that|this|it)(?:[’']s| is| was) (?:no|not an?|never an?) (?:excuse|reason|justification)\b)(?![-’'])",
    re.IGNORECASE,
)
NOT_ONLY = re.compile(r"\bnot (?:only|just|merely)\b[^.!?\n]*?\bbut\b", re.IGNORECASE)
HOWEVER = re.compile(r"\bhowever\s*,|[,;]\s*however\s*[.!?]", re.IGNORECASE)
NO_EXCUSE = r"(?:that|this|it)(?:[’']s| is| was) (?:no|not an?|never an?) (?:excuse|reason|justification)\b"
OWNS = (
    r"(?:i|we) (?:(?:had|could|should|might|ought|did|also|really|clearly|already) )*"
    r"(?:kn[eo]w|known|promised?|said|told|saw|seen|heard|felt|meant|noticed|understood|understand|have)\b"
    r"|you (?:had|have|asked|told|said|warned|needed|trusted|wanted|hoped|were (?:so |very |already )?(?:ill|tired|sad|alone|scared|afraid|waiting|hurt|upset|right))\b"
)
ALTHOUGH = re.compile(
    rf"(?<=[\w,;–—-] )(?<!even )(?<!as )(?:al)?though\b (?!{NO_EXCUSE}|{OWNS})\w"
    r"|(?:^|[.!?…]\s)(?:al)?though (?:i(?:[’']m| am) (?:\w+ )?sorry|i apologi[sz]e|(?:i|it|that) was wrong)\b",
    re.IGNORECASE,
)
IF = re.compile(
    r"(?<!as )(?<!even )(?<!what )(?<!wonder )(?<!wondered )(?<!wondering )(?<!ask )(?<!asked )(?<!asking )(?<!ask you )"
    r"(?<!asked you )(?<!see )(?<!know )(?<!knew )(?<!checked )(?<!check )(?<![\w’'-])if\b"
    r"(?! only\b)(?! not\b)(?! anything,)(?! ever\b)(?! i(?:[’']m| am) honest\b)(?! i look back\b)(?! i think (?:back|about)\b)"
    r"(?! i (?:understand|understood|heard|read|got) (?:you|it|that|this)\b)(?![-’'])",
    re.IGNORECASE,
)
IF_YOU = re.compile(
    r"(?<!as )(?<!even )(?<!ask )(?<!see )\bif you\b(?! (?:want|like|wish|would like|need|let me|tell me)\b)",
    re.IGNORECASE,
)


def hint(said: Mapping[str, str]) -> Hint | None:
    """Return what the author of an apology might want to look at once more; one hint at most.

    Args:
        said: the words by heading.
    """
    if not is_english(" ".join(said.values())):
        return None
    for part, text in said.items():
        words = " ".join(QUOTED.sub("…", text).split())
        rules = {
            Word.BUT: BUT.search(NOT_ONLY.sub("…", words)), Word.HOWEVER: HOWEVER.search(words),
            Word.ALTHOUGH: ALTHOUGH.search(words), Word.IF: (IF_YOU if part == NEXT else IF).search(words),
        }  # fmt: skip
        if word := next((each for each, found in rules.items() if found), None):
            return Hint(word, part)
    return None
