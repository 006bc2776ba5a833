"""What a hint is for in One Thing, and what it leaves alone: the sentences of docs/hints.md."""

from __future__ import annotations

from typing import Any

import pytest

from nearer.parts.moves import Clarify, Note, Plan, Reflect, Speak, Validate
from nearer.practices.onething.hints import FITS, Hint, about, for_advisers, hint, refuses
from nearer.practices.onething.moves import Begin, Circles, Correct, Ideas, Kinder, SetIssue, Under, View
from nearer.practices.onething.protocol import DIALOGUE
from nearer.protocol import Move
from nearer.protocol.moves import rules_of

POINTED = {
    Hint.ABSOLUTE: """
        You never ask how my day was; You always put your work first; Every time we plan something you forget it
        You're always on your phone at dinner; You never once stood up for me; You left the kitchen like that again, as usual
        You always have an excuse; I wash up because you never do; You always take your mother's side when I say something about the house
        You never once asked me how the appointment went; Every single time you come home you go straight to the screen
    """,
    Hint.LABEL: """
        You are so selfish; You're being childish; What's wrong with you; You're a liar; You are such a coward sometimes
        You're just lazy; You are impossible to live with; All you care about is football; You are so selfish about the weekends
        You're acting like a child about the dishes; What is wrong with you that you cannot answer one message?
        You are completely useless with the children in the morning
    """,
    Hint.MIND: """
        You only said it to hurt me; You don't care about this family; You did it on purpose; I know you think I'm stupid
        You'd rather be with your friends; You want me to feel guilty; You couldn't care less about my work
        You only did that to make me look bad in front of your boss; You don't care about anything I say at dinner
        I know you regret moving here with me; You think I'm too stupid to handle the bank; You did it on purpose on Friday, to punish me
    """,
    Hint.PAST: """
        You did the same thing in Italy; Remember when you forgot my birthday; Three years ago you said the same
        Last summer you walked out as well; It was just like when we moved
        Last summer you did exactly the same with my parents; This is just like that time you left me at the station
        Remember when you forgot my birthday? It is that again
    """,
    Hint.OUTSIDERS: """
        My mother said you would do this; Everybody says so; Other couples manage it; Your mother is behind this
        All my friends think that too; You are just like your father; Everybody says you talk down to me; My sister thinks you treat me badly
        Normal couples talk about money before they spend it; You're just like your father when you shout; Ask anyone, you were rude to the waiter
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
    You never know what traffic is like; You always help me when I am ill; You always make coffee for me; I feel stupid when I have to ask twice; It felt selfish to say no
    I was lazy that day, I admit it; I remember when we moved in here, it was the best summer; Ten years ago I would have run away
    I felt alone on Saturday when you left the table, and I need to know when you are back; I miss how we used to walk after dinner
    I always get nervous before your parents come, and I need ten minutes with you first; Do you think I am too strict with the children?
    I never know what to cook on Thursdays and would like to plan it together; On Friday you came home at nine and I had waited with the soup
    When the door slammed I got scared, and I need us to speak quietly; I am selfish about my Sunday mornings, I know, and I still need them
    You said you would call at six and it got eight, and I was worried; I want us to decide together how long my mother stays
    My father is ill and I need you with me at the hospital on Tuesday; Last week I paid the rent alone and I felt overlooked
    I feel stupid when I cannot find the word in your language; The kitchen is a mess again and I am tired
    It hurt when you laughed at my plan in front of your friends; I need an evening without other people this month
    Could you tell me the day before when plans change?; You were quiet on the drive and I did not know why
    I would like everybody to eat at the same time on Sundays; I feel jealous of your colleagues because they have you all day
"""
THREATS = (
    "You'll regret this; I'll make you pay for it; I will hurt you; If you tell her I'm taking the children"
    "; You'd better watch out; I'll burn your things; I will take the kids and you will never see them again; You will never see your children again"
    "; If you leave tonight I will burn your things; One word to your mother and you will pay for it; Say that again and I break your phone"
    "; If you go I take the kids; I'll make sure you never see the children again; If you talk to him again, I swear you'll see what happens"
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
NO_THREATS = "I regret what I said; I will take the children to school; I hurt myself at work; If you like I will pay; You will be sorry to hear that the cat is ill; You had better watch out for the ice; I could kill for a coffee; We will never see him again; I'll burn your toast again; I will take the children to school if you cook; I'm going to break the bad news to you; Could we do it again and you choose?; I swear you said Tuesday"


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


FIELDS: dict[type[Move], tuple[str, str]] = {
    # By field: what gets a hint there, and what belongs there though it would get one where somebody tells their side.
    View: (
        "You want to win because you are so stubborn; You fear losing, you're a coward; It matters because you are just like your father",
        """You never get an evening for yourself; You want me to ask first, as I always say no; Last year you gave up the trip for me
        You may fear that I do not care; You want it to be fair; That you always come last; You would rather be asked; You want to feel safe""",
    ),
    Validate: (
        "Even if you are being childish it makes sense; My mother said you would feel that",
        "It makes sense that you never want to hear it again; You wish you had gone; Three years ago you had the same, so it makes sense",
    ),
    Correct: (
        "I want to be asked, because you never ask; I fear that you only said it to hurt me; I want a partner who is not lazy, you are so lazy",
        "I want to be asked before guests come; It matters because I need to sleep; I fear that we drift apart; That we both rest; A quiet Sunday",
    ),
    Under: (
        "You make me feel what I felt as a child, and you never stop; You did it on purpose; You are so cold",
        """My father said I was too much; Just like at school, when nobody waited for me; As a child I was the one who had to be quiet
        My mother knew everything better; It was the same as at my first job; My brother was right, and I was always wrong""",
    ),
    Circles: (
        "That you never shout again; Evenings, because you are so selfish with them; Everybody says it is your turn",
        "Seven hours of sleep; That my sister can visit; Sundays for us two; When we eat, and where; How often, up to twice a week; Nothing by phone",
    ),
    Kinder: (
        "Nothing, because you never do; I could wait, but you are impossible; I can try, as all my friends say",
        "I can ask before I decide; I send a message when I am late; I leave the room before I get loud; I do the dishes that day",
    ),
    Ideas: (
        "You stop being lazy; You only do it because you want to control me; Do it as other couples manage it",
        """You always take Tuesdays, I take Fridays; We never bring phones to the table; Each time we eat out you choose; Like last time, with a list
        We ask my mother whether she can come; You cook, I wash up; We do it in turns; A sign on the door; One weekend a month alone""",
    ),
    Plan: (
        "You come home, you liar; You are so late again that I am angry",
        "It is ten; I always put the phone away; You come home; We do it as last year; We sit down for ten minutes; The kettle boils; You never come late",
    ),
    Note: (
        "My part: I was late, but you always are; You did it on purpose, and I forgive you; Next time you are less selfish",
        """Thank you for listening; I got loud, and I am sorry; Next time I ask first; I understood how tired you were; You always make me laugh
        I liked it just like last time; Thank you for remembering; My part was the door; You stayed, and that helped""",
    ),
}


def of(kind: type[Move], words: str) -> Move:
    """Return a move with these words in one of its fields, and nothing of weight in the others."""
    rules = rules_of(kind)
    plain: dict[type, Any] = {str: "x", bool: False, int: 7}
    last = [name for name, rule in rules.items() if rule.is_said][-1]
    return kind(**{**{name: plain[rule.type] for name, rule in rules.items()}, last: words})


@pytest.mark.parametrize("kind", FIELDS)
def test_each_field_is_looked_at_for_what_does_not_belong_there(kind: type[Move]) -> None:
    pointed, soft = FIELDS[kind]

    seen = [text for text in each(pointed) if hint(of(kind, text))]
    assert len(seen) / len(each(pointed)) >= 0.5, seen
    assert {text: found for text in each(soft) if (found := hint(of(kind, text)))} == {}


def test_every_kind_of_words_is_looked_at_or_is_the_others_own() -> None:
    written = {kind for kind in DIALOGUE.moves if any(rule.is_said for rule in rules_of(kind).values())}

    assert written == {*FITS, Reflect}


@pytest.mark.parametrize("kind", FITS)
def test_what_is_said_softly_is_left_alone_in_every_field(kind: type[Move]) -> None:
    found = {text: hint(of(kind, text)) for text in each(LEFT_ALONE)}

    assert {text: why for text, why in found.items() if why not in {None, Hint.ADVISERS}} == {}
