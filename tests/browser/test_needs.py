"""The Needs Mirror as two people do it: on two devices, on one phone, and in letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from nearer.testing.people import Person, newcomer, sit_down
from nearer.testing.server import Copy
from nearer.testing.table import Table
from tests.browser import needs
from tests.browser.conftest import bond_quickly, sign_up_quickly
from tests.browser.test_every_page import PAGE_BUDGET, SCRIPT_BUDGET, Watch, first_flight, inspect

DAY = timedelta(days=1)
# Of sixteen cards one picks those that matter: the rest counts as not chosen.
SAMS = {0: 4, 5: 3, 7: 2}
NOORS = {0: 3, 9: 4, 2: 1}
GUESSED = {0: 2, 9: 2}


@pytest.fixture
def two(request: pytest.FixtureRequest, browser: Browser, copy: Copy) -> Iterator[tuple[Person, Person]]:
    """Sam and Noor, bonded, on a copy whose clock can be moved; with scripts unless the test says otherwise."""
    options = getattr(request, "param", {})
    people = [newcomer(browser, copy.url, name, **options) for name in ("Sam", "Noor")]
    for person in people:
        sign_up_quickly(person)
    bond_quickly(*people)
    yield people[0], people[1]
    for person in people:
        person.page.context.close()


@pytest.mark.shows("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N10", "N11", "N12")
def test_on_two_devices(copy: Copy, two: tuple[Person, Person]) -> None:
    sam, noor = two
    watch = Watch(sam.page, sam.url)
    sit_down(sam, noor, needs.TITLE)
    sam.may("Map")
    by_keyboard(sam)
    weights = [first_flight(sam)]
    found = inspect(sam.page, "map")

    needs.map_and_guess(sam, SAMS, GUESSED)
    sam.sees("Yours is in, and sealed")
    needs.map_and_guess(noor, NOORS, {0: 4, 5: 4})
    for person, missed in ((sam, "easy to miss in Noor"), (noor, "easy to miss in you")):
        person.sees("This matters to you both")
        person.sees(missed)
    weights.append(first_flight(sam))
    found += inspect(sam.page, "reveal")

    needs.pick(noor, "9")
    needs.ask_and_answer(noor, sam)
    needs.say_back(noor, sam)
    sam.may("Notice")
    sam.play("Notice", words="Your voice went quiet. Was there something?")
    noor.play("SignMeans", "other")
    sam.sees("Noor: it was something else.")
    noor.play("Request", words="Would you take the children out on Saturday morning?")
    needs.plan_it(noor, sam)
    sam.sees("That is a plan")
    sam.play("EndHere")
    sam.page.get_by_role("link", name="See your maps").click()
    sam.sees("What you opened to each other")
    found += inspect(sam.page, "maps")
    needs.reading_me(noor, sam)
    found += inspect(sam.page, "signs")

    assert max(weights) <= PAGE_BUDGET, weights
    assert watch.weight("script") <= SCRIPT_BUDGET
    assert found + watch.strays + watch.complaints == []
    afterwards(copy, sam, noor)
    drawn_again(sam, noor)


@pytest.mark.shows("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N10", "N11", "N12")
def test_on_one_phone(copy: Copy, two: tuple[Person, Person]) -> None:
    sam, noor = two
    table = Table(owner=sam, other=noor.name)
    table.begin(needs.TITLE)
    table.tap("Ready")
    table.tap("First", "guest")
    expect(table.half("host")).to_contain_text("What does Noor need most just now?")
    table.tap("Guessed", "host")
    sam.page.locator(".half.far .write summary").click()
    table.tap("Pick", "guest", "9")
    needs.offered(table.half("host"), 3)
    table.tap("Ask", "host")
    table.tap("Answer", "guest")
    expect(table.half("host")).to_contain_text("The feeling first. It can make sense")
    table.tap("Reflect", "host")
    table.tap("Check", "guest", "yes")
    expect(table.half("host")).to_contain_text("Your voice went quiet. Was there something?")
    table.tap("Notice", "host")
    table.tap("SignMeans", "guest", "other")
    table.tap("Request", "guest")
    expect(table.half("host")).to_contain_text("Not now, and here is what I can do.")
    assert "importance-" not in table.holds()
    assert "levels-" not in table.holds()
    table.tap("Spoken", "host")
    table.tap("EndHere", "host")
    table.take_back()
    needs.plan_later(sam, noor)
    needs.reading_me(noor, sam)
    afterwards(copy, sam, noor)


@pytest.mark.shows("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N10", "N11", "N12")
@pytest.mark.parametrize("two", [{"java_script_enabled": False}], indirect=True, ids=["no scripts"])
def test_in_letters(copy: Copy, two: tuple[Person, Person]) -> None:
    sam, noor = two
    path = sam.write(needs.TITLE)
    sam.play("Ready")
    needs.map_and_guess(sam, SAMS, GUESSED)
    noor.go(path)
    noor.play("Ready")
    needs.map_and_guess(noor, NOORS, {0: 4})
    noor.sees("This matters to you both")

    needs.pick(noor, "9")
    in_letters(copy, path, (sam, "Ask", {"words": "What does it feel like when it is missing?"}))
    in_letters(copy, path, (noor, "Answer", {"words": "Full, and a little cornered"}))
    in_letters(copy, path, (sam, "Reflect", {"words": "It sounds as if you felt cornered"}))
    in_letters(copy, path, (noor, "Check", {"value": "nearly"}))
    noor.sees("Tomorrow is soon enough")
    copy.wait(DAY)
    in_letters(copy, path, (noor, "Answer", {"words": "Cornered is too hard a word"}))
    sam.go(path)
    sam.sees("The feeling first.")
    in_letters(copy, path, (sam, "Reflect", {"words": "Crowded, then, and your voice went quiet"}))
    in_letters(copy, path, (noor, "Check", {"value": "yes"}))
    in_letters(copy, path, (noor, "Request", {"words": "Would you take the children out?"}))
    sam.go(path)
    sam.sees_not("Would you take the children out?")
    in_letters(copy, path, (sam, "Unfold", {}), (noor, "Unfold", {}), (sam, "Reply", {"value": "yes"}))
    plan = {"cue": "breakfast is over", "act": "have two hours apart", "days": 2}
    in_letters(copy, path, (sam, "Plan", plan), (noor, "Agree", {"value": "yes"}), (sam, "EndHere", {}))
    needs.reading_me(noor, sam)
    afterwards(copy, sam, noor)


def in_letters(copy: Copy, path: str, *moves: tuple[Person, str, dict[str, Any]]) -> None:
    """Play moves, each after the words before it have reached the other."""
    for person, kind, fields in moves:
        person.go(path)
        person.may(kind)
        person.play(kind, **fields)
        copy.wait(timedelta(minutes=3))


def afterwards(copy: Copy, sam: Person, noor: Person) -> None:
    """A week later they look back, and three months later it is time to draw it anew."""
    copy.wait(8 * DAY)
    needs.look_back(sam, noor)
    copy.wait(82 * DAY)
    needs.draws_anew(noor)


def drawn_again(sam: Person, noor: Person) -> None:
    """They do draw it anew: what matters now is another map, and the earlier one stays to be looked at beside it."""
    needs.comes_back(sam)
    sit_down(sam, noor, needs.TITLE)
    for person, mine in ((sam, {0: 1, 5: 4}), (noor, {5: 4})):
        needs.map_and_guess(person, mine, {5: 4})
    for person in (sam, noor):
        person.sees("This matters to you both")
    sam.play("EndHere")
    sam.page.get_by_role("link", name="See your maps").click()
    expect(sam.page.locator("details.earlier").first).to_be_attached()
    sam.page.locator("details.earlier summary").first.click()
    sam.sees("Needs change")


def by_keyboard(person: Person) -> None:
    """Answer on a card with the keys alone."""
    first = person.move("Map").locator('input[name="importance-3"]').first
    first.focus()
    for key in ("Space", "ArrowRight", "ArrowRight"):
        person.page.keyboard.press(key)
    expect(person.move("Map").locator('input[name="importance-3"]:checked')).to_have_value("2")
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")
    person.page.keyboard.press("Tab")
    expect(person.move("Map").locator('select[name="met-3"]')).to_be_focused()
    person.page.keyboard.press("Escape")
