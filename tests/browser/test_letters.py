"""Each in their own time: letters over three days, two zones and a night in which the clocks change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from nearer.testing.people import Person, bond, newcomer, sit_down
from nearer.testing.server import Copy, databases_for, free_port

# In Berlin clocks go forward in the night to Sunday, 28 March 2027; in New York they already have.
FRIDAY, SATURDAY, SUNDAY = (datetime(2027, 3, day, 13, 10, tzinfo=UTC) for day in (26, 27, 28))
WAIT = timedelta(minutes=2)
CHIME = "A gentle chime. Take the time you need."
# All that the page tells those who listen to it: on a stopped clock the line may be out, and says so in between.
HEARS = """() => {
  window.heard = [];
  const voice = document.querySelector("[data-say]");
  new MutationObserver(() => heard.push(voice.textContent)).observe(voice, { childList: true });
}"""
FIELDS = "main textarea:not([readonly]), main input[type=text], main [contenteditable]"


@pytest.fixture
def days(tmp_path: Path, worker_id: str) -> Iterator[Copy]:
    """A copy whose clock can be moved; it is Friday."""
    names = databases_for(f"days_{worker_id}")
    copy = Copy(data=tmp_path / "data", port=free_port(), databases=names)
    copy.at(FRIDAY - timedelta(hours=1))
    copy.start()
    yield copy
    copy.stop()


@pytest.fixture
def apart(browser: Browser, days: Copy) -> Iterator[tuple[Person, Person]]:
    """Sam in Berlin and Noor in New York, bonded."""
    sam = newcomer(browser, days.url, "Sam", timezone_id="Europe/Berlin", reduced_motion="reduce")
    noor = newcomer(browser, days.url, "Noor", timezone_id="America/New_York", reduced_motion="reduce")
    bond(sam, noor)
    yield sam, noor
    for person in (sam, noor):
        person.page.context.close()


def begins_a_letter(person: Person, topic: str) -> str:
    """Write up to the letter itself."""
    path = person.write()
    person.play("Ready")
    person.play("SetTopic", topic=topic)
    person.may("Speak")
    return path


def goes_on(person: Person) -> None:
    """Open what waits on Today."""
    person.go("/")
    ways = [
        person.page.get_by_role(role, name=re.compile("Go on|Open the letter")) for role in ("link", "button")
    ]
    ways[0].or_(ways[1]).click()


def finds_a_letter(person: Person) -> None:
    """Open a letter that waits on Today."""
    person.go("/")
    person.sees("A letter waits for you")
    goes_on(person)


def reads_it(person: Person) -> None:
    """Open it with one tap: the letter has the screen to itself, and what it asks for comes after it."""
    finds_a_letter(person)
    expect(person.page.locator(".letter")).to_be_in_viewport()
    expect(person.page.locator(FIELDS)).not_to_be_in_viewport()
    person.may("Reflect")


def test_a_day_far_off_has_its_date_on_the_first_page_that_somebody_opens_as_well(
    bonded: tuple[Person, Person], copy: Copy
) -> None:
    sam, noor = bonded
    sam.go("/practise/listening")
    sam.page.get_by_label("How long a letter stays open").select_option("30")
    sam.press("Write in our own time")
    sam.play("Ready")
    sam.play("SetTopic", topic="the garden")
    sam.play("Speak", words="I liked it more than I said.")
    copy.wait(timedelta(minutes=3))

    # Nothing is known of Noor's zone yet: the script writes what the server could not.
    noor.go("/")
    day = datetime.fromisoformat(str(noor.page.locator("time").first.get_attribute("datetime")))
    expect(noor.page.locator("time").first).to_contain_text(
        re.compile(f"{day - timedelta(days=1):%B}|{day + timedelta(days=1):%B}")
    )


@pytest.mark.shows("L1", "L2", "L3", "L4", "L5", "L6", "L7")
def test_the_whole_floor_in_letters(days: Copy, apart: tuple[Person, Person]) -> None:
    sam, noor = apart
    the_first_letter(days, sam, noor)
    the_answers(days, sam, noor)
    the_other_letter(days, sam, noor)

    for person in (sam, noor):
        goes_on(person)
        person.play("Note", words=f"{person.name} understood more")
        days.wait(WAIT)
    noor.page.reload()
    sam.page.reload()
    sam.play("Keep", "yes")
    noor.sees("When you are next together, read the letters aloud to each other.")
    noor.sees("Look at each other if that is comfortable.")
    noor.play("Keep", "yes")
    noor.sees("Kept locked for you two.")
    noor.page.locator("summary", has_text="What you kept").click()
    noor.sees("read the letters aloud to each other")
    sam.go("/")
    sam.sees_not("Open until")


def the_first_letter(days: Copy, sam: Person, noor: Person) -> None:
    """Sam writes; Noor learns of it when it is sent, asks for one reminder, and gets one."""
    begins_a_letter(sam, "the drive home")
    noor.go("/")
    noor.sees_not("letter")
    words = sam.move("Speak").locator("textarea")
    words.fill("x" * 1945)
    sam.sees("Characters left: 55")
    days.at(FRIDAY)
    sam.play("Speak", words="I felt left out")
    noor.go("/")
    noor.sees_not("letter")
    sam.press("Take it back")
    sam.sees("You have it back. Nobody has seen it.")
    expect(sam.move("Speak").locator("textarea")).to_have_value("I felt left out")
    sam.play("Speak", words="I felt left out on the drive home")
    sam.sees("On its way to Noor.")
    days.wait(WAIT)
    sam.go("/")
    sam.sees("Your letter is with Noor")
    sam.sees("Open until Monday afternoon, 15:12, then erased.")  # 14:12 on Friday: an hour is lost on Sunday

    noor.go("/")
    noor.sees("A letter waits for you")
    noor.sees("Open until Monday morning, 09:12, then erased.")
    noor.press("Remind me once, tomorrow")
    noor.sees("Today reminds you once, from Saturday 27 March, 09:1")
    with noor.page.expect_download() as download:
        noor.page.get_by_role("link", name="Put it in my calendar").click()
    event = download.value.path().read_text()
    assert "DTSTART:20270327T131" in event
    assert "SUMMARY:Something is waiting for you." in event

    days.at(SATURDAY + timedelta(minutes=10))
    noor.go("/")
    noor.sees("You asked for one reminder: a letter waits for you.")
    noor.go("/")
    noor.sees("A letter waits for you")
    noor.sees_not("You asked for one reminder")


def the_answers(days: Copy, sam: Person, noor: Person) -> None:
    """Noor can only say it back; Sam alone says whether that is it."""
    sam.go("/")
    before = sam.page.locator("main").inner_text()
    reads_it(noor)
    noor.sees("I felt left out on the drive home")
    expect(noor.page.locator(FIELDS)).to_have_count(1)
    expect(noor.move("Reflect").get_by_label("What you heard")).to_be_visible()
    expect(noor.move("Reflect").get_by_role("button")).to_have_text(["Say it back"])
    sam.go("/")
    assert sam.page.locator("main").inner_text() == before, "opening a letter shows"
    days.at(SATURDAY + timedelta(hours=1))
    noor.play("Reflect", words="You were angry on the drive")
    days.wait(WAIT)
    noor.page.reload()
    noor.sees("You find it here once it comes.")
    noor.sees("Open until Tuesday morning, 10:12, then erased.")

    days.at(SUNDAY)
    finds_a_letter(sam)
    sam.sees("Open until Tuesday afternoon, 16:12, then erased.")
    sam.play("Check", "nearly")
    sam.play("Clarify", words="More alone than angry")
    days.wait(WAIT)
    finds_a_letter(noor)
    expect(noor.page.locator(FIELDS)).to_have_count(1)
    noor.play("Reflect", words="You felt alone")
    days.wait(WAIT)
    finds_a_letter(sam)
    sam.play("Check", "yes")
    finds_a_letter(noor)
    noor.sees("Anyone in your place could feel that.")
    noor.play("Validate", words="No wonder you felt alone")
    days.wait(WAIT)


def the_other_letter(days: Copy, sam: Person, noor: Person) -> None:
    """Noor may write now, and Sam says it back. That Noor has begun is not to be seen."""
    sam.go("/")
    sam.sees("The next letter is Noor’s")
    noor.page.reload()
    noor.play("Swap")
    sam.page.get_by_role("link", name="The next letter is Noor’s").click()
    sam.sees("No wonder you felt alone")
    sam.sees("Now Noor may write.")
    days.wait(timedelta(hours=20))
    noor.play("Speak", words="I was tired and did not see it")
    days.wait(WAIT)
    finds_a_letter(sam)
    expect(sam.page.locator(FIELDS)).to_have_count(1)
    sam.play("Reflect", words="You were too tired to see")
    days.wait(WAIT)
    finds_a_letter(noor)
    noor.play("Check", "yes")
    finds_a_letter(sam)
    sam.move("Validate").get_by_role("button", name="Skip this").click()
    sam.may("Note")


@pytest.mark.shows("F2")
def test_a_letter_rests_after_three_days_and_a_live_turn_is_never_cut_off(
    days: Copy, apart: tuple[Person, Person]
) -> None:
    sam, noor = apart
    path = begins_a_letter(sam, "the garden")
    days.at(FRIDAY)
    sam.play("Speak", words="A letter for a quiet moment")
    days.wait(timedelta(hours=71, minutes=58))
    noor.go("/")
    noor.sees("A letter waits for you")

    days.at(FRIDAY + timedelta(hours=72, minutes=5))
    endings = []
    for person in (sam, noor):
        person.go("/")
        person.sees_not("letter")
        person.go(path)
        person.sees("The sitting is over")
        person.sees_not("A letter for a quiet moment")
        endings.append(person.page.locator("#stage .still").inner_text())
    assert endings[0] == endings[1]
    days.wait(timedelta(days=3))
    assert "sittings 1" in days.run("prune")

    chimes_and_goes_on(days, sam, noor)


def chimes_and_goes_on(days: Copy, sam: Person, noor: Person) -> None:
    """Live, on stopped clocks: a sign at a minute and a half and at three, and no end to a turn."""
    sit_down(sam, noor)
    sam.play("SetTopic", topic="the hike")
    noor.may("TakeTopic")
    noor.play("TakeTopic")
    sam.may("Heat")
    sam.play("Heat", "easy")
    noor.may("Heat")
    noor.play("Heat", "easy")
    sam.may("Volunteer")
    sam.play("Volunteer")
    noor.may("Nod")
    for person in (sam, noor):
        person.page.clock.install(time=days.now)
        person.page.reload()
        person.page.evaluate(HEARS)
        person.page.clock.run_for(80_000)
        assert CHIME not in person.page.evaluate("heard")
        person.page.clock.run_for(15_000)
        assert person.page.evaluate("heard").count(CHIME) == 1
        expect(person.page.locator("#stage[data-chimed]")).to_have_count(1)
        person.page.clock.run_for(90_000)
        assert person.page.evaluate("heard").count(CHIME) == 2
    days.wait(timedelta(minutes=20))
    sam.play("Speak", words="As long as it takes")
    noor.page.reload()  # on a clock that was moved its line waits to come back
    noor.sees("As long as it takes")


@pytest.mark.shows("L3", "L6")
def test_letters_that_both_keep_are_there_when_their_days_are_over(
    days: Copy, apart: tuple[Person, Person]
) -> None:
    sam, noor = apart
    path = begins_a_letter(sam, "the drive home")
    sam.play("Speak", words="I felt left out on the drive home")
    days.wait(WAIT)
    reads_it(noor)
    noor.press("Keep this exchange")
    noor.sees("You would like to keep it. If you both would, it stays.")
    sam.go(path)
    sam.sees("Open until")
    sam.press("Keep this exchange")
    sam.sees("You are both keeping these letters. They stay.")

    days.at(FRIDAY + timedelta(days=5))
    for person in (sam, noor):
        person.go(path)
        person.sees("You are both keeping these letters. They stay.")
        person.sees("I felt left out on the drive home")
