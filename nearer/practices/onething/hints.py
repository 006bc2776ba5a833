"""Quiet hints about what somebody is about to say in One Thing, for its author alone. Nothing is held back by one.

They keep to one thing: words that invite an argument about the word, that name the person rather than what happened, that
say what the other thinks, that reach back to something else, or that bring in other people. English only, and better to
miss many than to stop somebody once without need: `docs/hints.md` has the figures.
"""

from __future__ import annotations

import re
from enum import StrEnum

from nearer.content.heavy import is_heavy
from nearer.parts.moves import Clarify, Note, Plan, Speak, Validate
from nearer.practices.onething.moves import Add, Begin, Circles, Correct, Ideas, Kinder, SetIssue, Under, View
from nearer.protocol import Move
from nearer.protocol.moves import written_in


class Hint(StrEnum):
    """What a hint is about."""

    HEAVY = "heavy"  # it points to harm or fear
    ABSOLUTE = "absolute"  # always, never
    LABEL = "label"  # the person, not what happened
    MIND = "mind"  # what the other thinks or means
    PAST = "past"  # something else, from before
    OUTSIDERS = "outsiders"  # other people
    ADVISERS = "advisers"  # what somebody who knows the law or the figures settles better


YOU_RE = r"you(?:[’']re| are)"
KIND = r"(?:an?|the|such an?|so|too|just|really|being|acting|like|a complete|a total|nothing but an?)"
YOU_HERE = r"\byou\b[^.!?]*"
NAMES = (
    r"(?:selfish|lazy|ridiculous|pathetic|childish|immature|impossible|crazy|insane|stupid|dumb|useless|hopeless|cold|heartless"
    r"|mean|cruel|controlling|manipulative|paranoid|hysterical|dramatic|needy|clingy|boring|spoiled|arrogant|stubborn|inconsiderate"
    r"|ungrateful|liar|idiot|loser|coward|baby|child|egoist|narcissist|jerk|hypocrite|psycho|failure|joke|mess|problem here|nightmare|bully|nag)"
)
SENTENCE = r"(?:^|[.!?…,;:\n]\s*|\b(?:and|but|because|that|so)\s+)[\"'“]?"
GLAD = (
    r"(?:make me (?:laugh|smile|feel|happy)|know (?:how|what|when)|knew|cheer|help|find|think of|remember|listen|look (?:nice|lovely|good)"
    r"|(?:make|bring) (?:me |us )?(?:coffee|tea|soup|breakfast|dinner|flowers)|look after me|take care of (?:me|us))"
)
NOT_BAD = r"(?:fail to|failed to|let me down|complain|complained|gave up|give up|forget to (?:kiss|hug|call)|know\b|mind\b|made me feel (?:bad|small))"

ABSOLUTE = re.compile(
    rf"(?<!do )(?<!did )(?<!have )(?<!wish )(?<!hope )\byou(?:[’']re| are)? (?:(?:always|constantly)\b(?! {GLAD})|never\b(?! {NOT_BAD}))"
    r"|\b(?:every single|each and every) (?:time|day|evening|weekend|morning|night)\b(?=[^.!?]*\byou\b)"
    r"|\bevery time\b(?=[^.!?]*\byou (?:don[’']t|do not|ignore|forget|embarrass|interrupt|refuse|walk away|leave)\b)"
    r"|\byou (?:don[’']t|do not) ever\b|\b(?:as usual|like always|as always|typical)\s*[.!?]?\s*$",
    re.IGNORECASE,
)
LABEL = re.compile(
    rf"\b{YOU_RE} (?!not\b|never\b|no\b)(?:{KIND} )*(?:\w+ )?{NAMES}\b(?! (?:of fresh|when it comes to cake))|\byou (?:\w+ )?(?:idiot|liar|coward|loser|jerk|hypocrite)\b"
    r"|\bwhat(?:[’']s| is) wrong with you\b|\b(?:all|the only thing) you care about is\b|\byou have no (?:sense|heart|shame|idea how to)\b"
    r"|\byou make me sick\b|\byou can[’']?t be trusted\b|\b(?:because you[’']re|because you are) (?:too |so )?(?:lazy|selfish|stupid)\b",
    re.IGNORECASE,
)
MIND = re.compile(
    r"\byou (?:only|just) (?:said|did|say|do|want|wanted) (?:that|this|it|to) (?:to|because|hurt|upset|annoy|punish|so)\b"
    r"|\byou (?:just |only )?(?:want|wanted) (?:me to (?:fail|feel (?:bad|guilty|small)|leave|suffer)|to (?:hurt|punish|annoy|upset|provoke|humiliate|control) me)\b"
    r"|\byou(?:[’']d| would) rather (?:be|have|see|do)\b(?![^.!?]*\?)|\byou wish you (?:had|were|could)\b|\byou(?:[’']re| are) (?:waiting|hoping) for me to\b"
    r"|\bi know (?:that )?you(?:[’']re| are| think| don[’']t| do not| want| hate| regret| secretly)\b|\byou (?:don[’']t|do not) (?:care|respect|love me|give a)\b"
    r"|\byou could(?:n[’']t| not) care less\b|\byou(?:[’']re| are) (?:doing|saying) (?:this|that|it) (?:on purpose|to (?:hurt|annoy|punish|upset|spite))\b"
    r"|\byou did (?:it|that|this) (?:on purpose|because you)\b|(?<!do )(?<!did )\byou think i(?:[’']m| am) (?:stupid|an? |not|too|lazy|crazy)",
    re.IGNORECASE,
)
PAST = re.compile(
    rf"{YOU_HERE}\b(?:last (?:year|summer|winter|spring|autumn|fall|month|christmas|easter)|(?:two|three|four|five|six|ten|many|\d+) (?:weeks|months|years) ago)\b"
    r"|\b(?:last (?:year|summer|winter|spring|autumn|fall|month|christmas|easter)|(?:two|three|four|five|six|ten|many|\d+) (?:weeks|months|years) ago),? (?:when )?you\b"
    r"|\b(?:just|same|exactly|again,?) (?:as|like) (?:that time|the time|when (?:you|we)|back (?:then|when)|last time|at (?:my|your|our|the) \w+)\b|,? like last time\b"
    r"|\bremember when you\b|\byou did (?:this|that|it|the same)(?: thing)? (?:in|at|when|last|back)\b|\bthat[’']s what you did (?:when|at|in|with)\b"
    r"|\bit[’']s the same as (?:at|with|when)\b|\bever since (?:we met|the wedding|we moved|you)\b|\bnot only\b[^.!?]*\byou also\b|\bback in (?:19|20)\d\d\b|\bfor years (?:now )?you\b",
    re.IGNORECASE,
)
OUTSIDERS = re.compile(
    r"\b(?:everyone|everybody|all (?:my|our|your) friends|my friends|my (?:mother|mum|mom|father|dad|sister|brother|family|parents|therapist|boss)|your own (?:mother|father|sister|brother|family)"
    r"|even your (?:mother|father|mum|mom|dad|sister|brother|friends)) (?:all )?(?:says?|said|thinks?|thought|agrees?|agreed|knows?|knew|sees?|noticed|warned|told me|was right|were right)\b"
    rf"|{SENTENCE}your (?:mother|father|mum|mom|dad|sister|brother|family|friends|ex) (?:keeps?|never|always|still|(?:is|are|was|were) (?:behind|right|wrong|to blame|the (?:same|problem)))\b"
    r"|\b(?:other|normal) (?:people|couples|wives|husbands|men|women|partners|mothers|fathers) (?:don[’']t|do not|manage|would|can|never|all|talk|ask)\b"
    r"|\b(?:just|exactly) like your (?:mother|father|mum|mom|dad|brother|sister|family|ex)\b|\bask (?:anyone|anybody|any of our friends)\b|\bnobody else (?:would|has to|puts up)\b",
    re.IGNORECASE,
)
ERRAND = (
    r"(?! (?:to (?:school|bed|nursery|(?:the|a|their) \w+)|out|home|swimming|with me|for (?:a|the|an)|at)\b)"
)
THREAT = re.compile(
    r"\b(?:i(?:[’']ll| will| am going to|[’']m going to|[’']m gonna)|i swear i(?:[’']ll| will)) (?:kill|hurt|hit|slap|beat|punch|strangle|destroy|ruin|break|smash) (?:you|your|him|her|them|everything)\b"
    r"|\byou(?:[’']ll| will| are going to|[’']re going to) (?:regret|pay for|be sorry\b(?! to\b))\b|\bi(?:[’']ll| will) make you (?:pay|sorry|regret|suffer)\b"
    rf"|\b(?:or else|and we(?:[’']re| are) (?:finished|done|over))\b|\bif you\b[^.!?]{{0,60}}\bi(?:[’']m| am|[’']ll| will)? (?:taking|take|be taking) the (?:kids|children|dog|house)\b{ERRAND}"
    rf"|\bi(?:[’']m| am|[’']ll| will) (?:taking|take) the (?:kids|children)\b{ERRAND}[^.!?]{{0,40}}\bif you\b|\bkeep it up and\b"
    r"|\b(?:say|do|try) (?:that|it|this) (?:again|once more) and (?:i(?:[’']ll| will)? (?:hit|slap|break|smash|hurt|kill|burn)|you(?:[’']ll| will) (?:see what|regret|be sorry))\b|\bi know where you\b"
    r"|\byou(?:[’']d| had)? better watch (?:it\b|your\b|out\b(?! for\b))|\bwatch your back\b|\bi(?:[’']ll| will) burn your\b(?! (?:toast|ears|tongue|fingers)\b)"
    r"|\b(?:i swear you(?:[’']ll| will) (?:see what|regret|be sorry)|i(?:[’']m| am) warning you)\b|\byou(?:[’']ll| will)? never see (?:the|your|our|my) (?:kids|children|son|daughter|boys?|girls?) again\b"
    r"|\btake the (?:kids|children)\b[^.!?]{0,40}\byou(?:[’']ll| will) never\b",
    re.IGNORECASE,
)
ADVISERS = re.compile(
    r"\b(?:divorc(?:e|ed|ing)|custody|child support|alimony|prenup\w*|(?:trial|legal) separation|get(?:ting)? separated|our separation"
    r"|(?:we|you|i|to|if) (?:should |might |could |want to |will )?(?:separate|split up|break up)(?! (?:the|our|my|your|by|into|washing|laundry|beds|bills)\b)"
    r"|(?:splitting|breaking) up (?:with|as a)|who (?:gets|keeps) the (?:kids|children|house|flat|dog)|(?:mov(?:e|ed|ing)|throw\w*|kick\w*) (?:me |you )?out(?: of (?:the|our) (?:house|flat|home))?$"
    r"|money|debts?|loans?|mortgage|salary|wages|savings|inheritance|bankrupt\w*|gambl\w+|bank account|joint account|credit cards?)\b(?!-)",
    re.IGNORECASE,
)
WAYS = {
    Hint.LABEL: LABEL,
    Hint.ABSOLUTE: ABSOLUTE,
    Hint.MIND: MIND,
    Hint.PAST: PAST,
    Hint.OUTSIDERS: OUTSIDERS,
}
OWN_SIDE = tuple(WAYS)
FITS: dict[type[Move], tuple[Hint, ...]] = {
    **dict.fromkeys((SetIssue, Begin, Speak, Clarify, Correct, Circles, Kinder), OWN_SIDE),
    # It asks for what is older, and for whom that was with.
    Under: (Hint.LABEL, Hint.ABSOLUTE, Hint.MIND),
    # They ask what it is like for the other.
    View: (Hint.LABEL, Hint.OUTSIDERS),
    Validate: (Hint.LABEL, Hint.OUTSIDERS),
    # What shall be so each time is no accusation, nor is what was good before.
    **dict.fromkeys((Ideas, Add, Plan), (Hint.LABEL, Hint.MIND, Hint.OUTSIDERS)),
    Note: (Hint.LABEL, Hint.ABSOLUTE, Hint.MIND, Hint.OUTSIDERS),
}
"""What is looked for in which words. What somebody says back is the other's, and gets none."""


def hint(move: Move) -> Hint | None:
    """Say what its author might want to look at once more before it goes.

    Args:
        move: what is about to be played.

    Returns:
        One hint at most.
    """
    texts, fits = written_in(move), FITS.get(type(move), ())
    if any(is_heavy(words) or refuses(words) for words in texts):
        return Hint.HEAVY
    if isinstance(move, SetIssue) and any(map(for_advisers, texts)):
        return Hint.ADVISERS
    return next((found for words in texts if (found := about(words, fits))), None)


def about(words: str, fits: tuple[Hint, ...] = OWN_SIDE) -> Hint | None:
    """Say the same of words, by default of those with which somebody tells their side.

    Args:
        words: what was written.
        fits: what is looked for.
    """
    return next((name for name in fits if WAYS[name].search(words)), None)


def refuses(words: str) -> bool:
    """Say whether words threaten somebody; a sitting does not begin with those."""
    return bool(THREAT.search(words))


def for_advisers(words: str) -> bool:
    """Say whether a topic is one that somebody who knows the law or the figures can help with: parting, children, money."""
    return bool(ADVISERS.search(words))
