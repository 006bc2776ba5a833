"""Words that point to harm or fear: their author, and nobody else, is shown where there is help. Nothing is held back.

English only, and better to miss many than to alarm somebody once without need.
"""

from __future__ import annotations

import re

SOMEBODY = r"my (?:partner|husband|wife|boyfriend|girlfriend|father|mother|brother|sister|son|daughter)"
HURTS = r"(?:hits?|beats?|choke[sd]?|strangle[sd]?|kick(?:s|ed)?|slap(?:s|ped)?|punch(?:es|ed)?|threaten(?:s|ed)?|rape[sd]?|force[sd]?)"
MIGHT = r"(?<!not )(?<!n[’']t )(?<!never )(?:(?:wants?|wanted|going|threatens?|threatened) to|(?:I|you|he|she|they)(?:[’']ll| will| would| might| could| may))"
WAYS = (
    r"\b(?:kill|hurt|harm|killing|hurting|harming) myself\b",
    r"\b(?:cut|cutting) myself\b(?! (?:some|a|an|another|two|off|short|shaving|while|on)\b)",
    r"\b(?:end|take|ending|taking) my (?:own )?life\b",
    r"\bsuicid\w*",
    r"\bkill(?:ing)? (?:him|her|them|your)sel(?:f|ves)\b",
    rf"\b{MIGHT} (?:hurt|harm|cut) (?:him|her|them)sel(?:f|ves)\b",
    rf"\b{MIGHT} (?:harm|strangle|stab) (?:me|him|her|them|somebody|someone|{SOMEBODY})\b",
    rf"\b{MIGHT} (?:hit|beat|harm|hurt) (?:the|my|our) (?:baby|child|children|kids?|son|daughter)\b",
    r"\bI(?:[’']ll| will|[’']m going to| am going to|[’']m gonna) (?:kill|hit|beat|strangle|stab|punch|slap|choke) (?:you|him|her|them)\b(?! (?:at|to|home|in|with|on|for|there)\b)",
    r"\b(?:do not|don[’']?t|not) want to (?:live|be alive|be here any ?more|wake up)\b",
    r"\bbetter off (?:dead|without me)\b",
    r"\b(?:want|wanted|wish|going) to die\b(?! of)",
    rf"\b(?:you|he|she|they|{SOMEBODY}) {HURTS} me\b",
    rf"\b(?:afraid|scared|frightened|terrified) (?:of|to go home to) (?:you|him|her|{SOMEBODY})\b",
)
HEAVY = "heavy"
"""What a hint about such words is called."""


def is_heavy(words: str) -> bool:
    """Say whether what somebody is about to say points to harm or fear."""
    return re.search("|".join(WAYS), words, re.IGNORECASE) is not None
