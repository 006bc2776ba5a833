"""Between the sittings of Closer: something shared, a promise, a heads-up, an apology, and a page of one's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from nearer.testing.people import Person
from nearer.testing.server import Copy
from tests.browser.test_every_page import looked_at

SHARED = "I worry that I talk too little"


def opens_drawer(person: Person, path: str) -> None:
    """Open a page of one's own with the passphrase."""
    person.go(f"/again?next={path}")
    person.page.locator("[name=passphrase]").fill(person.passphrase)
    sends(person, "Open it")


def writes(person: Person, **fields: str) -> None:
    """Write into the fields of a page."""
    for name, text in fields.items():
        person.page.locator(f"[name={name}]").first.fill(text)


def in_days(copy: Copy, days: int) -> str:
    """Return a day to come in a copy, as a calendar on the page has it."""
    return (copy.now + timedelta(days=days)).date().isoformat()


def sends(person: Person, name: str) -> None:
    """Press a button that sends something, and wait for the page that follows."""
    with person.page.expect_navigation():
        person.press(name)


@pytest.mark.shows("V1", "V2", "V3", "V4", "V5", "V8")
def test_a_worry_is_shared_on_its_own_and_received(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    opens_drawer(sam, "/closer/notes/mine")
    sam.page.locator("[name=feeling]").select_option("worry")
    writes(sam, words=SHARED)
    sends(sam, "Keep it for me")
    noor.go("/closer/notes")
    noor.sees_not(SHARED)
    sam.page.get_by_text("Share it with Noor").click()
    found = looked_at(sam, "drawer")
    sends(sam, "Help is welcome")
    noor.go("/")
    noor.sees("Sam shared something with you")
    noor.sees_not(SHARED)
    noor.page.get_by_role("link", name="Read it").click()
    noor.sees(SHARED)
    found += looked_at(noor, "shared")
    # Where a few words are missing the cursor waits, however far down.
    sends(noor, "This touched me")
    expect(noor.page.locator("textarea[name=words]")).to_be_focused()
    sends(noor, "Is there anything you want?")
    sam.go("/")
    sam.sees("Noor asks what you would like")
    sam.page.get_by_role("link", name="Read it").click()
    writes(sam, words="Ask me at dinner")
    sends(sam, "Tell Noor")
    noor.go("/closer/notes")
    noor.sees("Ask me at dinner")
    sends(sam, "Take it back")
    noor.go("/closer/notes")
    noor.sees_not(SHARED)

    opens_drawer(sam, "/closer/year")
    sam.page.locator('[name=count][value="7"]').check(force=True)
    sends(sam, "Keep it for me")
    sam.sees("It is too early to say where this goes.")
    assert found + looked_at(sam, "year") == []


@pytest.mark.shows("V9", "V10", "V11", "V12")
def test_a_promise_a_heads_up_and_an_apology(copy: Copy, pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    assert promises(copy, sam, noor) + gives_a_heads_up(copy, noor, sam) + apologises(sam, noor) == []


def promises(copy: Copy, sam: Person, noor: Person) -> list[str]:
    """Promise something that leaves both freer, which is noticed; that it did not happen stays with who promised."""
    noor.go("/")
    sam.go("/closer/words")
    writes(sam, cue="I am late", act="give you my phone", by=in_days(copy, 3))
    sam.page.locator('[name=bad_day][value="yes"]').check(force=True)
    sends(sam, "Promise it to Noor")
    sam.sees("A promise should leave you freer.")
    writes(sam, act="write to you")
    sends(sam, "Promise it to Noor")
    noor.sees("Sam promises something")  # on the page that is open
    noor.page.get_by_role("link", name="See your promises").click()
    noor.sees("write to you")
    found = looked_at(noor, "promises")
    sends(noor, "I noticed")
    sam.go("/closer/words")
    sam.sees("Noor noticed")
    sam.page.get_by_role("link", name="It did not happen").click()
    writes(sam, line="I forgot, and set an alarm")
    sam.page.locator('[name=tell][value="no"]').check(force=True)
    found += looked_at(sam, "not kept")
    sends(sam, "Save it")
    sam.sees_not("write to you")
    noor.go("/closer/words")
    noor.sees("write to you")
    noor.sees_not("alarm")
    return found


def gives_a_heads_up(copy: Copy, noor: Person, sam: Person) -> list[str]:
    """Say what one is deciding, and hear it said back before the view."""
    noor.go("/closer/ahead")
    noor.page.locator('[name=wish][value="view"]').check(force=True)
    writes(noor, deciding="the job in Leeds", feel="torn", by=in_days(copy, 3))
    found = looked_at(noor, "heads-up")
    sam.go("/")
    sends(noor, "Tell Sam")
    sam.sees("Noor would like your view")
    sam.go("/closer/ahead")
    writes(sam, words="You are torn about Leeds", view="I would wait a week")
    sends(sam, "Send it to Noor")
    noor.go("/closer/ahead")
    noor.sees("I would wait a week")
    return found


def apologises(sam: Person, noor: Person) -> list[str]:
    """Apologise without a "but", and be answered in the other's own time."""
    sam.go("/closer/again")
    writes(sam, did="I was late", landed="You waited, but not long")
    sends(sam, "Tell Noor")
    sam.sees("The word “but” tends to take back")
    writes(sam, landed="You waited in the rain")
    sends(sam, "Tell Noor")
    noor.go("/closer/again")
    noor.sees("You waited in the rain")
    found = looked_at(noor, "apology")
    sends(noor, "Thank you, not yet")
    sam.go("/closer/again")
    sam.sees("Thank you, not yet")
    return found
