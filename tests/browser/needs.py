"""What two people do in the Needs Mirror, step by step, in the words they see on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from nearer.testing.people import Person

TITLE = "Needs Mirror"
TIME_ALONE, COMFORT, WORDS, FREEDOM = 9, 10, 13, 8

type Look = Callable[[str], None]


def see_nothing(_name: str) -> None:
    """Look at no step in particular."""


def levels(person: Person, kind: str, row: str, answers: dict[int, int]) -> None:
    """Tap answers in a row of cards."""
    for card, level in answers.items():
        person.move(kind).locator(f'input[name="{row}-{card}"][value="{level}"]').check(force=True)


def map_and_guess(person: Person, mine: dict[int, int], theirs: dict[int, int], **met: int) -> None:
    """Say what matters, seal it, guess, and seal that."""
    person.may("Map")
    levels(person, "Map", "importance", mine)
    levels(person, "Map", "met", {int(card[1:]): level for card, level in met.items()})
    person.play("Map")
    person.may("Guess")
    levels(person, "Guess", "levels", theirs)
    person.play("Guess")


def every(level: int, **others: int) -> dict[int, int]:
    """Return one level for all cards but some, named `c9=4`."""
    return dict.fromkeys(range(16), level) | {int(name[1:]): n for name, n in others.items()}


def talk(
    owner: Person, other: Person, look: Look = see_nothing, *, need: str = "9", letters: bool = False
) -> None:
    """Choose a need, ask, answer, say back, and say whether that is it."""
    owner.may("Pick")
    owner.page.get_by_label(re.compile("Which need of yours|Your need")).select_option(need)
    owner.play("Pick")
    other.may("Ask")
    look("ask")
    other.play("Ask", words="What does it feel like when it is missing?")
    owner.may("Answer")
    look("answer")
    owner.play("Answer", words="Full, and a little cornered")
    other.may("Reflect")
    other.sees("It sounds as if you felt")
    look("reflect")
    other.play("Reflect", words="It sounds as if you felt cornered")
    owner.may("Check")
    look("check")
    owner.play("Check", "yes")
    if not letters:
        other.may("Notice")
        look("cue")
        other.play("Notice", words="Your voice went quiet. Was there something?")
        owner.may("SignMeans")
        look("sign")
        owner.play("SignMeans", "other")
        other.sees(f"{owner.name}: it was something else.")
    owner.may("Request")


def ask_and_plan(owner: Person, other: Person, look: Look = see_nothing) -> None:
    """Ask for one small thing, and make it a plan."""
    look("request")
    owner.play("Request", words="Would you take the children out on Saturday morning?")
    if (
        other.page.locator('form[data-move="Unfold"]').count()
        or owner.page.locator('form[data-move="Unfold"]').count()
    ):
        owner.play("Unfold")
    other.may("Reply")
    look("reply")
    other.play("Reply", "another", words="Sunday is better for me")
    other.may("Plan")
    look("plan")
    other.play("Plan", cue="breakfast is over", act="have two hours apart", days=3)
    owner.may("Agree")
    look("agree")
    owner.play("Agree", "yes")
    expect(other.page.locator("h1").first).to_have_text("That is a plan")
