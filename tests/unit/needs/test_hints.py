"""Quiet hints: better to miss many than to stop somebody once without need."""

from __future__ import annotations

import pytest

from nearer.practices.needs.cards import questions
from nearer.practices.needs.hints import Hint, hint
from nearer.practices.needs.moves import Answer, Ask, Request
from nearer.practices.needs.partner import LINES
from nearer.practices.needs.personas import PERSONAS

CLOSED = """Are you okay?|Do you feel loved by me?|Is it about work?|Did I do something?|Would you like a hug?
Have you thought about it?|You are angry, right?|So, do you want more time?|Isn’t that a lot?|is that enough
Would it help if I called?|Don't you want more of it?|Can you forgive me?|Well, was it that evening?"""
ACCUSING = """Why do you always shut down?|Why don’t you ever tell me?|Why can't you just relax?|What is wrong with you?
How could you forget?|You never ask me, why?|Why did you never tell me?|Don't you care?|Whose fault is that?
When will you finally talk?|Why are you so cold?|Why don’t you listen?|Do you always have to be first?"""
OPEN = """What do you miss most?|How do you notice it first?|Tell me more, if you like.|Why is this important to you?
Could you tell me more about it?|Can you say what it is like?|Would you tell me what happens in you then?
How could you tell that I was there?|In what moments are you most at ease?|What have you always wished for here?
Where in the week would it fit?|Why does it matter so?|What is it like for you, and is there more?
How could you use more of it?|What do you always look forward to?|When are you most yourself?"""
CONTROLLING = """Would you share your location with me?|Give me your phone password|Share your passwords with me
Can I check your messages in the evening?|Would you show me your bank account every month?|Tell me your passcode
Ask me before you spend anything|Text me every time you leave the house|Would you turn on location sharing?
Let me read your chats|Would you give me your salary to manage?|Always tell me where you are
Would you stop seeing your friends on Fridays?|Send me a photo of where you are at night|Hand over your bank card
Would you delete her number?|I would like to look through your phone|Would you not buy things without asking me?"""
FREE = """Would you hug me when I come home?|Would you sit with me for ten minutes after dinner?
Could you tell me on Sunday what your week looks like?|Would you put your phone away at dinner?
Would you ask me how my day was?|Would you text me when you are late?|Would you share your plans for the weekend?
Could we look at the budget together on Sunday?|Would you help me remember my password?|Would you check the oven?
Would you call me on Thursday evening?|Would you carry the shopping?|Would you read your poem to me?
Could you show me your new bike?|Would you tell me where you would like to go?|Would you answer my messages before bed?
Would you share the cost of the gift with me?|Would you send me a photo of the garden?
Would you take a walk with me, phones at home?|Let me know when you arrive safely on Friday"""


def each(lines: str) -> list[str]:
    return [text for line in lines.splitlines() for text in line.split("|")]


def asked(words: str) -> Hint | None:
    return hint(Ask(words=words, aloud=False))


def requested(words: str) -> Hint | None:
    return hint(Request(words=words, aloud=False))


@pytest.mark.parametrize(("texts", "found"), [(CLOSED, Hint.CLOSED), (ACCUSING, Hint.ACCUSING), (OPEN, None)])
def test_a_question_gets_its_hint(texts: str, found: Hint | None) -> None:
    assert {text: asked(text) for text in each(texts)} == dict.fromkeys(each(texts), found)


@pytest.mark.parametrize(("texts", "found"), [(CONTROLLING, Hint.FREER), (FREE, None)])
def test_a_request_that_would_control_gets_its_hint(texts: str, found: Hint | None) -> None:
    assert {text: requested(text) for text in each(texts)} == dict.fromkeys(each(texts), found)


def test_what_the_house_itself_suggests_gets_none() -> None:
    wants = [str(need.wants) for persona in PERSONAS for need in persona.needs]

    assert {asked(str(stem)) for stem in questions()} == {None}
    assert {requested(want) for want in wants} == {None}
    assert Ask in LINES


def test_only_questions_and_requests_are_looked_at() -> None:
    assert hint(Answer(words="Are you okay? You never ask.", aloud=False)) is None
    assert hint(Ask(words="", aloud=True)) is None
