"""A quiet note to whoever promises, when a promise is about what should stay one's own. It goes all the same.

A promise should leave its maker freer. English only.
"""

from __future__ import annotations

import re

ABOUT = (
    # Phones, and what is on them. "I will phone you" is a call.
    r"\bphones\b(?! (?:you|my|the|our|them)\b)|\b(?:off|on|no|by|without|turn|put|use) (?:phone|mobile)\b",
    r"\b(?:my|your|our|his|her|their|the|a|both) (?:\w+ )?(?:phones?|mobiles?|cell)\b",
    r"\b(?:smartphones?|cellphones?|i-?phones?|android|screen ?time|laptop|tablet|voicemail|call (?:log|list|history))\b",
    r"\b(?:my|your|the|all|any|every|read|see|show|check|share|delete) (?:\w+ )?(?:messages?|texts?|dms?|chats?|e-?mails?|inbox|accounts?|diary|journal|history|photos?|pictures|contacts)\b",
    r"\b(?:instagram|whatsapp|facebook|snapchat|tiktok|telegram|tinder|social media|browser)\b",
    # Passwords.
    r"\b(?:pass ?words?|pass ?phrases?|pass ?codes?|pins?(?! (?:the|a|an|it|them|up|down|on|to)\b)|pin codes?|log-?ins?|unlock\w*|face ?id|two-factor)\b",
    # Location.
    r"\b(?:locations?|gps|track(?:er|ers|ing|ed)?|air ?tags?|find my|whereabouts|check(?:ing)? in(?! on\b))\b",
    r"\bmy (?:\w+ )?position\b|\bstraight home\b",
    r"\bsend you (?:a |an |one )?(?:\w+ )?(?:photos?|pictures?|selfies?|videos?) (?:from|when|whenever|of where|every|each)\b",
    r"\bwhere (?:i|you) (?:am|are|go|was|were|went|will be|have been)\b",
    r"\b(?:tell|text|message|call|let you know) (?:you )?(?:when|before|whenever|every time|each time) i (?:go|leave|arrive|meet|see|get (?:there|home|in|back))\b",
    r"\b(?:who|whom) (?:i|you) (?:am|are|meet|see|talk|text|call|write|go out|was|were|met|saw)\b",
    # Clothes.
    r"\b(?:clothes|clothing|outfits?|dress(?! (?:the|our|my|your) (?:child|children|kids?|baby|twins|boys|girls|salad|table|tree)\b)|dresses|skirts?|shorts|heels|jeans|bikini|leggings|make-?up|lipstick|perfume|hijab|headscarf|neckline)\b",
    r"\b(?:wear|wearing|wears|dress(?:ed|ing)?|put on)\b(?! (?:the|our|my|your) (?:child|children|kids?|baby|twins|boys|girls|salad|table|tree)\b)(?! (?:a |an |my |the )?(?:\w+ )?(?:helmet|seat ?belt|glasses|mask|sun ?screen|hearing aids?|retainer|music|kettle|song|film|coffee|tea|washing))",
    # Friends, and other people.
    r"\b(?:girl|boy)?friend(?:s|ship|ships)?\b(?!ly)",
    r"\b(?:colleagues|co-?workers?|mates|my ex|your ex|other (?:men|women|people|guys|girls|boys))\b",
    r"\b(?:stop|quit|give up|avoid|end|no longer|not|never|without) (?:\w+ )?(?:see|seeing|meet|meeting|talk|talking|text|texting|call|calling|visit|visiting|go out|going out|hang(?:ing)? out|contact|speak|speaking)\b(?! (?:over|down|back)\b)",
    r"\b(?:see|meet|visit|go out|go|stay|leave|anywhere) (?:\w+ ){0,3}without (?:you|asking|telling|permission)\b",
    r"\b(?:ask(?:ing)?|tell(?:ing)?|text(?:ing)?|call(?:ing)?) you (?:first |every time |each time |whenever |before )+i\b",
    r"\b(?:ask (?:for )?(?:your )?permission|block|unfriend|unfollow)\b",
    r"\b(?:stay|be|come) (?:at )?home (?:every|each|all|always|more|instead)\b",
    # One's own time: to be there at every moment, to answer at once, to be looked at, to prove it.
    r"\b(?:reachable|available|on call|online) (?:\w+ ){0,3}(?:at all times|at any (?:time|hour|moment)|any ?time|always|day (?:and|or) night|24|(?:a)?round the clock|whenever)\b",
    r"\b(?:always|constantly|permanently) (?:be |stay )?(?:reachable|available|on call|online)\b",
    r"\b(?:answer|reply|respond|pick up|(?:text|write|call|ring)(?: you)? back)(?: to)?(?: (?:you|your|every|all|each|any)(?: \w+){0,2})? (?:(?:with)?in|under|after) (?:\w+ ){1,3}(?:seconds?|minutes?|hours?)\b",
    r"\b(?:answer|reply|respond|pick up|(?:text|write|call|ring)(?: you)? back)(?: to)?(?: (?:you|your|every|all|each|any)(?: \w+){0,2})? (?:immediately|at once|(?:straight|right) away|instantly|every time|always|at all times|whenever|day (?:and|or) night)\b",
    r"\b(?:text|message|call|ring|write to) you (?:every|each) (?:\w+ )?(?:hours?|minutes?)\b",
    r"\balways (?:pick up|reply|(?:text|write|call|ring)(?: you)? back|answer (?:you|your|when|my|the phone))\b",
    r"\b(?:share|show|send|give|open|let|link|sync\w*) (?:\w+ ){0,4}my (?:\w+ ){0,2}(?:calendar|schedule|agenda|timetable|rota)\b",
    r"\b(?:camera|webcam) (?:\w+ )?on\b|\b(?:as|with|have|show|send|give) (?:you )?(?:a )?proof\b|\bprove (?:to you|it to|where|that i)\b",
    r"\b(?:report (?:back )?to you|account for (?:my|every|each))\b",
    # Money.
    r"\b(?:money|cash|salary|wages?|pay ?(?:cheque|check|slip|day)s?|income|earnings|savings?|budget|allowance|receipts?|loans?|debts?|purchases?|(?<!call the )(?<!ring the )(?<!phone the )banks?|banking|paypal|wallet|purse)\b",
    r"\b(?:credit|debit|bank|my|your) cards?\b(?! (?:game|table))",
    r"\bspend(?:ing)? (?:less|nothing|anything|any|over|without|so much|too much|on)\b",
    r"\b(?:joint|your|my|our) account\b|\bmy (?:\w+ )?pay\b|\bbefore i (?:spend|buy|pay)\b",
    r"\b(?:not|never|stop|no longer) buy(?:ing)?\b|\b(?:buy|buying|purchase) (?:anything|nothing|something|it|things|new|clothes|stuff)\b",
)
FREER = re.compile("|".join(ABOUT), re.IGNORECASE)


def leaves_less_free(cue: str, act: str) -> bool:
    """Say whether a promise is about phones, passwords, places, clothes, friends, every moment of one's time, or money."""
    return bool(FREER.search(f"{cue}. {act}".replace("’", "'")))
