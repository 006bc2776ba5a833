"""Good news, and something hard once two easy Floors are done: two people, two phones."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from nearer.testing.people import Person, sit_down


def easy_floor(sam: Person, noor: Person) -> None:
    """One floor on an easy topic, as short as it can be, not kept."""
    sit_down(sam, noor)
    sam.play("SetTopic", topic="our mornings")
    noor.may("TakeTopic")
    noor.play("TakeTopic")
    sam.may("Heat")
    sam.play("Heat", "easy")
    noor.may("Heat")
    noor.play("Heat", "easy")
    sam.may("Volunteer")
    sam.play("Volunteer")
    sam.play("Speak", value="yes")
    noor.may("Reflect")
    advice = noor.move("Reflect").locator('[name="words"]')
    noor.set(noor.move("Reflect"), "words", "Have you tried telling her?")
    noor.press("Pass it on")
    expect(noor.page.locator(".offer")).to_be_focused()
    expect(noor.page.get_by_role("button", name="Park it").first).to_be_in_viewport()
    advice.fill("")
    noor.page.get_by_text("Write instead").click()
    noor.play("Reflect", value="yes")
    sam.may("Check")
    sam.play("Check", "yes")
    noor.may("Validate")
    noor.play("Validate", words="")
    noor.play("Ask", words="")
    sam.may("More")
    sam.play("More", "no")
    sam.play("EndHere")
    for person in (sam, noor):
        person.may("Note")
        person.play("Note", words="")
    for person in (sam, noor):
        person.may("Keep")
        person.play("Keep", "no")


def too_warm(sam: Person, noor: Person) -> None:
    """While they are new to it, a topic that is warm for one of them can wait."""
    sit_down(sam, noor)
    sam.sees("Something hard opens here once you have done two easy ones together.")
    expect(sam.page.locator('[name="variant"][value="hard"]')).to_have_count(0)
    sam.play("SetTopic", topic="May")
    noor.may("TakeTopic")
    noor.play("TakeTopic")
    sam.may("Heat")
    sam.play("Heat", "easy")
    noor.may("Heat")
    noor.play("Heat", "touchy")
    for person in (sam, noor):
        person.sees("Something lighter today")
    noor.play("Leave")
    sam.sees("The sitting is over")


@pytest.mark.shows("L1", "L4", "L5")
def test_good_news_is_met_and_its_teller_says_whether_it_was(bonded: tuple[Person, Person]) -> None:
    sam, noor = bonded
    sit_down(sam, noor)
    sam.play("SetTopic", topic="the letter came", variant="good")
    noor.may("TakeTopic")
    noor.sees("the letter came")
    noor.play("TakeTopic")
    sam.may("Speak")
    noor.sees("one way of being glad with Sam")
    noor.sees_not(re.compile("say back", re.IGNORECASE))
    sam.play("Speak", words="I got the place")

    # No saying back: one of three ways of being glad, and no other box to write in.
    noor.may("Cheer")
    noor.may_not("Reflect")
    expect(noor.page.locator("main textarea")).to_have_count(1)
    noor.play("Cheer", "shows", words="It shows how you kept at it")
    sam.sees("It shows how you kept at it")
    sam.sees("Was Noor glad with you?")
    sam.play("Check", "nearly")
    sam.play("Clarify", words="I did it while working nights")
    noor.play("Cheer", "mark", words="Pancakes on Sunday")
    sam.play("Check", "no")
    sam.play("Clarify", "yes")
    # What was said aloud is tapped, and needs no word.
    noor.play("Cheer", "ask")
    sam.play("Check", "yes")
    sam.play("More", "no")
    noor.play("EndHere")
    for person in (sam, noor):
        person.may("Note")
        person.play("Note", words="")
    noor.may("Keep")


@pytest.mark.shows("F2", "L6")
def test_something_hard_opens_after_two_easy_floors_and_leaves_after_a_breath(
    bonded: tuple[Person, Person],
) -> None:
    sam, noor = bonded
    too_warm(sam, noor)
    for _ in range(2):
        easy_floor(sam, noor)

    sit_down(sam, noor)
    sam.play("SetTopic", topic="what happened in May", variant="hard")
    noor.may("TakeTopic")
    noor.play("TakeTopic")
    sam.may("Heat")
    sam.play("Heat", "touchy")
    noor.may("Heat")
    noor.play("Heat", "touchy")
    sam.may("Volunteer")
    sam.play("Volunteer")

    # What is hard to say leaves after a breath, and can be taken back until then.
    sam.page.clock.install()
    sam.page.reload()
    form = sam.move("Speak")
    sam.set(form, "words", "I was ashamed")
    sam.press("Pass it on")
    sam.sees("It leaves in five seconds.")
    sam.press("Take it back")
    sam.page.clock.run_for(6_000)
    expect(form.locator('[name="words"]')).to_have_value("I was ashamed")
    noor.may("Nod")
    sam.press("Pass it on")
    sam.sees("It leaves in five seconds.")
    sam.page.clock.run_for(6_000)
    noor.sees("I was ashamed")
