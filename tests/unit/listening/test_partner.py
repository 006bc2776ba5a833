"""What a practice partner says on the Floor: it quotes, it claims nothing, and it never advises or weighs."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nearer.practices.listening import moves
from nearer.practices.listening.moves import (
    Check,
    Clarify,
    Feel,
    Fit,
    Heat,
    Keep,
    More,
    Reflect,
    SetTopic,
    Speak,
    Swap,
    TakeTopic,
    Variant,
    Volunteer,
)
from nearer.practices.listening.offers import offer
from nearer.practices.listening.partner import LINES, PERSONAS
from nearer.practices.listening.personas import Speaker
from nearer.practices.listening.protocol import Listening
from nearer.protocol import Move, Ready, Seat
from nearer.protocol.partner import Partner, Script, words_of
from nearer.testing.examples import examples
from nearer.testing.rehearsing import rehearse
from tests.unit.listening.floor import GUEST, HOST, NOT_ENOUGH, YES, clarify, play, reflect, speak

SCRIPT: Script[Speaker] = Script(personas=PERSONAS, lines=LINES, plain=("Plain.",))
SEEDS = range(60)
SPEAK_ALOUD = Speak(words="", aloud=True)
SHOUTS = re.compile(
    r"!|\byou should\b|\byou must\b|\bwell done\b|\bgood (?:job|listening)\b|\bwrong\b", re.IGNORECASE
)


def partner(seed: int = 1) -> Partner[Speaker]:
    return Partner(script=SCRIPT, persona=PERSONAS[seed % len(PERSONAS)], seed=seed, seat=GUEST)


def talk(first: Seat, *turns: tuple[Seat, Move], variant: Variant = Variant.EVERYDAY) -> Listening:
    """One of them has the floor; whose good news it is has it at once."""
    topic = [(first, SetTopic(topic="the week", variant=variant)), (first.other, TakeTopic())]
    calm = [(HOST, Heat(level=Feel.EASY)), (GUEST, Heat(level=Feel.EASY)), (first, Volunteer())]
    opening = [(HOST, Ready()), (GUEST, Ready()), *topic, *(calm if variant is not Variant.GOOD else [])]
    return play(Listening.begin(), *opening, *turns)


def mine(*turns: Move, variant: Variant = Variant.EVERYDAY) -> Listening:
    """The person has the floor."""
    return talk(HOST, *[(HOST, move) for move in turns], variant=variant)


def theirs(*turns: tuple[Seat, Move], variant: Variant = Variant.EVERYDAY) -> Listening:
    """The script has the floor."""
    return talk(GUEST, (GUEST, speak("My own story.")), *turns, variant=variant)


def said(position: Listening, seed: int) -> str:
    move: Any = partner(seed).answer(position, [])
    assert move is not None
    return " ".join(words_of(move))


def everything_said() -> list[Move]:
    return [
        move
        for seed in range(examples(300))
        for _, move in rehearse(Listening, SCRIPT, seed)[1]
        if words_of(move)
    ]


def test_the_four_have_names_manners_and_stories_of_their_own() -> None:
    assert len(PERSONAS) >= 4
    stories = [str(story.topic) for persona in PERSONAS for story in (*persona.stories, *persona.news)]
    listening = [str(words) for p in PERSONAS for words in (*p.heard, *p.sense, *p.asks)]
    for own in (stories, listening):
        assert len(own) == len(set(own))
    assert all(len(persona.stories) >= 3 and persona.news for persona in PERSONAS)


def test_every_story_fits_its_fields() -> None:
    for persona in PERSONAS:
        for story in (*persona.stories, *persona.news):
            moves.Note(words=str(story.note))
            assert 2 <= len(story.says) <= 3
            assert len(story.missing) >= 2


def test_it_says_back_by_quoting_what_was_written() -> None:
    heard = {said(mine(speak("The bus left early. I ran.")), seed) for seed in SEEDS}

    assert all("“The bus left early”" in words or "“I ran”" in words for words in heard)
    assert len(heard) > 8


def test_an_added_part_is_quoted_as_the_missing_one() -> None:
    adding = mine(
        speak(),
    )
    adding = play(
        adding, (GUEST, reflect()), (HOST, Check(answer=Fit.NEARLY)), (HOST, clarify("It was late."))
    )

    assert all("“It was late”" in said(adding, seed) for seed in SEEDS)


@pytest.mark.parametrize("variant", [Variant.EVERYDAY, Variant.GOOD])
def test_what_was_said_aloud_it_says_it_cannot_hear(variant: Variant) -> None:
    for seed in SEEDS:
        words = said(mine(SPEAK_ALOUD, variant=variant), seed)
        assert "script" in words
        assert "would" in words


def test_a_say_back_aloud_is_met_with_the_same_honesty() -> None:
    aloud = theirs((HOST, Reflect(words="", aloud=True)))

    for seed in SEEDS:
        assert partner(seed).answer(aloud, []) == Check(answer=Fit.NEARLY)
        adding = play(aloud, (GUEST, Check(answer=Fit.NEARLY)))
        assert "script" in said(adding, seed)


def test_about_one_in_three_say_backs_is_nearly_and_the_next_one_is_it() -> None:
    first = [partner(seed).answer(theirs((HOST, reflect())), []) for seed in range(300)]
    again = theirs(
        (HOST, reflect()), (GUEST, Check(answer=Fit.NEARLY)), (GUEST, clarify()), (HOST, reflect())
    )

    assert 60 < first.count(Check(answer=Fit.NEARLY)) < 140
    assert first.count(YES) == 300 - first.count(Check(answer=Fit.NEARLY))
    assert all(partner(seed).answer(again, []) == YES for seed in SEEDS)


def test_it_says_yes_to_nonsense_as_to_anything_else() -> None:
    answers = [
        partner(seed).answer(theirs((HOST, reflect(words))), [])
        for words in ("asdf", "I see")
        for seed in SEEDS
    ]

    assert answers[: len(SEEDS)] == answers[len(SEEDS) :]


def test_its_own_story_is_told_once_through_and_named_at_the_start() -> None:
    for seed in SEEDS:
        now = talk(GUEST)
        topics = [str(story.topic) for story in partner(seed).persona.stories]
        assert any(topic in said(now, seed) for topic in topics)


def test_good_news_are_told_when_the_talk_is_about_good_news() -> None:
    for seed in SEEDS:
        now = talk(GUEST, variant=Variant.GOOD)
        assert any(str(story.topic) in said(now, seed) for story in partner(seed).persona.news)


def test_it_is_glad_in_all_three_ways() -> None:
    news = mine(speak("I got the part."), variant=Variant.GOOD)

    ways = {getattr(partner(seed).answer(news, []), "way", None) for seed in SEEDS}

    assert ways == set(moves.Glad)


def test_a_question_is_left_to_a_person_to_answer() -> None:
    asked = theirs(
        (HOST, reflect()), (GUEST, YES), (HOST, moves.Validate(words="", aloud=False)),
        (HOST, moves.Ask(words="How was that?", aloud=False)), (GUEST, More(more=True)),
    )  # fmt: skip

    assert all("question" in said(asked, seed) for seed in SEEDS)


def test_it_keeps_nothing_and_calls_it_enough() -> None:
    loop = [(HOST, reflect()), (GUEST, Check(answer=Fit.NO))]
    tired = theirs(*loop, (GUEST, clarify()), *loop, (GUEST, clarify()), *loop)

    assert partner().answer(tired, []) == moves.Enough(enough=True) != NOT_ENOUGH
    for seed in SEEDS:
        keeps = [move for _, move in rehearse(Listening, SCRIPT, seed)[1] if isinstance(move, Keep)]
        assert keeps == [Keep(keep=False)] * 2


def test_nothing_it_says_is_advice_praise_or_loud() -> None:
    for move in everything_said():
        assert offer(move) is None, move
        assert not SHOUTS.search(" ".join(words_of(move))), move


def test_it_waits_for_the_person_to_choose() -> None:
    for now in (
        play(Listening.begin(), (HOST, Ready()), (GUEST, Ready())),
        theirs((HOST, reflect()), (GUEST, YES)),
    ):
        assert partner().answer(now, []) is None
    swap = play(
        mine(speak()), (GUEST, reflect()), (HOST, YES), (GUEST, moves.Validate(words="", aloud=False))
    )
    swap = play(swap, (GUEST, moves.Ask(words="", aloud=False)), (HOST, More(more=False)))
    assert partner().answer(swap, []) is None
    assert partner().begin(swap, []) == Swap()
    opening = [(HOST, Ready()), (GUEST, Ready()), (HOST, SetTopic(topic="the week")), (GUEST, TakeTopic())]
    roles = play(Listening.begin(), *opening, *((seat, Heat(level=Feel.EASY)) for seat in Seat))
    assert isinstance(partner().begin(roles, []), Volunteer | moves.Coin)
    assert Clarify in LINES
