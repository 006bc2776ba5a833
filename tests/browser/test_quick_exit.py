"""Quick exit in a browser: the session is over at once, on every page; and nobody leaves who only marks a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from nearer.testing.people import Person
from nearer.testing.server import Copy
from tests.browser.cases import person
from tests.browser.test_every_page import Watch
from tests.browser.test_keepsakes import listen_for_posts

pytestmark = pytest.mark.rule("R9")

OUTSIDE = re.compile("wikipedia")
LOGIN = re.compile("/login")
COVERED = "'covered' in document.documentElement.dataset"


@pytest.fixture
def kim(browser: Browser, copy: Copy) -> Iterator[Person]:
    """Somebody with an account, whose browser finds the neutral site."""
    kim = person(browser, copy, "Kim")
    kim.page.context.route(OUTSIDE, lambda route: route.fulfill(body="<title>News</title>"))
    yield kim
    kim.page.context.close()


def by_button(page: Page) -> None:
    page.get_by_role("button", name="Quick exit").click()


def by_keys(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize("leave", [by_button, by_keys])
@pytest.mark.parametrize("path", ["/help", "/us", "/no-such-page"])
def test_the_session_is_over_on_the_server_at_once(
    browser: Browser, kim: Person, path: str, leave: Callable[[Page], None]
) -> None:
    kim.go(path)
    watch = Watch(kim.page, kim.url)
    copied = kim.page.context.cookies()

    leave(kim.page)
    kim.page.wait_for_url(OUTSIDE)

    assert watch.complaints == []
    # Whoever has a copy of the cookies from before, and none that says the browser has gone, finds nobody.
    other = browser.new_context()
    page = other.new_page()
    page.goto(f"{kim.url}/login")
    other.add_cookies(copied)  # type: ignore[arg-type]
    page.wait_for_function("fetch('/us').then((answer) => answer.url.includes('/login'))")
    page.goto(f"{kim.url}/us")
    expect(page).to_have_url(LOGIN)
    other.close()


def test_help_is_gone_from_the_history_too(kim: Person) -> None:
    kim.go("/us")
    kim.go("/help")
    by_button(kim.page)
    kim.page.wait_for_url(OUTSIDE)

    kim.page.go_back()
    expect(kim.page).to_have_url(LOGIN)


def test_the_help_page_can_still_send_nothing_but_that(kim: Person) -> None:
    kim.go("/help")
    sent = listen_for_posts(kim)

    for address in ("/", "/lock/more", "/pulse", "https://example.org/lock", "//127.0.0.2/lock"):
        tried = "(address) => fetch(address, {method: 'POST', body: 'yes to four'}).then(() => 1, () => 0)"
        assert kim.page.evaluate(tried, address) == 0, address
        kim.page.evaluate("(address) => navigator.sendBeacon(address, 'yes to four')", address)
    assert sent == []


@pytest.mark.parametrize("how", ["mouse", "touch", "wheel"])
def test_shift_with_a_click_or_a_tap_is_no_way_out(kim: Person, how: str) -> None:
    kim.go("/settings")
    box = kim.page.locator("main [name=name]").first.bounding_box()
    assert box
    at = (box["x"] + 20, box["y"] + box["height"] / 2)
    sent = listen_for_posts(kim)

    for _ in range(4):
        kim.page.keyboard.down("Shift")
        if how == "mouse":
            kim.page.mouse.click(*at)
        elif how == "wheel":
            kim.page.dispatch_event("body", "wheel", {"deltaX": 20})
        else:
            kim.page.dispatch_event("body", "pointerdown", {"pointerType": "touch"})
        kim.page.keyboard.up("Shift")
    assert not kim.page.evaluate(COVERED)

    # Nor does a tap between two of them leave the count as it was.
    for press in range(4):
        if press == 2:
            kim.page.dispatch_event("body", "pointerdown", {"pointerType": "touch"})
        kim.page.keyboard.press("Shift")
    assert not kim.page.evaluate(COVERED)
    assert sent == []

    kim.page.keyboard.press("Shift")
    kim.page.wait_for_url(OUTSIDE)


def test_shift_that_switches_the_keyboard_or_writes_capitals_is_no_way_out(kim: Person) -> None:
    kim.go("/settings")
    for held in ("Alt", "Control", "Meta"):
        kim.page.keyboard.down(held)
        by_keys(kim.page)
        kim.page.keyboard.up(held)
    field = kim.page.locator("main [name=name]").first
    field.fill("")
    for letter in "KIM":
        field.press(f"Shift+{letter}")
    assert not kim.page.evaluate(COVERED)

    by_keys(kim.page)
    kim.page.wait_for_url(OUTSIDE)
