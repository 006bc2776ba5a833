"""The other is told: an open Today shows what is new by itself, through one stream however many tabs are open."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy
from tests.browser.cases import move, post
from tests.browser.conftest import send, sign_up_quickly


@pytest.mark.rule("R11")
def test_an_open_today_shows_what_is_new_and_nothing_that_one_does_alone(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    listening: set[Page] = set()
    noor.page.context.on(
        "request", lambda asked: listening.add(asked.frame.page) if "/live/" in asked.url else None
    )
    noor.go("/")
    second = noor.page.context.new_page()
    second.goto(f"{noor.url}/")
    expect(second.get_by_role("heading", name="Hello, Noor")).to_be_visible()
    plans = re.search(r"/b/[0-9a-f-]+/plans", sam.page.content())
    assert plans

    post(sam, plans[0], plans[0], cue="the kitchen is tidy", act="sit on the sofa")

    for page in (noor.page, second):
        expect(page.get_by_text("Sam has an idea for the two of you")).to_be_visible()
    assert len(listening) == 1, "one of the two tabs listens for both"
    second.get_by_role("button", name="Yes, let us").click()
    for page in (sam.page, noor.page, second):
        expect(page.get_by_text("You both said yes. It begins tomorrow.")).to_be_visible()

    # Looking at a room is nobody's to hear; standing in it is.
    started = post(sam, "/practise/listening", "/practise/listening/start", mode="live")
    sitting = re.search(r'data-sitting="([0-9a-f-]+)"', started)
    assert sitting
    expect(noor.page.get_by_role("heading", name="Open now, for both of you")).to_be_visible()
    move(sam, f"/s/{sitting[1]}", "Ready")
    expect(noor.page.get_by_role("heading", name="Sam is in the room. Come in.")).to_be_visible()
    noor.page.get_by_role("link", name="Come in").click()
    expect(noor.page.locator("main[data-sitting]")).to_be_visible()


@pytest.mark.shows("F1")
def test_the_inviters_page_turns_when_somebody_joins(browser: Browser, copy: Copy) -> None:
    sam, noor = (newcomer(browser, copy.url, name) for name in ("Sam", "Noor"))
    for person in (sam, noor):
        sign_up_quickly(person)
    secret = sam.invite().split("#")[1]
    send(noor, "/j/", "/j/open", secret=secret)

    send(noor, "/j/", "/j/join")
    expect(sam.page.get_by_role("heading", name="Is this who you meant?")).to_be_visible()

    noor.go("/")
    noor.sees("You joined Sam")
    sam.press("Yes, this is Noor")
    noor.sees("You and Sam")
    for person in (sam, noor):
        person.page.context.close()
