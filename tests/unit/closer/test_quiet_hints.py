"""Hints for an author alone: what a promise is about, and a "but" or an "if" in an apology."""

from __future__ import annotations

import pytest

from nearer.practices.closer.promises.hints import leaves_less_free
from nearer.practices.closer.repair.hints import NEXT, Word, hint

LESS_FREE = """
give you my phone at night; leave my phone unlocked; keep phones off the table; charge the phone in the kitchen
show you my messages; let you read my texts; delete my Instagram; tell you my password; give you the pin; change my PIN
share my location; turn on location; keep the tracker on; text you where I am; tell you when I leave; check in with you every hour
tell you who I am with; not wear that dress; only wear long skirts; dress the way you like; stop seeing Anna; stop meeting my friends
see my friends less often; not talk to Tom any more; ask you before I go out; hand over my bank card; save my receipts
give you half of my salary; transfer the money; spend less; not buy anything over 50
be reachable at all times; be always available; always be reachable for you; be available for you day and night; stay online whenever you are
answer within five minutes; reply in ten minutes; call you back within an hour; answer your messages at once; text you back straight away
pick up every time; always answer when you ring; always text back; answer all your calls in under a minute; share my calendar
give you access to my work calendar; let you see my calendar; sync my schedule with yours; send you proof; prove where I was
keep the camera on; report back to you every evening; account for every hour
give you half my pay; ask you before I spend; send you my live position; show you my bank statements
text you every hour; call you every two hours; send you a selfie from the bar; send you a photo when I am there; come straight home after work; not buy shoes; dress less loudly; tell you my pin
"""
FREE = """
phone you; phone my mother; phone the plumber; call a friendly taxi; call you in the lunch break; pay attention when you talk
not talk over you; wear my helmet; put on the kettle; spend ten minutes in the garden with you; signal when I need a break
be online for our call; leave work at five; tell you when I am upset; walk the dog; write to the landlord; come to bed by eleven
say how I feel before I leave the room; ask how your day was; stop and breathe before I answer; meet you at eight; top up the water
answer your question before Sunday; answer the landlord's letter within a week; reply to the school by Friday; always say goodbye
call my sister back; pick up the children in ten minutes; pick up bread on the way; answer honestly when you ask; put our evening in the calendar
buy a calendar for the kitchen; be available for our talk on Sunday; write back to the council; show you my drawing; be online at eight
tell you in time when I cannot come; keep Sunday afternoon free for us; look at our calendar together; always listen first; answer gently
be reachable on Tuesday while you are at the doctor's; turn the light on; share my umbrella; call back the doctor within a day; send the report
call the bank about the boiler; see your position in an argument
dress the children; check in on your mother; pin the note to the fridge; send you a photo of the cat; text you good night; call you every Sunday; buy bread
"""
BUT = """
I am sorry, but I was tired; I shouted, but you started it; But I did not mean it; I was late but only a little
"""
HOWEVER = """
I am sorry. However, I was tired; It was wrong. However, you were late too; I was loud, however.
"""
ALTHOUGH = """
It was wrong, although I was tired; I am sorry although you started it; I am sorry, though you were loud too
Although I am sorry, you were no better; I was unfair – although it was your idea
"""
IF = """
I am sorry if you felt hurt; If I hurt you, that was wrong; It was wrong if you think so; Sorry if it came across badly
"""
NEITHER = """
I did nothing but complain; It was not only late but unkind; I said “but you never listen” and that was unfair; I had no choice but to go
I was late, but that is no excuse; Everyone but me knew; I could not help but shout; It felt as if I did not care
I did not ask if you were tired; I wonder if you felt alone; Even if I was tired it was wrong; If I am honest, I was jealous
Although I was tired, it was wrong; I came late although I knew it mattered; I forgot it although I had promised; I left although you had asked me to stay
I shouted even though you were ill; It was unfair, although that is no excuse; It must have felt as though I did not care; However hard it is to say, I was unfair
I am sorry, however late this comes; I went although you were waiting; I thought it through; However you felt, I am sorry for my part
I butted in; I broke the butter dish; You were left with a what-if; ...; Es tut mir leid, aber ich war müde
"""


def each(lines: str) -> list[str]:
    return [text.strip() for line in lines.splitlines() for text in line.split(";") if text.strip()]


@pytest.mark.parametrize(("lines", "expected"), [(LESS_FREE, True), (FREE, False)], ids=["less free", "free"])
def test_a_promise_about_what_should_stay_ones_own_gets_a_note(lines: str, *, expected: bool) -> None:
    assert [act for act in each(lines) if leaves_less_free("the week is over", act) is not expected] == []
    assert not leaves_less_free("", "")


@pytest.mark.parametrize(
    ("lines", "word"),
    [(BUT, Word.BUT), (HOWEVER, Word.HOWEVER), (ALTHOUGH, Word.ALTHOUGH), (IF, Word.IF), (NEITHER, None)],
    ids=["but", "however", "although", "if", "neither"],
)
def test_a_but_and_an_if_get_a_hint_and_nothing_else_does(lines: str, word: Word | None) -> None:
    found = {text: hint({"did": "I was late", "landed": text}) for text in each(lines)}

    assert {text: got for text, got in found.items() if (got and got.word) != word} == {}
    assert all(got is None or got.part == "landed" for got in found.values())


@pytest.mark.parametrize(
    "text",
    [
        "Mon but était autre chose", "Mon premier but était de dormir", "Het was mijn schuld, but niet zo bedoeld",
        "Lo siento, but no fue mi intención", "Es war mein Fehler, but wer weiß",
    ],
)  # fmt: skip
def test_in_other_languages_nothing_is_said(text: str) -> None:
    assert hint({"did": text, "landed": text}) is None


def test_a_plan_for_next_time_may_have_an_if_and_a_condition_for_the_other_may_not() -> None:
    assert hint({NEXT: "If I get loud, I will go outside first"}) is None
    assert hint({NEXT: "I will be on time if you stop nagging"}) == (Word.IF, NEXT)
    assert hint({NEXT: "I will listen, but you have to as well"}) == (Word.BUT, NEXT)
