"""The first two minutes: what a stranger reads, and the way from a link to the first sitting."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, expect

from nearer.testing.people import PHONE, Person, newcomer
from nearer.testing.server import Copy
from tests.browser.test_every_page import PAGE_BUDGET, first_flight, inspect

MOST_TAPS = 12
ASKED = "What did you love doing when you were ten?"
HIS, HERS = "Climbing the walnut tree", "Building radios with my aunt"


@dataclass
class Hand:
    """A thumb on a phone that is counted: every tap, and every field it has to tap into.

    Attributes:
        person: whose.
        taps: how many so far.
    """

    person: Person
    taps: int = 0

    def open(self, link: str) -> None:
        """Tap a link somebody sent."""
        self.taps += 1
        self.person.page.goto(link)

    def tap(self, what: Locator) -> None:
        """Tap a button or a link."""
        self.taps += 1
        what.click()

    def press(self, name: str) -> None:
        """Tap the button with this name."""
        self.tap(self.person.page.get_by_role("button", name=name).first)

    def write(self, label: str, text: str) -> None:
        """Write into a field; one that is ready to type into needs no tap."""
        field = self.person.page.get_by_label(label).first
        if not field.evaluate("field => field === document.activeElement"):
            self.tap(field)
        self.person.page.keyboard.type(text)
        expect(field).to_have_value(text)


def looked_at(person: Person, name: str) -> list[str]:
    """Inspect the page somebody is on, and give them their phone back."""
    found = inspect(person.page, name)
    person.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert first_flight(person) <= PAGE_BUDGET, name
    return found


@pytest.mark.shows("F1")
def test_a_stranger_reads_what_closeness_is(browser: Browser, copy: Copy) -> None:
    stranger = newcomer(browser, copy.url, "Robin")
    stranger.go("/")

    stranger.sees("Be known, and be safe in it.")
    for heading in ("What emotional intimacy is", "It is not", "Why it is worth the effort"):
        expect(stranger.page.get_by_role("heading", name=heading)).to_be_visible()
    for said in ("To be known", "To be safe in it", "Attraction", "Shared hobbies"):
        stranger.sees(said)
    stranger.sees(re.compile("Nearer itself has not been studied"))
    read = stranger.page.locator("main").inner_text()
    assert len(read.split()) <= 2 * 230  # two minutes at the pace most adults read

    stranger.page.get_by_role("link", name="Create account").first.click()
    stranger.fill("What shall we call you?", stranger.name)
    stranger.fill("Username", stranger.username)
    stranger.fill("Passphrase", stranger.passphrase)
    stranger.page.get_by_role("button", name="Create account").dblclick()
    stranger.sees("Save your recovery code")


@pytest.mark.shows("F1", "F3", "F5")
def test_from_a_link_to_the_first_sitting_in_twelve_taps(sam: Person, noor: Person) -> None:
    sam.sign_up()
    sam.sees("What you can do alone")
    link, hand = invite_with_a_question(sam), Hand(noor)
    sam.go("/")
    sam.sees("Your answer is sealed")

    hand.open(link)
    noor.sees("Sam invites you")
    noor.sees(re.compile("Nothing is wrong"))
    noor.sees_not(HIS)
    found = looked_at(noor, "invited")
    hand.write(ASKED, HERS)
    hand.press("Create account")
    noor.sees(re.compile("Sam invites you"))
    sign_up(hand)
    noor.sees_not(HIS)
    hand.press("Join")
    noor.sees("You joined Sam")

    # Both pages look again by themselves.
    for person in (sam, noor):
        person.sees(HIS)
        person.sees(HERS)
        found += looked_at(person, f"joined, as {person.name}")
    sam.press("Yes, this is Noor")
    noor.sees("Begin with The Floor")
    found += looked_at(noor, "first")
    begin(hand, sam)
    assert hand.taps <= MOST_TAPS
    assert found == []

    noor.go("/")
    noor.sees("Your first answers")
    noor.press("Fold away")
    noor.sees_not(HIS)
    sam.go("/")
    sam.sees(HERS)


def invite_with_a_question(host: Person) -> str:
    """Invite, answer the question, and return the link."""
    host.go("/invite")
    host.page.get_by_label("They are my").select_option("friend")
    host.page.get_by_label("A question for you both").select_option(label=ASKED)
    host.fill("Your answer", HIS)
    host.press("Make an invitation")
    return host.page.locator("[data-invite-link]").inner_text()


def sign_up(hand: Hand) -> None:
    """Fill the sign-up page that is open, and save the recovery code."""
    person = hand.person
    hand.write("What shall we call you?", person.name)
    hand.write("Username", person.username)
    hand.write("Passphrase", person.passphrase)
    hand.press("Create account")
    code = person.page.locator("[data-recovery-code]").inner_text()
    hand.write("Type the code back", code)
    hand.press("Continue")


def begin(hand: Hand, host: Person) -> None:
    """Let both start the first practice from Today and be ready: they sit in the same room."""
    guest = hand.person
    hand.press("Start The Floor")
    guest.may("Ready")
    host.press("Start The Floor")
    host.play("Ready")
    hand.tap(guest.move("Ready").locator("button").first)
    for person in (host, guest):
        expect(person.move("Pause")).to_have_count(1)
    assert host.page.url == guest.page.url


def test_an_answer_that_is_being_written_is_not_lost(sam: Person, noor: Person) -> None:
    sam.sign_up()
    link = invite_with_a_question(sam)
    noor.sign_up()
    noor.join(link)
    answer = noor.page.locator("textarea")
    answer.fill(HERS)
    sam.sees("Is this who you meant?")
    sam.press("Yes, this is Noor")
    sam.sees("Begin with The Floor")
    # The page may look now; it does not load again while somebody writes on it.
    noor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(answer).to_have_value(HERS)
    noor.press("Answer, and see both")

    noor.sees(HIS)
    noor.sees("Begin with The Floor")
