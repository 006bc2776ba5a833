"""A copy that nobody has set up: its operator does it in the browser, and invites the second person."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy
from tests.browser.test_every_page import inspect


@pytest.mark.shows("P1", "F3")
def test_from_the_code_in_the_log_to_an_invitation(browser: Browser, own_copy: Copy) -> None:
    robin = newcomer(browser, own_copy.url, "Robin")
    code = re.search(r"with the code (\S+)", own_copy.log.read_text(encoding="utf-8"))
    assert code
    robin.go("/")
    robin.page.get_by_role("link", name="Set it up").click()
    robin.page.get_by_label("The code from the log").fill(code[1])
    robin.press("Go on")
    robin.page.get_by_role("link", name="Begin anew").click()
    robin.page.get_by_label("Who runs it").fill("Robin Vale")
    found = inspect(robin.page, "the place")
    robin.press("Save and go on")

    robin.page.get_by_role("heading", name="For the day the machine is gone").wait_for(timeout=60_000)
    found += _looks_at_the_other_way(robin)
    with robin.page.expect_download() as kit:
        robin.page.get_by_role("link", name="Download the rescue kit").click()
    assert "run by Robin Vale" in kit.value.path().read_text(encoding="utf-8"), "it has started anew"
    robin.page.get_by_role("link", name="I have put it in a safe place").click()
    robin.page.get_by_label("What shall we call you?").fill("Robin")
    robin.page.get_by_label("Username").fill("robin")
    robin.page.get_by_label("Passphrase", exact=True).fill("kite meadow anchor flute")
    robin.page.get_by_label("They are my").select_option(label="friend")
    found += inspect(robin.page, "the people")
    robin.press("Create account")
    robin.page.get_by_label("Type the code back").fill(
        robin.page.locator("[data-recovery-code]").inner_text()
    )
    robin.press("Continue")

    expect(robin.page.locator("[data-invite-link]")).to_be_visible()
    robin.go("/setup")
    expect(robin.page.get_by_role("heading", name="The code")).to_have_count(0)
    assert found == []
    robin.page.context.close()


def _looks_at_the_other_way(robin: Person) -> list[str]:
    """Try to bring back what is no backup; return what is wrong with that page."""
    robin.go("/setup/restore")
    for label in ("The records", "The key store", "What opens them"):
        robin.page.get_by_label(label).set_input_files(
            {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no backup, and no key"}
        )
    robin.press("Bring it back")
    expect(robin.page.get_by_text("There is no key in this file.", exact=True)).to_be_visible()
    found = inspect(robin.page, "bringing a backup back")
    robin.go("/setup/kit")
    return found
