"""Quiet hints about what somebody is about to send, for its author alone. Nothing is held back by one.

English openings only, and better to miss many than to stop somebody once without need.
"""

from __future__ import annotations

import re
from enum import StrEnum

from nearer.practices.needs.moves import Ask, Request
from nearer.protocol import Move


class Hint(StrEnum):
    """What a hint is about."""

    CLOSED = "closed"  # yes or no would answer it
    ACCUSING = "accusing"  # it may sound like a charge
    FREER = "freer"  # a request should leave both freer


NOT = r"n[’']?t"
AUX = rf"(?:do|does|did|is|are|was|were|have|has|had|can|could|will|would|should|shall|may|am)(?:{NOT})?|won[’']?t|can[’']?t"
SENTENCE = r"(?:^|[.!?…\n]\s*)[\"'“]?(?:(?:so|and|but|well|okay|ok|hey)[,]?\s+)*"
# "Could you tell me more about …" asks for more than a yes.
INVITES = re.compile(
    r"\b(?:tell|say|describe|explain|share|show|help|give|talk|walk)\b[^.?!]{0,24}"
    r"\b(?:me|us|more|about|what|how|through|understand|example)\b",
    re.IGNORECASE,
)
OPEN = re.compile(r"\b(?:what|how|when|where|which|who|whose)\b", re.IGNORECASE)
CLOSED = re.compile(
    rf"{SENTENCE}(?:{AUX})\s+(?:not\s+)?(?:you|it|i|we|that|this|there|they|he|she|your|my)\b", re.IGNORECASE
)
TAG = re.compile(
    rf",?\s(?:right|correct|okay|ok|yes|no|true|(?:{AUX})\s+(?:you|it|i|we|that|there))\s*\?\s*$",
    re.IGNORECASE,
)
ACCUSING = re.compile(
    "|".join(
        (
            rf"\bwhy\s+(?:(?:do|did|does|ca|could|wo|would|have|had|are|were|is|should)\s?{NOT}|can[’']?t|won[’']?t)\s+you\b",
            (
                r"\bwhy\s+(?:do|did|are|were|must|have|is it that)\s+you\b[^.?!]{0,40}"
                r"\b(?:always|never|ever|even|so|such|keep|just|only|have to|make me|ignore|refuse|forget)\b"
            ),
            r"\bwhy\s+(?:do|must|can)\s+you\s+(?:always|never|keep|have to|insist)\b",
            rf"{SENTENCE}(?:do|will|are|must|can)\s+you\s+(?:always|never|even)\b",
            r"(?<!have )(?<!do )\byou\s+(?:always|never)\b(?!\s+(?:wish|want|dream|love|hope|like|need|enjoy|been|had|felt|feel))",
            r"\bwhat(?:[’']s| is)\s+(?:wrong with you|your problem|the matter with you)\b",
            r"\bhow\s+(?:could|can|dare)\s+you\b(?!\s+(?:tell|know|use|see|feel|best|help))",
            rf"\b(?:do|did|ca|can|could|wo)\s?{NOT}\s+you\s+(?:care|even|ever|see|just|think|get it|understand)\b",
            r"\bwhen\s+(?:will|are)\s+you\s+(?:finally|ever)\b",
            r"\bwhose\s+fault\b",
        )
    ),
    re.IGNORECASE,
)

LOOK = r"(?:see|read|check|look (?:at|into|through|in)|go through|show me|access|monitor|open|unlock|give me|share|send me|tell me|let me have|have|know)"
KEYS = r"(?:passwords?|pass ?codes?|pin(?: code)?|log-?ins?|unlock code|two-factor code)"
TALK = r"(?:phone|messages|texts|text messages|dms|chats?|e-?mails?|inbox|call (?:log|history|list)|browser history|search history|social media|accounts?|instagram|whatsapp|facebook|diary|journal)"
MONEY = r"(?:salary|wages?|pay|pay ?cheque|paycheck|income|money|spending|finances|bank (?:account|card|statements?)|bank|credit card|debit card|card|savings|receipts)"
GOING = r"(?:go|leave|arrive|meet|see|are out|get|move|come|head|spend|buy)"
FREER = re.compile(
    "|".join(
        (
            rf"\b(?:{LOOK})\b[^.?!]{{0,30}}\b(?:your|each other[’']?s|all (?:the|of your))\b[^.?!]{{0,16}}\b{KEYS}\b",
            rf"\byour\s+{KEYS}\b",
            rf"\b(?:see|read|check|look (?:at|into|through|in)|go through|access|monitor|unlock|show me)\b[^.?!]{{0,16}}\byour\s+{TALK}\b",
            r"\b(?:leave|keep|hand|give)\b[^.?!]{0,12}\byour phone\b[^.?!]{0,20}\b(?:unlocked|open|over to me|so (?:that )?i can)\b",
            r"\b(?:share|send(?: me)?|turn on|switch on|leave on|keep on|give me)\b[^.?!]{0,16}\b(?:your |live |the )*(?:location|gps|tracker|tracking)\b",
            r"\blocation (?:sharing|on)\b",
            r"\b(?:track|follow)\b[^.?!]{0,12}\b(?:you|your phone|your car|where you)\b",
            r"\bwhere you are\b[^.?!]{0,24}\b(?:at all times|all the time|always|every (?:hour|time|minute)|all day)\b",
            r"\b(?:always|every (?:hour|time|minute)|at all times|all the time)\b[^.?!]{0,24}\bwhere you are\b",
            rf"\b(?:text|message|call|tell|report to|ask|check in with|let)\s+me\b[^.?!]{{0,12}}\b(?:every time|each time|whenever|every hour|before)\s+you\s+{GOING}\b",
            r"\bcheck in\b[^.?!]{0,16}\bevery (?:hour|half hour|\d+ minutes)\b",
            r"\b(?:photo|picture|proof|screenshot)s?\b[^.?!]{0,20}\b(?:where you are|who you are with|that you are)\b",
            rf"\b(?:give|hand|send|transfer|pay|put|move)\b[^.?!]{{0,12}}\byour\s+{MONEY}\b",
            rf"\b(?:see|check|control|manage|look after|keep|hold|watch|monitor|approve|show me)\b[^.?!]{{0,16}}\b(?:your|all (?:the|your))\s+{MONEY}\b",
            r"\b(?:not|never|n[’']?t|stop|without)\b[^.?!]{0,12}\b(?:spend|spending|buy|buying)\b[^.?!]{0,30}\b(?:without|unless|until)\b[^.?!]{0,12}\b(?:me|i|my)\b",
            r"\b(?:stop|quit)\s+(?:seeing|talking to|meeting|texting|calling|going out with|working)\b",
            r"\b(?:not|never|n[’']?t)\s+(?:see|meet|talk to|text|go out|go anywhere|leave the house)\b[^.?!]{0,40}\b(?:without|unless|him|her|them|anymore|any more|again)\b",
            r"\b(?:delete|block|unfriend|unfollow)\s+(?:him|her|them|your|that|all)\b",
        )
    ),
    re.IGNORECASE,
)


def hint(move: Move) -> Hint | None:
    """Say what its author might want to look at once more before a question or a request goes.

    Args:
        move: what is about to be played.

    Returns:
        One hint at most.
    """
    if isinstance(move, Request):
        return Hint.FREER if FREER.search(move.words) else None
    if not isinstance(move, Ask):
        return None
    if ACCUSING.search(move.words):
        return Hint.ACCUSING
    return Hint.CLOSED if is_closed(move.words) else None


def is_closed(words: str) -> bool:
    """Whether a yes or a no would answer a question, as far as its opening tells."""
    if INVITES.search(words):
        return False
    if TAG.search(words) and not OPEN.match(words.strip()):
        return True
    return bool(CLOSED.search(words)) and not OPEN.search(words)
