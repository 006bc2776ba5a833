"""Passkeys in a real browser, with a device made of software; and a shared device that locks itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy
from tests.browser.conftest import sign_up_quickly

DEVICE = {
    "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def kim(browser: Browser, copy: Copy) -> Iterator[Person]:
    """Somebody who opens the copy by name."""
    person = newcomer(browser, copy.url.replace("127.0.0.1", "localhost"), "Kim")
    sign_up_quickly(person)
    yield person
    person.page.context.close()


def give_device(person: Person, *, prf: bool) -> None:
    """Let the person's browser have a device that makes passkeys."""
    device = person.page.context.new_cdp_session(person.page)
    device.send("WebAuthn.enable", {"enableUI": False})
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**DEVICE, "hasPrf": prf}})


def log_out(person: Person) -> None:
    person.go("/settings")
    person.press("Log out")
    person.go("/login")


def say_it_is_you(person: Person, button: str) -> None:
    """Press what gives or takes a way in, and type the passphrase it asks for every time."""
    person.page.get_by_role("button", name=button, exact=True).click()
    person.fill("Passphrase", person.passphrase)
    person.press("Open it")


@pytest.mark.shows("P1")
def test_a_passkey_logs_in_and_opens_the_drawer(kim: Person) -> None:
    give_device(kim, prf=True)
    kim.go("/settings/passkeys")
    kim.sees(re.compile("copied to your Apple or Google account"))
    say_it_is_you(kim, "Add a passkey")
    kim.press("Add a passkey on this device")
    kim.sees("Logs you in and opens your words.")
    say_it_is_you(kim, "Add a passkey")
    kim.press("Add a passkey on this device")
    kim.sees("This device already has a passkey of yours.")

    log_out(kim)
    kim.press("Log in with a passkey")
    kim.page.wait_for_url(f"{kim.url}/")
    kim.go("/pulse")
    kim.press("Close the drawer")
    kim.go("/pulse")
    kim.sees("Unlock your private pages")
    kim.press("Open it with a passkey")
    expect(kim.page.get_by_role("heading", name="For you alone")).to_be_visible()

    kim.go("/settings/passkeys")
    kim.press("Remove")
    kim.press("Open it with a passkey")
    kim.sees("Add a passkey")
    log_out(kim)
    kim.press("Log in with a passkey")
    kim.sees("We could not log you in with that passkey. Use your passphrase.")


def test_a_device_that_cannot_open_anything_says_so_before_it_is_kept(kim: Person) -> None:
    give_device(kim, prf=False)
    kim.go("/settings/passkeys")
    say_it_is_you(kim, "Add a passkey")
    kim.press("Add a passkey on this device")
    kim.sees(re.compile("This device’s passkey cannot open your words"))
    expect(kim.page.get_by_role("button", name="Remove")).to_have_count(0)
    kim.press("Keep it anyway")
    kim.sees("Says who you are. Your passphrase opens.")

    log_out(kim)
    kim.press("Log in with a passkey")
    kim.sees("Your passkey says who you are. Now your passphrase.")
    kim.fill("Passphrase", kim.passphrase)
    kim.press("Log in")
    kim.page.wait_for_url(f"{kim.url}/")


def test_somebody_who_stops_is_told_that_nothing_was_done(kim: Person) -> None:
    give_device(kim, prf=True)
    log_out(kim)

    kim.press("Log in with a passkey")

    kim.sees("Nothing was done. Try again, or use your passphrase.")


def test_a_shared_device_covers_its_page_and_locks_when_nobody_is_there(kim: Person) -> None:
    log_out(kim)
    kim.page.clock.install()
    kim.fill("Username", kim.username)
    kim.fill("Passphrase", kim.passphrase)
    kim.page.get_by_label("This is a shared device").check()
    kim.press("Log in")
    kim.page.wait_for_url(f"{kim.url}/")

    kim.page.clock.fast_forward("09:30")
    kim.page.keyboard.press("Tab")
    kim.page.clock.fast_forward("09:30")
    expect(kim.page).to_have_url(f"{kim.url}/")
    kim.page.clock.fast_forward("02:00")

    kim.page.wait_for_url(f"{kim.url}/login")
    kim.go("/settings")
    kim.page.wait_for_url(re.compile("/login"))
