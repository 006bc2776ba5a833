"""Two people live with a rhythm: an hour a week that both chose, three weeks of it, a talk; and each looks at it twice a year."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from nearer.testing.people import Person
from nearer.testing.server import Copy
from tests.browser.conftest import bond_quickly, sign_up_quickly
from tests.browser.needs import comes_back
from tests.browser.test_every_page import inspect

DAY = timedelta(days=1)
TODAY = "Today, about 21:00"


def moves_on(copy: Copy, days: int, *people: Person) -> None:
    """Let some days pass, and let both come back."""
    copy.wait(days * DAY)
    for person in people:
        comes_back(person)


def agree(sam: Person, noor: Person) -> str:
    """Let one suggest the hour of this very day, a week from now, and the other say yes."""
    sam.go("/us")
    sam.page.get_by_role("link", name="Find a rhythm").click()
    where = sam.page.url.removeprefix(sam.url)
    sam.page.locator("[name=day]").nth(_weekday(sam)).check(force=True)
    sam.page.get_by_role("radio", name="21:00").check(force=True)
    sam.press("Suggest it to Noor")
    sam.sees("Suggested to Noor")
    noor.go("/")
    noor.sees("Sam suggests an hour for the two of you")
    noor.press("Yes, let us")
    noor.page.get_by_role("link", name="Begin our hour").wait_for()
    return where


def spend_it(sam: Person) -> list[str]:
    """Go through an hour, and leave out the practice."""
    sam.go("/")
    sam.sees(TODAY)
    sam.page.get_by_role("link", name="Begin our hour").click()
    found = inspect(sam.page, "an hour begins")
    sam.page.get_by_role("link", name="We are here").click()
    sam.page.get_by_role("link", name="Go on without it").click()
    sam.page.get_by_role("link", name="Said").click()
    sam.press("Put it in our calendars")
    sam.sees("It stands in your calendars")
    sam.page.get_by_role("link", name="The same again").click()
    sam.sees("That was your hour")
    return found


def stands_in_both_calendars(sam: Person, noor: Person) -> None:
    """Let each make an address for their own calendar program, and read there when the next hour is."""
    read: list[list[tuple[str, datetime, str]]] = []
    for person in (sam, noor):
        person.go("/times/feed")
        person.press("Make an address")
        if person.page.get_by_label("Passphrase").count():
            person.fill("Passphrase", person.passphrase)
            person.press("Open it")
        address = person.page.locator("[data-invite-link]").inner_text()
        entries = Calendar.from_ical(person.page.request.get(address).body()).walk("VEVENT")
        read.append(
            sorted((str(entry["uid"]), entry.decoded("dtstart"), str(entry["summary"])) for entry in entries)
        )
    assert read[0] == read[1]
    assert {when.hour for _uid, when, _title in read[0]} == {21}
    assert {title for _uid, _when, title in read[0]} == {"Reserved"}


def look_at_it(sam: Person, where: str) -> list[str]:
    """Answer a check-up, one question a screen, the good first."""
    sam.go(f"/again?next={where.replace('rhythm', 'check-up')}")
    sam.page.locator("[name=passphrase]").fill(sam.passphrase)
    sam.press("Open it")
    sam.page.get_by_role("link", name="With 4 questions").click()
    sam.page.locator("[name=good]").fill("We laugh at breakfast")
    sam.press("Next")
    expect(sam.page.locator("fieldset.item")).to_have_count(1)
    found = inspect(sam.page, "a question")
    for question in range(4):
        expect(sam.page.locator("fieldset.item")).to_have_count(1)
        sam.page.locator(f"[name=item_{question + 1}]").nth(4).check(force=True)
        with sam.page.expect_navigation():
            sam.press("Keep it for me" if question == 3 else "Next")
    sam.sees("This is the first time")
    sam.sees("We laugh at breakfast")
    return found + inspect(sam.page, "a check-up")


@pytest.mark.shows("F4", "F6", "Q6", "V8")
def test_an_hour_a_week_becomes_a_season_and_nobody_is_told_what_they_left_out(
    copy: Copy, sam: Person, noor: Person
) -> None:
    pair = (sam, noor)
    for person in pair:
        sign_up_quickly(person)
    bond_quickly(sam, noor, kin="partner")
    where = agree(sam, noor)
    found = spend_it(sam)
    stands_in_both_calendars(sam, noor)
    for person in pair:
        person.go(where)
        person.press("I would like a season")
        person.sees("You would like that.")
    found += inspect(sam.page, "a rhythm")
    moves_on(copy, 1, *pair)
    for person in pair:
        person.go(where)
        person.sees("You are in one, until")
    moves_on(copy, 21, *pair)
    for person, words in zip(pair, ("The soup on Sundays", "Phones in the drawer"), strict=True):
        person.go("/")
        person.page.get_by_role("link", name="Talk about it").click()
        person.sees_not("The soup on Sundays")
        person.page.locator("[name=keep]").fill(words)
        with person.page.expect_navigation():
            person.press("Lock it in")
    for person in pair:
        person.go(where.replace("rhythm", "season"))
        person.sees("The soup on Sundays")
        person.sees("Phones in the drawer")
    found += inspect(sam.page, "a talk") + look_at_it(sam, where)

    moves_on(copy, 55, *pair)
    for person in pair:
        person.go("/")
        person.sees(TODAY)
        person.sees_not("Three weeks lie behind you")
    assert found == []


def _weekday(person: Person) -> int:
    """Return which day of the week it is where somebody lives, from the page they look at."""
    person_day = person.page.request.get(f"{person.url}/").text()
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return next(n for n, name in enumerate(names) if f">{name} " in person_day)
