"""What is offered the parking place, and what is left alone."""

import pytest

from nearer.practices.listening.moves import Ask, Clarify, Keep, Nod, Note, Reflect, Speak, Validate
from nearer.practices.listening.offers import Matter, offer


def reflected(words: str) -> Matter | None:
    return offer(Reflect(words=words, aloud=False))


@pytest.mark.parametrize(
    "words",
    [
        "Why don't you tell her?",
        "Why don’t we go earlier?",
        "You felt left out. Have you tried saying so?",
        "You could just leave earlier.",
        "We should talk to them first.",
        "Let's put it in the calendar.",
        "If I were you I would ask.",
        "Just ignore it.",
        "How about taking the train?",
        "What if we swap days",
        "so you were tired.\nwe could make a list",
        "“You should try to sleep more”",
    ],
)
def test_a_way_to_solve_it_is_offered_the_parking_place(words: str) -> None:
    assert reflected(words) is Matter.SOLUTION
    assert offer(Validate(words=words, aloud=False)) is Matter.SOLUTION
    assert offer(Ask(words=words[:200], aloud=False)) is Matter.SOLUTION


@pytest.mark.parametrize(
    "words",
    [
        "",
        "You should have been told.",
        "You could hear them laughing next door.",
        "You could not sleep.",
        "What I am hearing is that we should have left earlier.",
        "It sounds as if you felt you had to solve it alone.",
        "So for you it was like nobody asked.",
        "You need me to call when I am late.",
        "You said: let's not go, and I went.",
        "What would help you most?",
        "How about you, how was it?",
        "I am with you. It moves me to hear this.",
    ],
)
def test_saying_it_back_is_left_alone(words: str) -> None:
    assert reflected(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "By the way, the sink leaks.",
        "It was loud. And another thing: the car.",
        "While we're at it, your mother.",
    ],
)
def test_another_topic_is_offered_the_parking_place(words: str) -> None:
    assert offer(Speak(words=words, aloud=False)) is Matter.TOPIC
    assert offer(Clarify(words=words, aloud=False)) is Matter.TOPIC


def test_a_speaker_may_say_what_they_wish_for() -> None:
    assert offer(Speak(words="Let's go there again. We should call first.", aloud=False)) is None


def test_nothing_else_is_looked_at() -> None:
    assert offer(Note(words="Let's try it")) is None
    assert offer(Nod()) is None
    assert offer(Keep(keep=True)) is None
