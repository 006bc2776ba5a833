"""What a hint is for in One Thing, and what it leaves alone: the sentences of docs/hints.md."""

from __future__ import annotations

import pytest

from nearer.parts.moves import Clarify, Reflect, Speak
from nearer.practices.onething.hints import Hint, about, for_advisers, hint, refuses
from nearer.practices.onething.moves import Begin, SetIssue

POINTED = {
    Hint.ABSOLUTE: """
        You never ask how my day was; You always put your work first; Every time we plan something you forget it
        You're always on your phone at dinner; You never once stood up for me; You left the kitchen like that again, as usual
        You always have an excuse; I wash up because you never do
    """,
    Hint.LABEL: """
        You are so selfish; You're being childish; What's wrong with you; You're a liar; You are such a coward sometimes
        You're just lazy; You are impossible to live with; All you care about is football
    """,
    Hint.MIND: """
        You only said it to hurt me; You don't care about this family; You did it on purpose; I know you think I'm stupid
        You'd rather be with your friends; You want me to feel guilty; You couldn't care less about my work
    """,
    Hint.PAST: """
        You did the same thing in Italy; Remember when you forgot my birthday; Three years ago you said the same
        Last summer you walked out as well; It was just like when we moved
    """,
    Hint.OUTSIDERS: """
        My mother said you would do this; Everybody says so; Other couples manage it; Your mother is behind this
        All my friends think that too; You are just like your father
    """,
}
LEFT_ALONE = """
    I felt alone on Saturday, and I need to be asked; I was hurt when you left the table; I worry about the money
    I need half an hour when I come home; I would like us to decide that together; When the door slammed I got scared
    I felt small when you laughed; I miss our evenings; I was waiting with the coat on; It was hard for me to hear it from Tom
    I am never sure what you would like; I always get nervous before guests come; I never said how tired I was
    It would help me to know a day before; I feel torn about your mother's visit; My sister is coming on Sunday, and I am worried
    I felt proud of you, and left out too; You looked tired, and I did not ask; You said you would be home at seven
    You came at nine, and dinner was cold; You told the story before I could; You make me laugh, and then I forget what I wanted to say
    I do not know what you think; What did you mean by later?; I thought you were angry; Did you want me to come along?
    I got loud on Thursday; It was about the shopping; I was wrong about the time; The bicycle cost more than I expected
    I felt invisible at the party; Your friends were kind to me; I like your mother; We have been tired since last week
    I would like one evening without phones; I need to hear that we are all right; I am sad about how we talked yesterday
    Could we look at the plan for Friday?; I see it another way; I did not know that it mattered so much; I was afraid to say it
    I want to understand how it was for you; I feel responsible for everything at the moment; It is a mess in the hall, and it makes me nervous
    Nobody told me about the change; Everyone was there but me; I had hoped for a message; That was the moment I went quiet
    The child was crying, and I had no hands free; My boss called during dinner; I do not want to be the one who reminds us
    You never know what traffic is like; You always help me when I am ill; I feel stupid when I have to ask twice; It felt selfish to say no
    I was lazy that day, I admit it; I remember when we moved in here, it was the best summer; Ten years ago I would have run away
"""
THREATS = (
    "You'll regret this; I'll make you pay for it; I will hurt you; If you tell her I'm taking the children"
)
FOR_ADVISERS = """
    Whether we separate; The divorce papers on the table; Who gets the children at Christmas; Custody in the summer; The money for the car
    What we spend money on; Your debts; The loan from my brother; The joint account; My mother's inheritance; Getting divorced
    If we should split up; The mortgage; Gambling last weekend
"""
NOT_FOR_ADVISERS = """
    Saturday, when the guests stayed longer; The laundry that we separate by colour; The light that was left on in the hall
    Who picks the children up on Tuesday; The separate bedrooms; The holiday with your parents; That you came at nine; The school run
    How we split up the housework; The dinner that got cold; The house is a mess; The dog on the sofa; That you looked at your phone
    The bill for the restaurant was a surprise; We could split up the washing; Breaking up the fight between the children
    The court we play tennis on; The affair of the broken cup; That I was late for the parents' evening
"""
NO_THREATS = "I regret what I said; I will take the children to school; I hurt myself at work; If you like I will pay; You will be sorry to hear that the cat is ill"


def each(lines: str) -> list[str]:
    return [text.strip() for line in lines.splitlines() for text in line.split(";") if text.strip()]


@pytest.mark.parametrize("name", POINTED)
def test_most_of_what_invites_a_quarrel_gets_a_hint(name: Hint) -> None:
    texts = each(POINTED[name])
    found = [text for text in texts if about(text) is not None]

    assert len(found) / len(texts) >= 0.6, sorted(set(texts) - set(found))


def test_what_is_said_softly_is_left_alone() -> None:
    assert {text: about(text) for text in each(LEFT_ALONE) if about(text)} == {}


def test_threats_are_known_and_little_else_is() -> None:
    assert all(map(refuses, each(THREATS)))
    assert not [text for text in each(NO_THREATS) if refuses(text)]


def test_parting_children_and_money_are_known_in_a_topic_alone() -> None:
    named = each(FOR_ADVISERS)
    assert [text for text in named if hint(SetIssue(topic=text)) is not Hint.ADVISERS] == []
    assert [text for text in each(NOT_FOR_ADVISERS) if for_advisers(text)] == []
    assert hint(Speak(words=named[0], aloud=False)) is None


def test_only_ones_own_side_is_looked_at_and_fear_comes_first() -> None:
    words = "You never listen"
    assert hint(Begin(words=words, aloud=False)) is Hint.ABSOLUTE
    assert hint(Speak(words=words, aloud=False)) is Hint.ABSOLUTE
    assert hint(Clarify(words=words, aloud=False)) is Hint.ABSOLUTE
    assert hint(SetIssue(topic=words)) is Hint.ABSOLUTE
    assert hint(Reflect(words=words, aloud=False)) is None
    assert hint(Reflect(words="I am afraid of you", aloud=False)) is Hint.HEAVY
