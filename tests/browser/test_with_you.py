"""With You as two people: asked for on Today, on two devices, on one phone, in letters; and the sky between."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from nearer.testing.people import Person
from nearer.testing.server import Copy
from nearer.testing.table import Table
from tests.browser.test_between import sends
from tests.browser.test_every_page import looked_at
from tests.browser.test_in_reach import SIZES
from tests.browser.test_onething import IN_SIGHT

SAID = "They talked past me for an hour"
WAIT = timedelta(minutes=3)


def asks(person: Person, card: str, other: str) -> list[str]:
    """Ask for something, three taps from Today."""
    person.go("/")
    person.page.get_by_role("link", name="I could use you").click()
    person.page.get_by_role("radio", name=card).check(force=True)
    found = looked_at(person, "asking")
    sends(person, f"Ask {other}")
    return found


@pytest.mark.shows("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S9")
def test_one_asks_on_today_and_the_other_is_there(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    found = asks(sam, "Just listen", "Noor")
    noor.go("/")
    noor.sees("Sam asks")
    noor.page.get_by_role("link", name="See, and answer").click()
    noor.sees("Put other things down first.")
    found += looked_at(noor, "answering")
    sends(noor, "I am here now")
    sam.go("/")
    sam.sees("Noor is in the room")
    sam.page.get_by_role("link", name="Come in").first.click()
    sam.play("Ready")

    listens_first(sam, noor)
    comforted(sam, noor)
    sam.play("Go", "enough")
    noor.sees("You were there")
    sam.play("Landed", "landed")
    noor.sees("You did this together")
    noor.sees_not(SAID)
    assert found + own_pages(sam) == []


def own_pages(sam: Person) -> list[str]:
    """What landed, and which comfort is good: for whoever it is about, until they show it."""
    sam.go("/with-you/helps")
    sam.sees("Say that the feeling makes sense.")
    found = looked_at(sam, "helps")
    sam.go("/with-you/touch")
    sam.page.locator('[name=hug][value="yes"]').check(force=True)
    sends(sam, "Keep it for me")
    sends(sam, "Show Noor")
    sam.sees("Good: A hug.")
    return found + looked_at(sam, "touch")


def listens_first(sam: Person, noor: Person) -> None:
    """There is no way to give advice before it is welcome, and a hint where it slips in."""
    for kind in ("Idea", "Attend"):
        noor.may_not(kind)
    noor.play("Nod")
    sam.sees("Noor nods.")
    sam.play("Speak", words=SAID)
    noor.sees(SAID)
    noor.may_not("Idea")
    form = noor.move("Attend")
    form.get_by_text("Write something to it").click()
    form.locator("[name=words]").fill("You should tell them on Monday")
    form.locator('button[value="back"]').click()
    noor.sees("Being heard often comes first.")
    sam.sees_not("on Monday")
    noor.play("Attend", "sense", words="Nobody turned to you. Of course it hurts.")
    sam.sees("It makes sense to Noor")
    noor.may_not("Idea")
    sam.play("Welcome")
    noor.play("Idea", words="What if we write it down together?")
    noor.may_not("Idea")


def comforted(sam: Person, noor: Person) -> None:
    """A hug is asked for each time: once it is not now, once it is yes, and either stops it."""
    for answer in ("no", "yes"):
        sam.play("Go", "touch")
        sam.play("Hold", "hug")
        noor.sees("Is it good for you, too?")
        noor.play("Agree", answer)
        if answer == "no":
            sam.sees("What would be good now?")
            says_where_help_is(sam)
    sam.play("Begin")
    began = [person.page.locator("[data-began]").get_attribute("data-began") for person in (sam, noor)]
    assert began[0] == began[1]
    noor.play("Stop")
    sam.may("Go")


def says_where_help_is(sam: Person) -> None:
    """Read on a phone of either size, without scrolling, that a page is not enough in danger."""
    for width, height in SIZES:
        sam.page.set_viewport_size({"width": width, "height": height})
        assert sam.page.get_by_text("If somebody may be in danger").evaluate(IN_SIGHT), (width, height)


@pytest.mark.shows("S1", "S8", "S9")
def test_the_sky_an_answer_for_later_and_something_kind_meanwhile(
    copy: Copy, pair: tuple[Person, Person]
) -> None:
    sam, noor = pair
    sam.go("/")
    sam.page.get_by_role("link", name="Rain").click()
    expect(sam.page.locator('[name=look][value="rain"]')).to_be_checked()
    found = looked_at(sam, "sky")
    sends(sam, "Show Noor")
    noor.go("/")
    noor.sees("Rain")

    asks(noor, "Comfort me", "Sam")
    sam.go("/with-you/ask")
    sam.page.get_by_text("I am full just now").click()
    sam.page.locator("[name=full_pick]").select_option(index=1)
    sends(sam, "Say so")
    noor.go("/")
    noor.sees("room again")

    noor.go("/with-you/alone")
    for name, text in (("name", "Aunt Mo"), ("number", "+44 20 7946 0000")):
        noor.page.locator(f"[name={name}]").fill(text)
    sends(noor, "Keep it for me")
    found += looked_at(noor, "alone")
    noor.go("/with-you/ask?own")
    box = noor.page.locator("[data-sees]").bounding_box()
    assert box is not None
    assert box["y"] < 200, "who sees it is said before one asks"
    found += asks(noor, "Be quiet near me", "Sam")  # as few taps while something else is asked for
    sam.go("/")
    copy.wait(timedelta(hours=2, minutes=5))
    noor.go("/")
    noor.page.get_by_role("link", name="Open it").first.click()
    noor.sees("Aunt Mo")
    # The sign of a phone stands beside the number, not above it.
    expect(noor.page.get_by_role("link", name="+44 20 7946 0000")).to_have_css("display", "flex")
    sam.go("/")
    sam.sees_not("Something kind for yourself")
    assert found == []


@pytest.mark.shows("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9")
def test_on_one_phone_it_lies_between_them(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    table = Table(owner=sam, other=noor.name)
    table.begin("With You")
    table.tap("Ready")
    table.tap("Want", "guest", "quiet")
    sam.sees("Be quiet near Noor")
    table.tap("Go", "guest", "talk")
    for way in (
        "sense",
        "ask",
    ):  # that a feeling makes sense, and an open question about it; never a way to solve it
        table.tap("Speak", "guest")
        for kind in ("Idea", "Speak"):
            expect(table.move(kind, "host")).to_have_count(0)
        table.tap("Attend", "host", way)
    table.tap("Go", "guest", "touch")
    table.tap("Hold", "guest", "hand")
    table.tap("Spoken", "host")
    table.tap("Begin", "guest")
    table.tap("Stop", "host")
    table.tap("Go", "guest", "enough")
    table.tap("Landed", "guest", "landed")
    sam.sees("You did this together")
    expect(sam.page.locator("textarea")).to_have_count(0)


@pytest.mark.shows("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9")
def test_in_letters_ideas_come_in_a_second_one_and_only_when_welcome(
    copy: Copy, pair: tuple[Person, Person]
) -> None:
    sam, noor = pair
    path = sam.write("With You")
    sam.play("Ready")
    sam.play("Want", "think")
    sam.play("Speak", words=SAID)
    copy.wait(WAIT)
    noor.go("/")
    noor.press("Open the letter")
    noor.sees(SAID)
    noor.may_not("Idea")
    noor.play("Attend", "ask", words="What was the hardest of it?")
    noor.sees("You may close this page.")
    expect(noor.page.get_by_role("button", name="Take it back")).to_be_in_viewport()
    copy.wait(WAIT)
    sam.go(path)
    sam.play("Speak", words="That I smiled")
    copy.wait(WAIT)
    noor.go(path)
    noor.may_not("Idea")
    noor.play("Attend", "sense", words="An hour, and nobody asked you. Of course.")
    copy.wait(WAIT)
    sam.go(path)
    sam.sees("Of course.")
    sam.play("Welcome")
    noor.go(path)
    noor.play("Idea", words="What would you want them to know?")
    copy.wait(WAIT)
    sam.go(path)
    sam.sees("What would you want them to know?")
    from_afar(copy, sam, noor, path)
    sam.play("Go", "enough")
    sam.play("Landed", "landed")
    for person in pair:
        person.go(path)
        person.sees("You did this together")
        person.sees_not(SAID)  # what was said has no consequences: it is gone
    only_know(copy, sam, noor)


def from_afar(copy: Copy, sam: Person, noor: Person, path: str) -> None:
    """A hand on the heart, both in the minute that one chose and the other agreed to; then it goes on where it was."""
    then = (copy.now + timedelta(hours=1)).replace(second=0, microsecond=0)
    ask_for_it(sam, then)
    sam.press("Rather not, after all")
    ask_for_it(sam, then)
    noor.go(path)
    noor.sees(then.strftime("%H:%M"))
    noor.play("Agree", "yes")
    sam.go(path)
    began = [person.page.locator("[data-began]").get_attribute("data-began") for person in (sam, noor)]
    assert began == [then.isoformat()] * 2
    expect(noor.page.get_by_role("link", name="A voice note")).to_be_visible()
    copy.wait(timedelta(hours=1, minutes=2))
    sam.go(path)


def ask_for_it(sam: Person, then: datetime) -> None:
    """Ask for a hand on the heart at a time."""
    sam.page.get_by_text("A hand on the heart, both at once").click()
    form = sam.move("Heart")
    form.locator("[name=minutes]").fill(then.strftime("%H:%M"))
    form.locator("button").click()


def only_know(copy: Copy, sam: Person, noor: Person) -> None:
    """Sometimes one line in return is all that is asked for; a question about the feeling has its place elsewhere."""
    path = sam.write("With You")
    sam.play("Ready")
    sam.play("Want", "know")
    sam.play("Speak", words="I have the results tomorrow")
    copy.wait(WAIT)
    noor.go("/")
    noor.press("Open the letter")
    expect(noor.move("Attend").locator('button[value="ask"]')).to_have_count(0)
    noor.play("Attend", "thank", words="I know it now, and I am here tomorrow.")
    copy.wait(WAIT)
    sam.go(path)
    sam.sees("I am here tomorrow.")
