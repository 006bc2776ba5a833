"""What outlives a sitting: a pulse for oneself, and one plan that both say yes to."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from nearer.testing.people import Person, newcomer, sit_down
from nearer.testing.server import Copy
from tests.browser.test_the_floor import listen_once

SENTENCE = "When the kitchen is tidy, then we sit on the sofa."


def finish_a_floor(sam: Person, noor: Person, *, notes: tuple[str, str] = ("", "")) -> str:
    """Play one short floor to its end, and return its address."""
    path = sit_down(sam, noor)
    sam.play("SetTopic", topic="the drive home")
    noor.may("TakeTopic")
    noor.play("TakeTopic")
    sam.may("Heat")
    sam.play("Heat", "easy")
    noor.may("Heat")
    noor.play("Heat", "easy")
    sam.may("Volunteer")
    sam.play("Volunteer")
    listen_once(sam, noor, "I felt left out")
    noor.play("EndHere")
    for person, words in zip((sam, noor), notes, strict=True):
        person.may("Note")
        person.play("Note", words=words)
    sam.play("Keep", "no")
    noor.may("Keep")
    noor.play("Keep", "no")
    return path


def level(person: Person, name: str, number: int) -> None:
    """Choose one of the four steps."""
    person.page.locator(f'[name="{name}"][value="{number}"]').check(force=True)


@pytest.mark.shows("F2")
def test_a_pulse_is_for_oneself_alone(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    path = finish_a_floor(sam, noor)

    sam.sees("You did this together")
    sam.sees_not("In this time together I felt …")
    sam.page.get_by_role("link", name="Not now").click()
    sam.sees("In this time together I felt …")
    for name, number in (("understood", 10), ("accepted", 7), ("cared", 0), ("close", 3)):
        level(sam, name, number)
    sam.press("Keep it for me")
    sam.sees("Kept for you.")

    # Noor is asked for Noor's own, and is shown nothing of Sam's.
    noor.go(f"{path}?then=pulse")
    noor.sees("In this time together I felt …")
    noor.page.get_by_role("link", name="Not now").click()
    noor.page.wait_for_url(f"{noor.url}/")
    noor.go("/pulse")
    noor.sees("For you alone")
    noor.sees_not("3 of 10")

    sam.go("/us")
    sam.page.get_by_role("link", name="How it was for you").click()
    sam.sees(re.compile("^For you, on"))
    expect(sam.page.get_by_role("row", name="close to Noor 3 of 10")).to_be_visible()
    sam.sees("It is too early to say where these go.")
    sam.press("Remove")
    sam.sees_not("3 of 10")


def test_what_the_two_wrote_stays_in_sight_while_what_follows_is_passed_over(
    pair: tuple[Person, Person],
) -> None:
    sam, noor = pair
    finish_a_floor(sam, noor, notes=("You were alone with it", "Tired is not cross"))

    for person in (sam, noor):
        person.sees("Nothing that was said here is kept.")
        person.page.context.set_offline(True)
        person.page.get_by_role("link", name="Not now").click()
        person.sees("You are offline. You can keep writing.")
        person.page.context.set_offline(False)
        expect(person.page.get_by_text("You are offline.").first).to_be_hidden()
        person.page.get_by_role("link", name="Not now").click()
        person.sees("In this time together I felt …")
        for words in ("You were alone with it", "Tired is not cross"):
            person.sees(words)


def test_a_plan_and_the_yes_to_it_stand_at_once_on_the_last_screen_of_both(
    pair: tuple[Person, Person],
) -> None:
    sam, noor = pair
    finish_a_floor(sam, noor)
    noor.sees("One plan for the two of you?")
    sam.page.get_by_label("When …", exact=True).fill("the kitchen is tidy")
    sam.page.get_by_label("… then we …").fill("sit on the sofa")
    sam.press("Suggest it to Noor")
    noor.sees("Sam has an idea for the two of you")
    noor.press("Yes, let us")
    for person in (sam, noor):
        person.sees("You both said yes. It begins tomorrow.")
        person.sees(SENTENCE)
        person.sees("In this time together I felt …")


def test_whoever_writes_a_plan_or_chooses_how_it_was_is_not_disturbed_by_the_other(
    pair: tuple[Person, Person],
) -> None:
    sam, noor = pair
    finish_a_floor(sam, noor)
    sam.page.get_by_label("When …", exact=True).fill("the kitchen is")
    noor.page.get_by_label("When …", exact=True).fill("we come home")
    noor.page.get_by_label("… then we …").fill("sit on the stairs")
    noor.press("Suggest it to Sam")
    noor.sees("Suggested to Sam")
    level(noor, "understood", 10)
    expect(sam.page.get_by_label("When …", exact=True)).to_have_value("the kitchen is")
    sam.page.get_by_label("… then we …").fill("sit on the sofa")
    sam.press("Suggest it to Noor")
    sam.sees("Noor has an idea for the two of you")
    sam.press("Yes, let us")
    noor.sees("You both said yes. It begins tomorrow.")
    expect(noor.page.locator('[name="understood"][value="10"]')).to_be_checked()


def test_a_plan_takes_two_and_leads_today(pair: tuple[Person, Person], copy: Copy) -> None:
    sam, noor = pair
    finish_a_floor(sam, noor)

    # Sam proposes one line after the sitting, and can only wait or let it go.
    sam.sees("One plan for the two of you?")
    sam.page.get_by_label("When …", exact=True).fill("the kitchen is tidy")
    sam.page.get_by_label("… then we …").fill("sit on the sofa")
    sam.press("Suggest it to Noor")
    sam.sees("Suggested to Noor")
    expect(sam.page.get_by_role("button", name="Yes, let us")).to_have_count(0)

    noor.go("/")
    noor.sees("Sam has an idea for the two of you")
    noor.sees(SENTENCE)
    noor.press("Yes, let us")
    noor.sees_not("Sam has an idea for the two of you")
    copy.wait(timedelta(days=1, hours=6))
    for person in (noor, sam):
        person.go("/")
        person.sees("Your plan, the two of you")
        person.sees(SENTENCE)

    # Either lets it go, and nothing of it stays.
    noor.go("/us")
    noor.press("Let it go")
    noor.sees_not(SENTENCE)
    sam.go("/")
    sam.sees_not(SENTENCE)
    sam.sees("A little time for the two of you")


def test_a_plan_needs_no_javascript(browser: Browser, copy: Copy, pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    signed_in = noor.page.context.storage_state()
    plain = newcomer(browser, copy.url, "Noor", java_script_enabled=False, storage_state=signed_in)
    plain.go("/")
    plain.page.get_by_role("link", name="Make a plan").click()
    plain.press("Suggest it to Sam")
    plain.sees("Write one small thing the two of you do then.")
    plain.page.get_by_label("When …", exact=True).fill("the kitchen is tidy")
    plain.page.get_by_label("… then we …").fill("sit on the sofa")
    plain.press("Suggest it to Sam")
    plain.sees("Suggested to Sam")

    sam.go("/")
    sam.press("Yes, let us")
    plain.go("/")
    plain.sees(SENTENCE)
    plain.page.context.close()
