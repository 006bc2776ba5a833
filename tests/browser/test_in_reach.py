"""In every step of every room and mode the move is in reach, no button outside what is seen, and the page is light."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from nearer.testing.people import Person
from nearer.testing.server import Copy
from tests.browser.cases import SEQ, get
from tests.browser.steps import WALKS, Walk, apart, walk
from tests.browser.test_every_page import PAGE_BUDGET, weight_of

SIZES = ((390, 844), (375, 667))
SETTLES = 2_000  # milliseconds
# Buttons of moves that are not seen whole: beyond an edge, or under something else.
HIDDEN = """() => [...document.querySelectorAll("#stage form:is([data-move], [data-curtain]) button:not([type=button])")]
  .filter((button) => button.checkVisibility({ visibilityProperty: true }))
  .filter((button) => {
    const box = button.getBoundingClientRect();
    if (box.top < -1 || box.left < -1 || box.bottom > innerHeight + 1 || box.right > innerWidth + 1) return true;
    const spots = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
    return !spots.every(([x, y]) => button.contains(document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)));
  }).map((button) => `${button.closest("form").dataset.move}: ${button.textContent.trim()}`)"""
# What a page is in, and what can be done there.
BUTTONS = re.compile(r'<div id="stage"[^>]*data-step="([^"]*)"|data-move="(\w+)"|class="(letter|reveal)')
# Whose the page behind a curtain is.
HOLDING = re.compile(r'name="holding" value="(\w+)"')
# Opens what can be written into and puts the cursor there, as a tap would; says whether there is anything.
WRITES = """() => {
  const words = '#stage form[data-move] :is(textarea:not([readonly]), input[type=text])';
  const field = [...document.querySelectorAll(words)].find((each) => !each.closest("[popover]"));
  field?.closest("details")?.setAttribute("open", "");
  field?.focus();
  return Boolean(field);
}"""
# Leaves the page as it came, for the next step.
FOLDS = """() => {
  document.activeElement.blur();
  for (const folded of document.querySelectorAll("#stage form[data-move] details[open]")) folded.open = false;
  scrollTo(0, 0);
}"""
# Plays a practice partner's page: the first move that is open, with something in each of its fields.
PLAYS = """() => {
  const form = [...document.querySelectorAll("#stage form[data-move]")]
    .find((each) => !["Pause", "Leave", "Show", "Nod", "PickOwn"].includes(each.dataset.move));
  if (!form) return "";
  for (const field of form.querySelectorAll("input[type=text], textarea")) field.value ||= "the way home";
  for (const field of form.querySelectorAll("input[type=radio]")) field.checked ||= field.value === "1";
  form.querySelector("button:not([type=button])").click();
  return form.dataset.move;
}"""

OWN = "#stage form[data-move]" + "".join(
    f":not([data-move={kind}])" for kind in ("Pause", "Leave", "Show", "Nod", "PickOwn")
)


def out_of_reach(page: Page, place: str) -> list[str]:
    """Look at a page in both sizes, with the keyboard shut and, where one can write, open."""
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        if (width, height) == SIZES[0]:
            go_on(page)
        found += [f"{place} {width}: {button}" for button in hidden(page)]
    if page.evaluate(WRITES):
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height // 2})
            found += [f"{place} {width}, keyboard: {button}" for button in hidden(page)]
    page.evaluate(FOLDS)
    return found


def hidden(page: Page) -> list[str]:
    """Return what stays hidden: a page that has just got another size takes a moment to settle."""
    found: list[str] = page.evaluate(HIDDEN)
    if found:
        with suppress(Error):
            page.wait_for_function(f"() => !({HIDDEN})().length", timeout=SETTLES)
        found = page.evaluate(HIDDEN)
    return found


def go_on(page: Page) -> None:
    """Go on from what has just opened, which has the screen to itself; that it goes on is in reach as well."""
    onward = page.locator(".reveal").get_by_role("link", name="Go on")
    if onward.count():
        page.evaluate("scrollTo(0, 0)")
        expect(onward).to_be_in_viewport(ratio=1)
        onward.click()


_seen: set[tuple[object, ...]] = set()


def look(way: Walk, copy: Copy, sam: Person, noor: Person) -> list[str]:
    """Play a way through a room; each looks at each of their pages, and at what is the same as before once.

    What is in reach for one of the two, or on one way through a room, is so for the other and on the next.
    """
    found = []
    # What is hard opens to nobody at night.
    copy.wait_for_day()
    for path, place, pages in walk(way, sam, noor):
        if time := apart(way, place):
            copy.wait(time)
            pages.clear()
        for person in (sam,) if way.mode == "one" else (sam, noor):
            now = pages[person.name] = pages.get(person.name) or get(person, path)
            found += too_heavy(person, path, now, place)
            # A step with the same moves has the same buttons; a curtain is the same whatever lies behind it.
            same = way.room, way.mode, *BUTTONS.findall(now)
            if same in _seen and "data-curtain" not in now:
                continue
            _seen.add(same)
            show(person, path, now, follows=way.mode != "async")
            curtain = person.page.locator("form[data-curtain] button")
            if way.mode == "one" and curtain.count():
                found += out_of_reach(person.page, f"{place}, the curtain")
                curtain.click()
                expect(curtain).to_have_count(0)
            found += out_of_reach(person.page, f"{place}, as {person.name}")
    return found


def too_heavy(person: Person, path: str, now: str, place: str) -> list[str]:
    """Weigh a page, and the one behind its curtain, as they are without what a browser has kept."""
    behind = [get(person, f"{path}?holding={seat}") for seat in HOLDING.findall(now)]
    weights = [weight_of(person, each) for each in (now, *behind)]
    return [f"{place}, as {person.name}: {weight} bytes" for weight in weights if weight > PAGE_BUDGET]


def show(person: Person, path: str, now: str, *, follows: bool) -> None:
    """Show a sitting as it is now: a page that is open live follows by itself, any other is opened anew."""
    seq = SEQ.search(now)
    assert seq
    # No open page is told of what its owner has sealed elsewhere.
    if not (follows and person.page.url.endswith(path)) or "data-told=" in now:
        person.go(path)
    expect(person.page.locator(f'#stage[data-seq="{seq[1]}"]')).to_have_count(1)


@pytest.mark.parametrize("name", WALKS)
def test_every_move_is_in_reach(name: str, copy: Copy, bonded: tuple[Person, Person]) -> None:
    assert look(WALKS[name], copy, *bonded) == []


@pytest.mark.parametrize("room", ["listening", "needs", "closer"])
def test_with_a_practice_partner_as_well(room: str, sam: Person) -> None:
    sam.go(f"/practise/{room}/partner")
    found = []
    own, ended = sam.page.locator(OWN), sam.page.get_by_text("You did this together")
    for number in range(60):
        # Whoever is played takes a moment to answer, and may do so while somebody looks.
        expect(own.or_(ended).first).to_be_attached()
        found += out_of_reach(sam.page, f"step {number}")
        if ended.count():
            break
        seq = sam.page.locator("#stage").get_attribute("data-seq")
        if sam.page.evaluate(PLAYS):
            expect(sam.page.locator(f'#stage[data-seq="{seq}"]')).to_have_count(0)
    assert found == []
    sam.sees("You did this together")
