"""What the other put before somebody is out of their sight with one tap, and back with another."""

from __future__ import annotations

import pytest

from nearer.testing.people import Person
from tests.browser.conftest import send
from tests.browser.test_every_page import inspect

IDEA = "the phones are in the drawer: 41f7"


@pytest.mark.shows("F2")
@pytest.mark.rule("R11", "R3")
def test_sam_puts_an_idea_away_and_for_noor_it_stands_as_before(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    sam.go("/us")
    shelf = sam.page.get_by_role("link", name="Add a photo").get_attribute("href") or ""
    plans = shelf.replace("keepsakes/photo", "plans")
    send(noor, plans, plans, cue=IDEA, act="look up")
    sam.go("/")
    sam.sees(IDEA)

    sam.press("Put away for me")
    sam.sees_not(IDEA)
    noor.go("/")
    noor.sees(IDEA)

    sam.go("/us")
    sam.sees_not(IDEA)
    sam.page.get_by_role("link", name="Put away").click()
    sam.sees("A plan")
    assert inspect(sam.page, "put away") == []
    sam.press("Bring it back")
    sam.sees_not("A plan")
    sam.go("/us")
    sam.sees(IDEA)
