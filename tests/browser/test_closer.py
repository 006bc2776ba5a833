"""Two people answer the same questions in Closer: on two devices, on one phone, and in letters."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from nearer.testing.people import Person, sit_down
from nearer.testing.server import Copy
from nearer.testing.table import Table
from tests.browser.cases import move
from tests.browser.steps import begin
from tests.browser.test_between import in_days, sends, writes
from tests.browser.test_every_page import looked_at

SAFELY = "Share only what would still be safe if you were angry with each other tomorrow."
WAIT = timedelta(minutes=3)
# What ends above the dock, where it is not faded.
ABOVE = """(parts) => parts.every((part) => document.querySelector(`#stage ${part}`).getBoundingClientRect().bottom
  <= document.querySelector("#stage .dock").getBoundingClientRect().top)"""


def around(sam: Person, noor: Person, path: str) -> None:
    """One question, said aloud by both and received."""
    move(sam, path, "Draw")
    for person in (sam, noor):
        move(person, path, "Answer", aloud="yes")
    # Who is received first changes from question to question; a move that is not open does nothing.
    for person in (noor, sam, noor):
        move(person, path, "Respond", way="thank", aloud="yes")


def evening(sam: Person, noor: Person, *wishes: str) -> str:
    """Sit down, go once around for each wish, and stop at the last one if both have had enough."""
    path = begin(sam, "closer", "live")
    for person in (sam, noor):
        move(person, path, "Ready")
    around(sam, noor, path)
    for wish in wishes:
        for person in (sam, noor):
            move(person, path, "Next", where=wish)
        if wish != "enough":
            around(sam, noor, path)
    return path


def closed(sam: Person, noor: Person) -> None:
    """Neither writes a note, and nothing is kept."""
    for person in (sam, noor):
        person.play("Note", words="")
    for person in (sam, noor):
        person.play("Keep", "no")
    sam.sees("You did this together")


def sealed_and_swapped(sam: Person, noor: Person) -> None:
    """What one answered is sealed until both are in; and another question leaves no trace."""
    question = noor.page.locator("h1").inner_text()
    sam.sees(question)
    sam.play("Answer", words="I hope we grow old in the same street")
    noor.sees_not("the same street")
    noor.play("Draw")
    sam.sees_not("the same street")
    expect(sam.page.locator("h1")).not_to_have_text(question)
    for person in (sam, noor):
        expect(person.page.locator("main")).not_to_contain_text(re.compile("skip|swap", re.IGNORECASE))


def reads_first(person: Person, *parts: str) -> None:
    """On a small phone, too, these are in full view before anything is said."""
    usual = person.page.viewport_size
    assert usual
    person.page.set_viewport_size({"width": 375, "height": 667})
    person.page.wait_for_function(ABOVE, arg=parts)
    person.page.set_viewport_size(usual)


def taken_back_at_once(sam: Person, noor: Person) -> None:
    """What one takes back is gone from the page that the other has open, too."""
    path = sam.page.url.removeprefix(sam.url)
    sam.page.get_by_role("link", name="Take back something you wrote").click()
    sam.page.get_by_text("Edit or take back").first.click()
    sam.page.get_by_role("button", name="Take it back").first.click()
    sam.sees("withdrawn")
    noor.sees_not("I worry that I talk too little")
    sam.go(path)


@pytest.mark.shows("V1", "V2", "V3", "V4", "V5", "V6", "V7", "V12")
def test_both_answer_and_are_received_and_somebody_goes_first(bonded: tuple[Person, Person]) -> None:
    sam, noor = bonded
    sit_down(sam, noor, "Closer")
    noor.play("Draw")
    sealed_and_swapped(sam, noor)
    sam.play("Answer", words="I worry that I talk too little")
    noor.play("Answer", words="I am not sure I am good at this")

    # Received in one of four ways, with nowhere to put advice.
    noor.sees("I worry that I talk too little")
    expect(noor.move("Respond").locator("button")).to_have_count(4)
    noor.play("Respond", "touched", words="You are not sure, and you say it.")
    sam.sees("I am not sure I am good at this")
    sam.play("Respond", "want")
    noor.play("Tell", words="Stay a little longer next time.")
    sam.sees("Stay a little longer next time.")
    reads_first(sam, ".side .lockline")
    taken_back_at_once(sam, noor)

    # Somebody goes first in the open, and the other owes nothing.
    for person in bonded:
        person.play("Next", "same")
    sam.may("Draw")
    sam.play("Draw")
    noor.may("First")
    noor.play("First")
    sam.sees("You owe no answer.")
    noor.play("Share", words="I would like to be asked more often")
    sam.sees("I would like to be asked more often")
    sam.play("Respond", "thank")
    sam.play("Pass")
    noor.play("Next", "enough")
    sam.play("Next", "same")
    for person in bonded:
        person.sees("One thing you will keep safe")
    closed(sam, noor)
    noor.sees("Nothing that was said here is kept.")


@pytest.mark.shows("V8")
def test_it_goes_deeper_over_evenings_and_only_when_both_wish_so(bonded: tuple[Person, Person]) -> None:
    sam, noor = bonded
    for wishes in (("enough",), ("deeper", "enough")):
        path = evening(sam, noor, *wishes)
        for person in bonded:
            person.go(path)
        closed(sam, noor)
    path = evening(sam, noor, "deeper")
    for person in bonded:
        person.go(path)

    sam.sees(SAFELY)
    sam.sees("The third level is off until you switch it on for yourself.")
    reads_first(sam, ".side .lockline", ".safely")
    for person in bonded:
        switches_on(person, path)
    sam.play("Next", "third")
    noor.play("Next", "same")
    for person in bonded:
        person.sees("Something warmer")
    move(noor, path, "Draw")
    around(sam, noor, path)
    for person in bonded:
        person.play("Next", "third")
    for person in bonded:
        person.sees("Something deep")
        person.sees(SAFELY)
        expect(person.page.get_by_role("link", name="Is it safe for me?")).to_be_visible()
    sam.play("Draw")
    sam.may("Answer")
    reads_first(sam, ".safely", "[data-sees]")
    sam.play("First")
    reads_first(sam, ".safely")


def switches_on(person: Person, path: str) -> None:
    """Switch the third level on for oneself, and go back to the sitting."""
    person.go("/practise/closer")
    sends(person, "Switch it on for me")
    person.sees("It is switched on for you.")
    assert looked_at(person, "room") == []
    person.go(path)


@pytest.mark.shows("V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V11", "V12")
def test_on_one_phone_it_is_said_aloud_and_goes_deeper_another_day(bonded: tuple[Person, Person]) -> None:
    sam, noor = bonded
    table = Table(owner=sam, other=noor.name)
    table.begin("Closer")
    table.tap("Ready")
    said_aloud(table)
    handed(table, "Next", "enough")
    handed(table, "Note")
    sam.sees("You did this together")
    # A promise, and what they are deciding, are said aloud.
    sam.sees(re.compile("Tell each other one small promise, or what you are deciding"))
    table.take_back()

    table.begin("Closer")
    table.tap("Ready")
    said_aloud(table)
    handed(table, "Next", "deeper")
    sam.sees("Something warmer")


def said_aloud(table: Table) -> None:
    """One question for both: somebody goes first, each is received in one of four ways, and nothing is written."""
    table.tap("Draw", "guest")
    questions = {table.half(seat).locator("h2").inner_text() for seat in ("host", "guest")}
    assert len(questions) == 1, "both have the same question"
    table.tap("First", "guest")
    table.tap("Share", "guest")
    expect(table.owner.page.locator("textarea")).to_have_count(0)
    expect(table.move("Respond", "host").locator("button")).to_have_count(4)
    table.tap("Respond", "host", "want")
    table.tap("Tell", "guest")
    table.tap("Share", "host")
    table.tap("Respond", "guest", "thank")


def handed(table: Table, kind: str, value: str | None = None) -> None:
    """Hand the phone to one and to the other, for what nobody else sees."""
    for seat, name in (("host", "Sam"), ("guest", "Noor")):
        table.hand_to(name, kind)
        table.tap(kind, seat, value)


@pytest.mark.shows("V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V11", "V12")
def test_in_letters_both_seal_and_it_ends_with_opening_it_together(
    copy: Copy, without_scripts: tuple[Person, Person]
) -> None:
    """Letters need no scripts. What was practised another day lets them go deeper, if both wish so."""
    sam, noor = without_scripts
    practised(sam, noor)
    path = sam.write("Closer")
    sam.play("Ready")
    sam.play("Draw")
    question = sam.page.locator("h1").inner_text()
    sam.play("Answer", words="I hope for a garden", remember=True)
    sam.sees("It opens when Noor has answered too.")

    noor.go("/")
    noor.press("Open the letter")
    noor.sees(question)
    noor.sees_not("I hope for a garden")
    noor.play("Answer", words="I hope for a long winter")
    copy.wait(WAIT)
    for person, words in ((sam, "I hope for a long winter"), (noor, "I hope for a garden")):
        person.go(path)
        person.sees(words)
        person.play("Respond", "touched", words="That you told me.")
        copy.wait(WAIT)
    for person in (sam, noor):
        person.go(path)
        person.play("Next", "deeper")
    sam.go(path)
    sam.sees("Something warmer")
    somebody_goes_first(copy, sam, noor, path)
    opened_together(copy, sam, noor, path)
    taken_back(sam, noor, path)
    goes_on(copy, sam, noor, path)


def practised(sam: Person, noor: Person) -> None:
    """They were on the first level on another day, and kept nothing."""
    path = evening(sam, noor, "enough")
    for kind, given in (("Note", {"words": ""}), ("Keep", {"keep": "no"})):
        for person in (sam, noor):
            move(person, path, kind, **given)


def somebody_goes_first(copy: Copy, sam: Person, noor: Person, path: str) -> None:
    """An insecurity is told in the open, and the other may answer with care and no story of their own."""
    sam.go(path)
    sam.play("Draw")
    sam.play("First")
    sam.play("Share", words="I am not sure I am good at this")
    copy.wait(WAIT)
    noor.go(path)
    noor.sees("I am not sure I am good at this")
    expect(noor.move("Respond").locator("button")).to_have_count(4)
    noor.play("Respond", "want", words="Is there anything you want?")
    copy.wait(WAIT)
    sam.go(path)
    sam.play("Tell", words="Only that you know it.")
    copy.wait(WAIT)
    noor.go(path)
    noor.sees("Only that you know it.")
    noor.play("Pass")


def opened_together(copy: Copy, sam: Person, noor: Person, path: str) -> None:
    """It ends with what each keeps safe, and side by side."""
    for person in (sam, noor):
        person.go(path)
        person.play("Next", "enough")
    for person in (sam, noor):
        person.go(path)
        person.play("Note", words=f"{person.name} keeps it safe")
        copy.wait(WAIT)
    noor.go(path)
    noor.sees("Open it together")
    noor.sees("read your letters aloud to each other")
    noor.sees("I hope for a garden")


def taken_back(sam: Person, noor: Person, path: str) -> None:
    """One's own words can be taken back at any time, and nothing is left but that."""
    sam.go(f"{path}/words")
    sam.page.get_by_text("Edit or take back").first.click()
    sam.page.get_by_role("button", name="Take it back").first.click()
    sam.sees("withdrawn")
    noor.page.reload()
    noor.sees("withdrawn")
    noor.sees_not("I hope for a garden")


def goes_on(copy: Copy, sam: Person, noor: Person, path: str) -> None:
    """Where the letters end a promise begins, which is kept and noticed, and what the other is deciding."""
    for person in (sam, noor):
        person.go(path)
        person.play("Keep", "no")
    sam.go(path)
    sam.page.get_by_role("link", name="Promise something small").click()
    writes(sam, cue="I am late", act="write to you", by=in_days(copy, 3))
    sam.page.locator('[name=bad_day][value="yes"]').check(force=True)
    sends(sam, "Promise it to Noor")
    noor.go("/closer/ahead")
    writes(noor, deciding="the job in Leeds", feel="torn")
    sends(noor, "Tell Sam")
    sam.go("/closer/ahead")
    sam.sees("the job in Leeds")
    sam.go("/closer/words")
    sends(sam, "Kept")
    noor.go("/closer/words")
    sends(noor, "I noticed")
    sam.go("/closer/words")
    sam.sees("Noor noticed")
