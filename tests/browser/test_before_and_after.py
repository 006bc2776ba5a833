"""Two people look twice at how it is between them, off until both say yes, and either of them stops it at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from nearer.testing.people import Person
from nearer.testing.server import Copy
from tests.browser.test_every_page import inspect, looked_at

NOT_YET = "it begins once both of you would like it"


def come(person: Person, where: str) -> None:
    """Open the page, with the passphrase if the drawer has shut."""
    person.go(where)
    if person.page.get_by_role("heading", name="Unlock your private pages").count():
        person.fill("Passphrase", person.passphrase)
        person.page.get_by_role("button", name="Open it").click()


@pytest.mark.shows("F6")
@pytest.mark.rule("R13", "R18")
def test_two_looks_begin_with_both_and_end_with_either(copy: Copy, pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    sam.go("/us")
    sam.page.get_by_role("link", name="Before and after").click()
    where = f"{sam.page.url.removeprefix(sam.url)}"
    come(sam, where)
    complaints = inspect(sam.page, "before and after")
    sam.press("I would like that")
    sam.sees(NOT_YET)
    come(noor, where)
    noor.sees_not("That counts from the morning")
    noor.press("I would like that")
    noor.sees(NOT_YET)

    copy.wait(timedelta(days=1))
    for person in pair:
        come(person, where)
        person.sees("The first look")
    sam.page.get_by_role("link", name="Take it").click()
    complaints += looked_at(sam, "the first look")
    sam.page.get_by_role("radio", name="Picture 3 of 7").check(force=True)
    sam.press("Keep it for me")
    sam.sees("Your first look is kept")
    noor.go(where)
    expect(noor.page.get_by_role("link", name="Take it")).to_be_visible()
    noor.sees_not("is kept")
    assert complaints + inspect(sam.page, "one's own answers") == []

    noor.press("I would rather stop")
    noor.sees("I would like that")
    sam.go(where)
    sam.sees(NOT_YET)
    sam.sees("Your answers")
