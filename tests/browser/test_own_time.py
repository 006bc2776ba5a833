"""Sam and Noor say when they are free, where no script runs; neither finds anything of it on the other's pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from nearer.testing.people import Person

CALENDAR = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:canary47\r\nDTSTART:{day}T100000Z\r\nDURATION:PT1H\r\n"
    "RRULE:FREQ=DAILY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.mark.shows("Q6")
@pytest.mark.rule("R1")
def test_sam_sends_a_calendar_and_noor_taps_half_days(without_scripts: tuple[Person, Person]) -> None:
    sam, noor = without_scripts
    sam.go("/us")
    sam.page.get_by_role("link", name="When I am free").click()
    sam.page.get_by_role("link", name="Add a file").click()
    content = CALENDAR.format(day=f"{timezone.now() + timedelta(days=1):%Y%m%d}").encode()
    sam.page.set_input_files(
        "input[type=file]", {"name": "a.ics", "mimeType": "text/calendar", "buffer": content}
    )
    sam.press("Read it")
    sam.sees("Read on ")
    sam.sees_not("canary47")

    noor.go("/times")
    noor.sees_not("Read on ")
    noor.page.get_by_role("link", name="Tap half-days").click()
    noor.page.get_by_label("Evening").nth(1).check(force=True)
    noor.press("Keep it so")
    noor.sees("You tapped one.")
    noor.page.get_by_role("link", name="Say how they are").click()
    noor.page.get_by_label("Nothing before").fill("07:15")
    noor.press("Keep it so")
    sam.page.reload()
    sam.sees_not("You tapped one.")


@pytest.mark.shows("Q6")
def test_an_address_for_ones_own_calendar_is_shown_once_and_asks_for_no_session(
    pair: tuple[Person, Person],
) -> None:
    sam, _ = pair
    sam.go("/times/feed")
    sam.press("Make an address")
    sam.fill("Passphrase", sam.passphrase)
    sam.press("Open it")
    address = sam.page.locator("[data-invite-link]").inner_text()

    assert _asked(sam.page, address) == 200
    sam.go("/times/feed")
    expect(sam.page.locator("[data-invite-link]")).to_have_count(0)
    sam.press("Let it end")
    expect(sam.page.get_by_role("button", name="Make an address")).to_be_visible()
    assert _asked(sam.page, address) == 404


def _asked(page: Page, address: str) -> int:
    """Ask for an address as a calendar program does: with nothing of a session."""
    browser = page.context.browser
    assert browser is not None
    stranger = browser.new_context()
    try:
        return stranger.request.get(address).status
    finally:
        stranger.close()
