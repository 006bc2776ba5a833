"""The demo as anybody first meets it: two people who do not exist, in two windows of one page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from nearer.demo import making
from nearer.testing.server import Copy
from tests.browser.test_every_page import inspect
from tests.pictures import demo

LETTER = "A letter waits for you"


@pytest.fixture(name="stands")
def _stands(tmp_path: Path) -> Iterator[Copy]:
    with demo(tmp_path / "demo") as copy:
        yield copy


def windows(page: Page) -> tuple[FrameLocator, FrameLocator]:
    sam, noor = (page.frame_locator(f"[name=at-{name}]") for name in ("sam", "noor"))
    return sam, noor


@pytest.mark.shows("F1", "F3")
def test_two_windows_of_one_page_are_two_people_and_everything_is_set_back(
    browser: Browser, stands: Copy
) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce").new_page()
    page.goto(f"{stands.url}/demo")
    sam, noor = windows(page)
    expect(sam.get_by_role("heading", name="Hello, Sam")).to_be_visible()
    expect(noor.get_by_role("heading", name=LETTER)).to_be_visible()

    noor.get_by_role("button", name="Open the letter").click()
    expect(noor.get_by_text("counted out somebody's tablets twice").first).to_be_visible()
    sam.get_by_role("link", name="Us", exact=True).click()
    expect(sam.get_by_text("You may hear me practise.")).to_be_visible()
    expect(sam.locator("svg").first).to_be_visible()
    assert inspect(page, "both windows") == []

    making.put_in_place(stands.data / making.MADE, stands.data)
    sam.get_by_role("link", name="Practise", exact=True).click()
    expect(sam.get_by_role("heading", name="Hello, Sam")).to_be_visible()
    page.get_by_role("link", name="Back to the start").last.click()
    expect(noor.get_by_role("heading", name=LETTER)).to_be_visible()

    page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="<h1>A plain page</h1>"))
    sam.get_by_role("button", name="Quick exit").first.click()
    expect(sam.get_by_role("heading", name="A plain page")).to_be_visible()
    expect(noor.get_by_role("heading", name=LETTER)).to_be_visible()
    page.get_by_role("link", name="Back to the start").first.click()
    expect(sam.get_by_role("heading", name="Hello, Sam")).to_be_visible()

    alone = page.context.new_page()
    alone.goto(stands.url)
    expect(alone.get_by_text("Sam and Noor do not exist.")).to_be_visible()
    expect(alone.get_by_role("link", name="Create account").first).to_be_visible()
    page.context.close()
