"""Our Time as two people: what both would like and when, being there, a film, on one phone and in letters."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from nearer.testing.people import Person
from nearer.testing.server import Copy
from nearer.testing.table import Table
from tests.browser.cases import move
from tests.browser.steps import HALVES, LIKED
from tests.browser.test_between import sends
from tests.browser.test_every_page import looked_at

DAY = timedelta(days=1)
BEST = "The light on the water"


def taps(field: Locator) -> None:
    """Choose an answer of a card by keyboard, which brings the card as well."""
    field.focus()
    field.press("Space")
    expect(field).to_be_checked()


def locks_in(person: Person, kind: str, **ticked: str) -> None:
    """Tap answers of a row, as far as they are given, and lock them in."""
    form = person.move(kind)
    for name, value in ticked.items():
        taps(form.locator(f'[name="{name}"][value="{value}"]'))
    seq = person.page.locator("#stage").get_attribute("data-seq")
    person.press("Lock it in")
    expect(person.page.locator(f'#stage[data-seq="{seq}"]')).to_have_count(0)


@pytest.mark.shows("Q3", "Q4", "Q5", "Q6", "Q7")
def test_live_they_find_what_both_want_and_when_and_keep_how_it_was(
    copy: Copy, pair: tuple[Person, Person]
) -> None:
    sam, noor = pair
    path = sam.start("Our Time")
    noor.go(path)
    noor.play("Ready")
    sam.play("Begin", "find")
    found = looked_at(sam, "ten cards")
    locks_in(sam, "Wish", **{"levels-0": "3", "levels-1": "2"})
    noor.sees_not("says yes")
    noor.may_not("Take")
    wanted = (
        noor.page.locator(".wish legend").first.inner_text().split("\n")[-1].removeprefix("1 of 10").strip()
    )
    locks_in(noor, "Wish", **{"levels-0": "1", "levels-2": "3"})
    for person in pair:
        person.sees("You both would like this")
        expect(person.page.locator('[data-move="Take"]')).to_have_count(1)
    found += looked_at(noor, "what both would like")
    for person in pair:
        person.play("Take", "0")
    for person in pair:
        person.may("Free")
        locks_in(person, "Free", **HALVES)
    found += looked_at(sam, "times")
    for person in pair:
        person.play("Pick", "0")
    sam.move("Date").locator("button").first.click()
    noor.sees("Is it a date?")
    noor.play("Agree", "yes")
    for person in pair:
        person.go("/")
        person.sees(wanted[1:])
        person.sees("Your date")

    tells_of_it(copy, sam, noor)
    found += looked_at(sam, "behind them")
    lies_open_first(sam, noor, wanted)
    assert found == []


def tells_of_it(copy: Copy, sam: Person, noor: Person) -> None:
    """Days later both say how it was; what one has said opens when the other has."""
    copy.wait(4 * DAY)
    for person, words in ((sam, BEST), (noor, "")):
        person.go("/")
        person.page.get_by_role("link", name="Write a line").click()
        person.page.locator("[name=words]").fill(words)
        person.page.locator("[name=minutes]").select_option("60")
        taps(person.page.locator("#id_present input").last)
        sends(person, "Yes, gladly")
        if person is sam:
            noor.go("/our-time/both")
            noor.sees_not(BEST)
    for person in (sam, noor):
        person.go("/our-time/both")
        person.sees(BEST)
        person.sees("You would both do this again.")
        person.sees("about an hour together")
    noor.go("/pulse")
    noor.fill("Passphrase", noor.passphrase)
    noor.press("Open it")
    expect(noor.page.get_by_role("row", name="present 10 of 10")).to_be_visible()


def lies_open_first(sam: Person, noor: Person, wanted: str) -> None:
    """What both said of ideas stands: as they sit down again it lies open before any card."""
    path = sam.start("Our Time")
    noor.go(path)
    noor.play("Ready")
    sam.play("Begin", "find")
    for person in (sam, noor):
        person.sees("You each said so in your own time.")
        person.sees(wanted)


@pytest.mark.shows("Q3", "Q5", "Q6")
def test_in_between_cards_are_private_and_what_both_want_comes_with_a_new_day(
    copy: Copy, pair: tuple[Person, Person]
) -> None:
    sam, noor = pair
    found = []
    for person in pair:
        person.go("/practise/our-time")
        person.page.get_by_role("link", name="Ten cards").click()
        person.sees("Card 1 of 10")
        expect(person.page.locator("#idea")).to_be_focused()
        for _ in range(2):
            person.page.keyboard.press("Tab")
        with person.page.expect_navigation():
            person.page.keyboard.press("Enter")
        person.sees("Card 2 of 10")
        found += looked_at(person, "a card")
    sam.go("/our-time/mine")
    sam.page.locator("[name=text]").fill("walk to the old mill")
    sends(sam, "Write it down")
    copy.wait(DAY)
    noor.go("/our-time/cards")
    noor.sees("An idea of Sam")
    sends(noor, "I love it")
    noor.go("/our-time/both")
    noor.sees("Nothing yet")
    copy.wait(DAY)
    noor.go("/our-time/both")
    noor.sees("walk to the old mill")
    assert found + puts_it_forward(sam, noor) == []


@pytest.mark.shows("Q6")
def test_times_that_suit_both_stand_below_for_whoever_typed_before_they_were_found(
    pair: tuple[Person, Person],
) -> None:
    sam, noor = pair
    for person in pair:
        person.go("/times/halves")
        for box in person.page.locator("[name=halves]").all()[3:12]:
            taps(box)
        sends(person, "Keep it so")
    sam.go("/our-time/date")
    sam.page.locator("[name=act]").press_sequentially("walk to the old mill")
    sends(sam, "Look for a time")
    noor.go("/our-time/date")
    sends(noor, "Look in mine, too")
    for person in pair:
        person.go("/our-time/date")
        person.sees("These times suit you both.")
        for name in ("first", "second", "third"):
            expect(person.page.locator(f"[name={name}]")).not_to_have_value("")


def puts_it_forward(sam: Person, noor: Person) -> list[str]:
    """One suggests it, the other says yes, and one tap looks for another time."""
    noor.page.get_by_role("link", name="Find a time").click()
    noor.page.get_by_text("No time, but a moment").click()
    noor.page.locator("[name=cue]").fill("the rain stops on Sunday")
    found = looked_at(noor, "a date")
    sends(noor, "Suggest it to Sam")
    sam.go("/")
    sam.sees("Noor suggests")
    found += looked_at(sam, "a date to answer")
    sends(sam, "Yes, when the rain stops on Sunday")
    noor.go("/")
    noor.sees("the rain stops on Sunday, then we walk to the old mill")
    sends(noor, "Another time")
    sam.go("/our-time/both")
    sam.sees("Let us find another time")
    return found


@pytest.mark.shows("Q1", "Q2", "Q4", "Q7")
def test_both_are_here_and_the_screen_is_dark_and_quiet(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    path = sam.start("Our Time")
    noor.go(path)
    noor.play("Ready")
    noor.play("Begin", "here")
    sam.play("Long", "40")
    sam.play("Here")
    sam.sees("It begins when Noor is here too.")
    noor.play("Here")
    for person in pair:
        person.may("Stop")
        expect(person.page.locator("#stage")).to_have_attribute("data-chimes", re.compile("T"))
        assert person.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    found = looked_at(sam, "here")
    noor.play("Turn")
    question = noor.page.locator("h1").inner_text()
    sam.sees(question)
    found += looked_at(sam, "a question")
    sam.play("Stop")
    sam.play("Glow", "yes", words=BEST, minutes="60")
    noor.sees_not(BEST)
    noor.play("Glow", "yes", words="", minutes="60")
    for person in pair:
        person.sees(BEST)
        person.sees("You would both do this again.")
    found += looked_at(noor, "the best of it")
    noor.play("Finish")
    sam.sees("You did this together")
    assert found == []


@pytest.mark.shows("Q2", "Q3", "Q5", "Q6")
def test_on_one_phone_they_vote_by_turns_and_choose_on_one_screen(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    table = Table(owner=sam, other=noor.name)
    path = table.begin("Our Time")
    table.tap("Ready")
    table.tap("Begin", "host", "find")
    for person in pair:
        table.hand_to(person.name, "Wish")
        for name, value in LIKED.items():
            taps(sam.page.locator(f'[name="{name}"][value="{value}"]'))
        table.changes(lambda: sam.press("Lock it in"))
    sam.sees("You both would like this")
    table.tap("Take", "host")
    for seat in ("host", "guest"):
        move(sam, path, "Free", seat=seat, **HALVES)
    sam.go(path)
    table.tap("Pick", "host", "1")
    table.tap("Date", "host")
    sam.sees("You did this together")
    noor.go("/")
    noor.sees("Sam suggests")


@pytest.mark.shows("Q2", "Q3")
def test_on_one_phone_a_film_is_talked_about_and_who_begins_alternates(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    sam.go("/our-time/films")
    sam.page.locator("[name=title]").fill("Two people in a lighthouse")
    sends(sam, "Put it on our list")
    found = looked_at(sam, "films")
    table = Table(owner=sam, other=noor.name)
    table.begin("Our Time")
    table.tap("Ready")
    table.tap("Begin", "host", "film")
    for n in range(3):
        begins, then = ("host", "guest") if n % 2 == 0 else ("guest", "host")
        expect(table.half(begins)).to_contain_text("You answer first")
        expect(table.half(then)).to_contain_text("answers first, then you")
        table.tap("NextOne", begins)
    table.tap("EndHere", "host")
    sam.sees("Hand the phone to")
    assert found == []


@pytest.mark.shows("Q3", "Q5", "Q6")
def test_in_letters_each_votes_alone_and_one_puts_a_date_to_the_other(
    copy: Copy, pair: tuple[Person, Person]
) -> None:
    sam, noor = pair
    path = sam.write("Our Time")
    sam.play("Ready")
    locks_in(sam, "Wish", **LIKED)
    noor.go("/")
    noor.page.get_by_role("link", name="Go on").click()
    noor.play("Ready")
    locks_in(noor, "Wish", **LIKED)
    noor.play("Take", "2")
    noor.play("Date", cue="the bread is in the oven")
    copy.wait(timedelta(minutes=3))
    sam.go(path)
    sam.sees("the bread is in the oven")
    sam.play("Agree", "yes")
    sam.go("/")
    sam.sees("Your date")
