"""The first two minutes: what a stranger reads, and the way from a link to the first sitting."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, expect

from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy

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


@pytest.mark.shows("F1", "F3", "F5")
def test_from_a_link_to_the_first_sitting_in_twelve_taps(sam: Person, noor: Person) -> None:
    sam.sign_up()
    sam.sees("What you can do alone")
    sam.go("/invite")
    sam.page.get_by_label("They are my").select_option("friend")
    sam.page.get_by_label("A question for you both").select_option(label=ASKED)
    sam.fill("Your answer", HIS)
    sam.press("Make an invitation")
    link = sam.page.locator("[data-invite-link]").inner_text()
    sam.go("/")
    sam.sees("Your answer is sealed")

    hand = Hand(noor)
    hand.open(link)
    noor.sees("Sam invites you")
    noor.sees(re.compile("Nothing is wrong"))
    noor.sees_not(HIS)
    hand.write(ASKED, HERS)
    hand.press("Create account")
    noor.sees(re.compile("Sam invites you"))
    hand.write("What shall we call you?", noor.name)
    hand.write("Username", noor.username)
    hand.write("Passphrase", noor.passphrase)
    hand.press("Create account")
    code = noor.page.locator("[data-recovery-code]").inner_text()
    hand.write("Type the code back", code)
    hand.press("Continue")
    noor.sees_not(HIS)
    hand.press("Join")
    noor.sees("You joined Sam")
    for words in (HIS, HERS):
        noor.sees(words)

    # Both pages look again by themselves.
    sam.sees("Is this who you meant?")
    sam.sees(HERS)
    sam.press("Yes, this is Noor")
    noor.sees("Begin with The Floor")
    hand.press("Start The Floor")
    noor.may("Ready")
    sam.press("Start The Floor")
    sam.play("Ready")
    expect(noor.page.get_by_role("button", name="Ready").first).to_be_visible()
    hand.tap(noor.move("Ready").locator("button").first)
    for person in (sam, noor):
        expect(person.move("Pause")).to_have_count(1)
    assert sam.page.url == noor.page.url
    assert hand.taps <= MOST_TAPS

    noor.go("/")
    noor.sees("Your first answers")
    noor.press("Fold away")
    noor.sees_not(HIS)
    sam.go("/")
    sam.sees(HERS)


def test_an_answer_that_is_being_written_is_not_lost(sam: Person, noor: Person) -> None:
    sam.sign_up()
    sam.go("/invite")
    sam.page.get_by_label("They are my").select_option("family")
    sam.fill("Your answer", HIS)
    sam.press("Make an invitation")
    link = sam.page.locator("[data-invite-link]").inner_text()
    noor.sign_up()
    noor.join(link)
    answer = noor.page.locator("textarea")
    answer.fill(HERS)
    # The page asks, hears that the bond is open now, and waits until nobody writes on it.
    sam.sees("Is this who you meant?")
    sam.press("Yes, this is Noor")
    sam.sees("Begin with The Floor")
    noor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(answer).to_have_value(HERS)
    noor.press("Answer, and see both")

    noor.sees(HIS)
    noor.sees("Begin with The Floor")
