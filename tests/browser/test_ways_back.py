"""Back in after everything was lost, and out of reach of somebody who knows the passphrase."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy
from tests.browser.cases import kept_floor, move, page_of, two
from tests.browser.conftest import send

SAID = "I felt left out at dinner"
THREE_DAYS = timedelta(hours=73)
NEW = "harbour pebble violin"

Couple = tuple[Person, Person, str]


@pytest.fixture
def couple(browser: Browser, copy: Copy) -> Iterator[Couple]:
    """Sam and Noor, and the floor they kept, in which Sam spoke."""
    sam, noor = two(browser, copy, "Sam", "Noor")
    path = kept_floor(sam, noor, SAID, "a note")
    yield sam, noor, path
    for each in (sam, noor):
        each.page.context.close()


@pytest.fixture
def anew(browser: Browser, couple: Couple) -> Iterator[Person]:
    """Noor on another phone, with the new account that the page for whoever lost everything leads to."""
    sam, noor, _ = couple
    person = newcomer(browser, noor.url, "Noor again")
    person.go("/recover")
    person.page.get_by_role("link", name="I have lost both").click()
    person.page.get_by_role("link", name="Create account").click()
    person.finish_sign_up()
    let_in(sam, person)
    yield person
    person.page.context.close()


def six_words(someone: Person) -> list[str]:
    """Return what the two compare by voice."""
    return someone.page.locator("[data-check-words] li").all_inner_texts()


def let_in(sam: Person, anew: Person) -> None:
    """Ask with a link, compare the six words, and say yes."""
    anew.go("/settings")
    anew.page.get_by_role("link", name="Ask to be let back in").click()
    anew.press("Make a link to ask with")
    link = anew.page.locator("[data-invite-link]").inner_text()

    sam.page.goto(link)
    sam.sees("“Noor again” asks to be let back in")
    assert "#" not in sam.page.url, "what opens the request does not stay in the address"
    assert six_words(sam) == six_words(anew)
    assert len(six_words(sam)) == 6

    sam.press("Let them back in")
    sam.sees("Compare the six words first")
    sam.page.get_by_label("With Noor").check(force=True)
    sam.page.get_by_role("checkbox").check(force=True)
    sam.press("Let them back in")
    sam.fill("Passphrase", sam.passphrase)
    sam.page.keyboard.press("Enter")
    sam.sees("Noor is back on")


def test_whoever_lost_everything_is_let_back_in_by_the_other(
    copy: Copy, couple: Couple, anew: Person
) -> None:
    sam, noor, kept = couple
    anew.go("/back")
    anew.sees("They said yes")
    sam.go("/")
    assert SAID not in page_of(anew, kept), "three days pass first"

    copy.wait(THREE_DAYS)
    sam.go("/")
    sam.sees_not("Noor is back on")
    anew.go("/us")
    anew.page.locator(f'a[href*="{kept}"]').first.click()
    anew.page.locator("summary", has_text="What you kept").click()
    anew.sees(SAID)

    noor.go("/")
    noor.sees("A place you had in a bond went to another account")
    noor.go(kept)
    noor.sees_not(SAID)


@pytest.mark.rule("R15")
def test_whoever_lost_nothing_keeps_their_place(copy: Copy, couple: Couple, anew: Person) -> None:
    sam, noor, kept = couple
    noor.go("/")
    noor.sees("Somebody asks for your place beside Sam")
    noor.press("This is my place")
    noor.sees_not("Somebody asks for your place")

    copy.wait(THREE_DAYS)
    for each in (sam, noor, anew):
        each.go("/")
    assert SAID in page_of(noor, kept)
    assert SAID not in page_of(anew, kept)
    anew.go("/back")
    expect(anew.page.get_by_role("button", name="Make a link to ask with")).to_be_visible()


@pytest.mark.shows("F2")
def test_whoever_knew_the_passphrase_is_out_and_the_other_notices_nothing(
    browser: Browser, copy: Copy, couple: Couple
) -> None:
    sam, noor, kept = couple
    knowing = newcomer(browser, sam.url, "Sam", java_script_enabled=True)
    knowing.username, knowing.passphrase = sam.username, sam.passphrase
    knowing.log_in()
    seen = ("/", "/us", "/practise", "/settings", kept)
    before, old_code = [page_of(noor, path) for path in seen], sam.code

    sam.go("/settings")
    sam.page.get_by_role("link", name="Somebody may know my passphrase").click()
    sam.fill("Passphrase now", sam.passphrase)
    sam.fill("New passphrase", NEW)
    sam.press("Change it")
    sam.code = sam.page.locator("[data-recovery-code]").inner_text()
    sam.fill("Type the code back", sam.code)
    with sam.page.expect_navigation():
        sam.press("Continue")

    assert sam.code != old_code
    knowing.go("/us")
    expect(knowing.page).to_have_url(re.compile("/login"))
    knowing.fill("Username", knowing.username)
    knowing.fill("Passphrase", knowing.passphrase)
    knowing.press("Log in")
    expect(knowing.page).to_have_url(re.compile("/login"))
    stolen = {"username": sam.username, "code": old_code, "passphrase": "orbit kettle anchor"}
    assert "recover" in send(knowing, "/recover", "/recover", **stolen).lower()
    expect(knowing.page).to_have_url(re.compile("/login"))

    assert [page_of(noor, path) for path in seen] == before
    assert SAID in page_of(sam, kept)
    assert SAID in page_of(noor, kept)
    again = kept_floor(sam, noor, "said with the new key", "and noted")
    assert "said with the new key" in page_of(noor, again)
    move(sam, again, "Leave")
    knowing.page.context.close()
