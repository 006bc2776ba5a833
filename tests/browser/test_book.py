"""Sam and Noor leave something on one page, find it again, and take the book along."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from nearer.keepsakes.items import WAITS
from nearer.testing.people import Person
from nearer.testing.server import Copy
from tests.browser.test_every_page import inspect

LINE, BESIDE = "We got lost and found the lake", "You sang badly, and I loved it"


@pytest.mark.shows("Q7")
@pytest.mark.rule("R1")
def test_both_write_on_a_page_and_take_the_book_along(
    copy: Copy, bonded: tuple[Person, Person], tmp_path: Path
) -> None:
    sam, noor = bonded
    sam.go("/us")
    sam.page.get_by_role("link", name="Write a line").click()
    sam.fill("A line to keep", LINE)
    sam.press("Keep it for us both")
    expect(sam.page.locator(".page blockquote")).to_have_text(LINE)
    shelf = sam.page.url.removeprefix(sam.url)
    noor.go(shelf)
    noor.sees_not(LINE)
    copy.wait(WAITS)
    noor.go("/")
    noor.page.get_by_role("link", name="Read it").click()
    noor.page.get_by_role("link", name="Write on the page").click()
    noor.fill("A line to keep", BESIDE)
    noor.press("Keep it for us both")
    expect(noor.page.locator(".page blockquote")).to_have_count(2)
    copy.wait(WAITS)

    sam.go(shelf)
    expect(sam.page.locator(".page")).to_have_count(1)
    expect(sam.page.locator(".page blockquote")).to_have_text([LINE, BESIDE])
    assert inspect(sam.page, "the book") == []
    sam.fill("Find a page", "LAKE")
    sam.press("Find")
    sam.sees("One page")
    assert "lake" not in sam.page.url.casefold()
    sam.go(shelf)
    with sam.page.expect_download() as taken:
        sam.press("The whole book")
    whole = tmp_path / "book.html"
    taken.value.save_as(whole)
    assert whole.read_text(encoding="utf-8").index(LINE) < whole.read_text(encoding="utf-8").index(BESIDE)
