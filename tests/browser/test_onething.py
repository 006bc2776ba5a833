"""Two people and one thing: heard, understood, a way found and tried; with a break, on two devices and on one phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from nearer.testing.people import Person, sit_down
from nearer.testing.server import Copy
from tests.browser.cases import move, page_of
from tests.browser.steps import ALOUD, HEARD, LINES, SOLVED, WALKS, apart, opened, walk
from tests.browser.test_every_page import looked_at

ANGRY = "You never think of me"
SOFT = "I felt left alone with the evening, and I need to be asked."
WORN_OUT = "I feel worn out about Saturday evening"
SEEN = "No wonder you went quiet then"
VETO = {f"levels-{n}": str(level) for n, level in enumerate((8, 6, -1, 10, 6))}
OTHER = {f"levels-{n}": str(level) for n, level in enumerate((8, 10, 10, 6, 4))}

BEFOREHAND = {
    "before Felt by host": "Nobody ever sees your answer",
    "before View by guest": "has the last word",
    "before Under by guest": "Both open at the same time",
    "before Choose by host": "Nobody ever sees your answer",
    "before Circles by host": "Both open at the same time",
}
"""What has to be known before something is answered."""
# Whether every line of the words is on the screen, with nothing over it.
IN_SIGHT = """words => {
  const lines = document.createRange();
  lines.selectNodeContents(words);
  return [...lines.getClientRects()].every(line => words.contains(document.elementFromPoint(line.x + line.width / 2, line.bottom - 4)));
}"""


@pytest.fixture(autouse=True)
def _by_day(copy: Copy) -> None:
    """At night it opens to nobody."""
    copy.wait_for_day()


def parked_and_heard(sam: Person, noor: Person, path: str) -> None:
    """Another matter is put into the parking place; then the other's turn, said aloud, and back."""
    noor.page.get_by_text("Something else on your mind? Park it").click()
    noor.fill("Another topic, or a way to solve it", "the summer holidays")
    noor.press("Park it")
    for person, kind, fields in (
        (noor, "Speak", ALOUD), (sam, "Reflect", ALOUD), (noor, "Check", {"answer": "yes"}), (sam, "Validate", {"words": SEEN}),
    ):  # fmt: skip
        move(person, path, kind, **fields)
    for person in (sam, noor):
        person.go(path)
        person.sees(SEEN)


def at_the_gate(sam: Person, noor: Person) -> str:
    """Begin with one current thing; both say in private whether now is a good time."""
    opened(sam, noor)
    path = sit_down(sam, noor, "One Thing")
    move(sam, path, "SetIssue", topic="Saturday, when the guests stayed longer")
    sam.may("Gate")
    noor.sees("Saturday, when the guests stayed longer")
    before = page_of(noor, path)
    sam.play("Gate", "can")
    assert page_of(noor, path) == before
    noor.play("Gate", "yes")
    return path


def begun_softly(sam: Person, noor: Person) -> None:
    """Words that accuse get a quiet hint for their author, and can be taken back for a while before they go."""
    sam.may("Begin")
    sam.set(sam.move("Begin"), "words", ANGRY)
    passes = sam.move("Begin").get_by_role("button", name="Pass it on")
    passes.press("Enter")
    sam.sees("It leaves in five seconds.")
    # Whoever goes by the keys is there at once, and afterwards where they were.
    expect(sam.page.get_by_role("button", name="Take it back")).to_be_focused()
    sam.page.keyboard.press("Enter")
    expect(passes).to_be_focused()
    noor.sees_not(ANGRY)
    sam.set(sam.move("Begin"), "words", SOFT)
    sam.move("Begin").get_by_role("button", name="Pass it on").click()
    expect(noor.page.locator("main")).to_contain_text(SOFT)


@pytest.mark.shows("C1", "C2", "C3", "C4", "C5", "C7", "C8", "C9", "C10", "C13")
@pytest.mark.rule("R7")
def test_both_are_heard_before_anything_is_solved_and_a_way_is_found(bonded: tuple[Person, Person]) -> None:
    sam, noor = bonded
    path = at_the_gate(sam, noor)
    begun_softly(sam, noor)

    # Who listens has no field to reply in; another matter waits in the parking place.
    noor.play("Reflect", "yes")
    sam.play("Check", "yes")
    noor.sees("The feeling can make sense to you even where you see it another way.")
    noor.play("Validate", "yes")
    parked_and_heard(sam, noor, path)

    # No way to solve it before both feel understood enough.
    sam.play("Felt", "yes")
    for person in bonded:
        for kind in ("Ideas", "Add", "Circles"):
            person.may_not(kind)
    noor.play("Felt", "yes")
    noor.play(
        "View",
        want="to be asked before",
        why="it is your evening too",
        fear="that it goes on",
        sense="you were tired",
    )
    sam.sees("Is that you?")
    assert looked_at(sam, "is that you") == []
    expect(sam.move("Correct").locator('[name="want"]')).to_have_value("to be asked before")
    move(sam, path, "Correct", **LINES)
    # Whoever guessed reads how it really is.
    noor.sees(LINES["fear"])
    for person, kind, fields in (
        (sam, "View", LINES),
        (noor, "Correct", LINES),
        (sam, "Under", ALOUD),
        (noor, "Under", ALOUD),
    ):
        move(person, path, kind, **fields)
    found(sam, noor, path)


def found(sam: Person, noor: Person, path: str) -> None:
    """Each rates alone; what comes back fits both, and nobody is shown a rating or who cannot live with something."""
    players = {"host": sam, "guest": noor}
    for seat, kind, fields in SOLVED[:11]:
        move(players[seat], path, kind, **fields)
    noor.go(path)
    assert looked_at(noor, "rating") == []
    before = page_of(noor, path)
    move(sam, path, "Rate", **VETO)
    assert page_of(noor, path) == before
    move(noor, path, "Rate", **OTHER)
    for person in (sam, noor):
        person.go(path)
        person.sees("These could do for both")
        person.sees_not("one weekend with, one without")
        expect(person.page.locator("#stage")).not_to_contain_text(re.compile(r"cannot live|\b\d+ of\b"))
    assert looked_at(sam, "what could do") == []
    sam.play("Take", "0")
    noor.sees("Sam would try this one.")
    noor.play("Take", "0")
    noor.play("Plan", cue="guests are here and it is ten", act="give each other the sign", days=5)
    sam.play("Agree", "yes")
    for person in (sam, noor):
        person.play("Note", words=f"My part in it was small, says {person.name}")
    for person in (sam, noor):
        person.play("Keep", "no")
    sam.sees("You did this together")
    sam.sees("What you two put down stays. Nothing else that was said here is kept.")
    sam.go("/us")
    sam.sees("give each other the sign")
    sam.sees("the summer holidays")


def test_words_that_threaten_show_their_author_where_there_is_help(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    opened(sam, noor)
    path = sit_down(sam, noor, "One Thing")
    before = page_of(noor, path)
    sam.page.set_viewport_size({"width": 375, "height": 667})
    sam.set(sam.move("SetIssue"), "topic", "If you go again I will hurt you")
    sam.move("SetIssue").get_by_role("button", name="This is it").click()
    where_help_is = sam.page.locator("#stage .hint p")
    expect(where_help_is).to_be_visible()
    assert where_help_is.evaluate(IN_SIGHT)
    assert page_of(noor, path) == before


@pytest.mark.parametrize("name", ["one thing", "one thing in letters"])
def test_on_a_short_phone_who_sees_an_answer_is_read_before_it_is_given(
    name: str, copy: Copy, pair: tuple[Person, Person]
) -> None:
    way, players = WALKS[name], dict(zip(("host", "guest"), pair, strict=True))
    for path, place, pages in walk(way, *pair):
        if time := apart(way, place):
            copy.wait(time)
            pages.clear()
        if place not in BEFOREHAND:
            continue
        reader = players[place.rpartition(" ")[2]]
        reader.page.set_viewport_size({"width": 375, "height": 667})
        reader.go(path)
        onward = reader.page.locator(".reveal").get_by_role("link", name="Go on")
        if onward.count():
            onward.click()
        words = reader.page.locator("#stage p").filter(has_text=BEFOREHAND[place])
        expect(words).to_be_visible()
        assert words.evaluate(IN_SIGHT), f"{place} hides: {BEFOREHAND[place]}"
        reader.page.goto("about:blank")


@pytest.mark.shows("C6", "C11", "C12")
def test_a_break_stops_it_for_both_and_they_come_back(copy: Copy, bonded: tuple[Person, Person]) -> None:
    sam, noor = bonded
    path = at_the_gate(sam, noor)
    for seat, kind, fields in HEARD[3:7]:
        move({"host": sam, "guest": noor}[seat], path, kind, **fields)
    for person in bonded:
        person.go(path)
    # Other people are left out of it: a hint for its author alone, and a draft that outlives the break.
    answer = move(noor, path, "Speak", words="Everybody says you are too proud", aloud="no")
    assert "This says what somebody is like" in answer or "This brings in other people" in answer
    sam.sees_not("Everybody says")
    noor.set(noor.move("Speak"), "words", "I waited on the stairs")

    sam.page.get_by_text("I need a break").click()
    sam.move("TimeOut").locator('[value="20"]').click()
    for person in bonded:
        person.sees("Until then there is nothing to solve.")
        person.may_not("Speak")
        person.may_not("Nod")
    noor.page.get_by_text("I need longer").click()
    noor.move("TimeOut").locator('[value="30"]').click()
    noor.may_not("TimeOut")
    copy.wait(timedelta(minutes=21))
    sam.go(path)
    sam.sees("A break")
    copy.wait(timedelta(minutes=10))
    for person in bonded:
        person.go(path)
        person.sees("Are you ready to go on where you were?")
    sam.play("Return", "yes")
    noor.play("Return", "yes")
    noor.may("Speak")
    expect(noor.move("Speak").locator("textarea")).to_have_value("I waited on the stairs")


@pytest.mark.shows("C1", "C2", "C4", "C9", "C11")
def test_on_one_phone_it_is_said_aloud_to_the_end(bonded: tuple[Person, Person]) -> None:
    sam, noor = bonded
    unfold = {"before SetIssue by host": ("SetIssue", "topic"), "before Add by host": ("Add", "words")}
    path = ""
    for path, place, _pages in walk(WALKS["one thing on one phone"], sam, noor):
        if place in unfold:
            kind, field = unfold[place]
            sam.go(path)
            sam.page.locator(f'details.write:has([data-move="{kind}"]) > summary').click()
            expect(sam.move(kind).locator(f'[name="{field}"]')).to_be_visible()
            # An open page would follow while moves are made elsewhere.
            sam.page.goto("about:blank")
    sam.go(path)
    sam.sees("You did this together")
    noor.go("/")
    noor.sees("Sam has an idea for the two of you")
    noor.press("Yes, let us")
    noor.sees("give each other the sign")
    noor.sees("You both said yes.")


@pytest.mark.shows("C1", "C2", "C3", "C4", "C9", "C10", "C11", "C12", "C13")
def test_in_letters_they_come_to_a_trial_slowly_and_by_day(copy: Copy, bonded: tuple[Person, Person]) -> None:
    sam, noor = bonded
    way = WALKS["one thing in letters"]
    first = ""
    for path, place, pages in walk(way, sam, noor):
        pages.clear()
        if place == "before Reflect by guest":
            # What was sent can be taken back for a while, and waits for hours: nothing of it shows.
            sam.go(path)
            sam.sees("One letter each in twelve hours")
            sam.sees("Rather talk about it?")
            first = page_of(noor, path)
            assert WORN_OUT not in first
        copy.wait(apart(way, place))
        if place == "before Reflect by guest":
            noor.go(path)
            noor.sees(WORN_OUT)
            noor.may_not("Speak")
            move(noor, path, "TimeOut", minutes="20")
            for person in bonded:
                person.go(path)
                person.sees("Until then there is nothing to solve.")
            copy.wait(timedelta(minutes=21))
            for person in bonded:
                move(person, path, "Return", ready="yes")
        if place == "before Choose by host":
            for kind in ("Ideas", "Add", "Circles"):
                sam.may_not(kind)
    assert first
    sam.go(path)
    sam.sees("Kept locked for you two.")
    sam.go("/us")
    sam.sees("give each other the sign")
