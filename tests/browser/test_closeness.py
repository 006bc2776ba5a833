"""Two people see what grows between them: a picture a week, sealed until both are in, and a curve once both would like one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from nearer.testing.people import Person
from nearer.testing.server import Copy
from tests.browser.test_every_page import inspect

WEEK = timedelta(days=7)
SEALED, ASKED = "Your picture of this week is sealed", "Which picture fits the two of you this week?"


def pick(person: Person, where: str, level: int) -> None:
    person.go(where)
    person.page.get_by_role("radio", name=f"Picture {level} of 7").check(force=True)
    person.page.get_by_role("button", name="Lock my picture in").click()


def comes_out_on_paper(page: Page) -> None:
    """See that from a dark page it is printed on a light one: the drawing and its table, nothing to tap, and no wish of one's own."""
    page.reload()
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    for seen in (page.locator("svg.trend:visible"), page.get_by_role("table")):
        expect(seen).to_be_visible()
    for gone in ("header.bar", "nav.tabs", ".wish", ".closeness form:visible"):
        expect(page.locator(gone).and_(page.locator(":visible"))).to_have_count(0)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    page.emulate_media(media="screen")


@pytest.mark.shows("F6", "V8")
@pytest.mark.rule("R7")
def test_a_picture_a_week_becomes_a_curve_that_either_can_take_away(
    copy: Copy, bonded: tuple[Person, Person]
) -> None:
    sam, noor = bonded
    sam.go("/us")
    sam.page.get_by_role("link", name="Pick this week's picture").click()
    where = sam.page.url.removeprefix(sam.url)
    pick(sam, where, 3)
    sam.sees(SEALED)
    noor.go(where)
    noor.sees(ASKED)
    pick(noor, where, 4)
    for person in bonded:
        person.go(where)
        expect(person.page.locator(".both-pictures svg")).to_have_count(2)
        person.page.get_by_role("button", name="I would like the curve").click()
        person.sees("There is no curve to see now.")
    for mine, theirs in ((4, 4), (5, 4)):
        copy.wait(WEEK)
        pick(sam, where, mine)
        pick(noor, where, theirs)

    for person in bonded:
        person.go(where)
        person.sees("It is too early to say where this goes.")
        expect(person.page.locator("svg.trend:visible")).to_have_count(1)
        person.page.get_by_text("Read it as a table").click()
        expect(person.page.get_by_role("row")).to_have_count(4)
        person.page.get_by_role("link", name="1 year").click()
        expect(person.page.locator("svg.trend:visible")).to_have_count(1)
    comes_out_on_paper(noor.page)
    complaints = inspect(sam.page, "the curve")
    sam.go(where.replace("closeness", "thanks"))
    assert complaints + inspect(sam.page, "appreciations") == []
    noor.page.get_by_role("button", name="I would rather not have it").click()
    sam.go(where)
    sam.sees("There is no curve to see now.")
    expect(sam.page.locator("svg.trend")).to_have_count(0)
