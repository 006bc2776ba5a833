"""The first two minutes: what a stranger reads, and the way from a link to the first sitting."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from bench import walk
from nearer.testing.hand import Hand
from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy
from tests.browser.conftest import sign_up_quickly
from tests.browser.test_every_page import looked_at

MOST_TO_THE_REVEAL, MOST_TO_SPEAK, MOST_ON_THE_FLOOR, MOST_FOR_A_MAP = 12, 4, 16, 25
HIS, HERS = walk.ANSWERS
SEEN_WHOLE = """(button) => {
  const box = button.getBoundingClientRect();
  return [0.02, 0.98].every((y) => button.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height * y)));
}"""


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
def test_from_a_link_to_both_having_spoken_in_few_taps(sam: Person, noor: Person) -> None:
    sam.sign_up()
    sam.sees("What you can do alone")
    link, (host, guest) = walk.invite(sam), (Hand(sam), Hand(noor))
    sam.go("/")
    sam.sees("Your answer is sealed")

    found = []
    for place in walk.first_reveal(link, host, guest):
        if place == "invited":
            noor.sees(re.compile("Nothing is wrong"))
            noor.sees_not(HIS)
        # Sam's page has turned by itself, to a page on which there is nothing else yet.
        for person in (noor,) if place == "invited" else (sam, noor):
            found += looked_at(person, f"{place}, as {person.name}")
    assert host.taps + guest.taps <= MOST_TO_THE_REVEAL
    sam.page.get_by_role("link", name="Go on").click()
    sam.press("Yes, this is Noor")
    noor.page.get_by_role("link", name="Go on").click()
    noor.sees("Begin with The Floor")
    found += looked_at(noor, "first")

    host, guest = Hand(sam), Hand(noor)
    for place in walk.both_spoken(host, guest):
        assert place != "speaks" or host.taps <= MOST_TO_SPEAK
    assert host.taps + guest.taps <= MOST_ON_THE_FLOOR
    noor.go("/")
    host.taps = guest.taps = 0
    assert list(walk.needs_reveal(host, guest)) == ["opened"]
    assert max(host.taps, guest.taps) <= MOST_FOR_A_MAP
    assert host.fields == guest.fields == []
    assert found == []

    noor.go("/")
    noor.sees("Your first answers")
    noor.press("Put away for me")
    noor.sees_not(HIS)
    sam.go("/")
    sam.sees(HERS)


def seen_whole(person: Person, name: str) -> bool:
    """Whether a button is neither beyond an edge of a short phone nor under its tabs."""
    person.page.set_viewport_size({"width": 375, "height": 667})
    button = person.page.get_by_role("button", name=name, exact=True)
    person.page.evaluate("scrollTo(0, 0)")
    return bool(button.evaluate(SEEN_WHOLE))


def test_on_a_short_phone_what_one_taps_is_seen_without_scrolling(
    sam: Person, noor: Person, copy: Copy
) -> None:
    sign_up_quickly(sam)
    noor.page.goto(walk.invite(sam))
    noor.fill(walk.ASKED, f"{HERS}, in a kitchen that smelled of solder and oranges")
    assert seen_whole(noor, "Create account")
    noor.press("Create account")
    noor.finish_sign_up()
    assert seen_whole(noor, "Join")

    noor.press("Join")
    noor.sees(HIS)
    assert all(each.evaluate(SEEN_WHOLE) for each in noor.page.locator(".both > *").all())
    sam.go("/")
    sam.page.get_by_role("link", name="See both answers").click()
    sam.press("Yes, this is Noor")
    sam.write()
    sam.play("Ready")
    sam.play("SetTopic", topic="the garden")
    sam.play("Speak", words="I liked it more than I said.")
    copy.wait(timedelta(days=2, hours=3))
    noor.go("/")
    noor.sees(re.compile("Open until tomorrow"))
    assert seen_whole(noor, "Open the letter")


def test_an_answer_that_is_being_written_is_not_lost(sam: Person, noor: Person) -> None:
    sam.sign_up()
    link = walk.invite(sam)
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
    noor.page.get_by_role("link", name="Go on").click()
    noor.sees("Begin with The Floor")
