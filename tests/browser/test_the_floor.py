"""Two people, two phones: The Floor from sign-up to close."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from nearer.testing.people import Person, newcomer, sit_down
from nearer.testing.server import Copy


def open_the_floor(sam: Person, noor: Person) -> None:
    """Agree on an easy topic; Sam speaks first."""
    sit_down(sam, noor)
    sam.play("SetTopic", topic="the drive home")
    noor.may("TakeTopic")
    noor.play("TakeTopic")
    sam.may("Heat")
    sam.play("Heat", "easy")
    noor.may("Heat")
    noor.play("Heat", "easy")
    sam.may("Volunteer")
    sam.play("Volunteer")
    noor.may("Nod")


def invited_to_look(*people: Person) -> None:
    """Eye contact is offered while one of them speaks, where it is comfortable."""
    for person in people:
        person.sees(re.compile("Look at each other if that is comfortable"))


def listen_once(speaker: Person, listener: Person, words: str) -> None:
    """One floor, understood at once, nothing asked."""
    speaker.may("Speak")
    speaker.play("Speak", words=words)
    listener.play("Reflect", words=f"What I hear is: {words}")
    speaker.play("Check", "yes")
    listener.play("Validate", words="That makes sense to me.")
    listener.play("Ask", words="What would help?")
    speaker.may("More")
    speaker.play("More", "no")


@pytest.mark.shows("P1", "F2", "F3", "L1", "L2", "L3", "L4", "L5", "L6", "L7")
def test_two_people_play_the_floor_from_sign_up_to_close(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    open_the_floor(sam, noor)

    invited_to_look(sam, noor)
    # While Sam speaks, Noor can nod, and there is nothing to type a reply into.
    expect(noor.page.locator("main textarea, main input[type=text]")).to_have_count(0)
    noor.may_not("Reflect")
    noor.play("Nod")
    sam.play("Speak", words="I felt left out on the drive home")
    noor.sees("I felt left out on the drive home")

    # Noor says it back, and only Sam says whether that is it.
    noor.may_not("Check")
    noor.play("Reflect", words="You were angry")
    sam.sees("You were angry")
    sam.play("Check", "nearly")
    sam.play("Clarify", words="More alone than angry")
    noor.sees("More alone than angry")
    noor.play("Reflect", words="You felt alone")
    sam.play("Check", "yes")
    noor.play("Validate", words="Anyone in your place could feel that")
    sam.sees("Anyone in your place could feel that")
    noor.play("Ask", words="What would have helped?")
    sam.sees("What would have helped?")
    sam.play("More", "no")

    noor.play("Swap")
    listen_once(noor, sam, "I was tired")

    sam.play("Note", words="You were alone with it")
    noor.sees_not("You were alone with it")
    noor.play("Note", words="Tired is not cross")
    sam.sees("Tired is not cross")
    sam.play("Keep", "yes")
    noor.play("Keep", "yes")
    it_ends_well(sam, noor)


def it_ends_well(sam: Person, noor: Person) -> None:
    """The last screen shows both sentences; what was kept lies beneath it, and on Us."""
    sam.sees("You did this together")
    sam.sees("Kept locked for you two.")
    for words in ("You were alone with it", "Tired is not cross"):
        sam.sees(words)
    sam.page.get_by_text("What you kept").click()
    sam.sees("You felt alone")
    noor.go("/us")
    noor.sees("the drive home")


@pytest.mark.shows("F2")
def test_nothing_is_kept_unless_both_say_so(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    open_the_floor(sam, noor)
    listen_once(sam, noor, "A thing only for now")
    noor.play("EndHere")
    sam.play("Note", words="")
    noor.play("Note", words="")
    sam.play("Keep", "yes")
    noor.play("Keep", "no")

    sam.sees("Nothing that was said here is kept.")
    sam.page.reload()
    sam.sees_not("A thing only for now")
    sam.go("/us")
    sam.sees_not("the drive home")


@pytest.mark.shows("L5", "L6")
def test_the_network_goes_in_mid_turn_and_no_word_is_lost(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    open_the_floor(sam, noor)
    words = sam.move("Speak").locator('[name="words"]')
    sam.set(sam.move("Speak"), "words", "Half a thought, typed in a tunnel")

    sam.page.context.set_offline(True)
    sam.press("Pass it on")
    sam.sees("Not saved yet. Your words are still here.")
    expect(words).to_have_value("Half a thought, typed in a tunnel")
    sam.page.context.set_offline(False)
    sam.press("Try again")

    noor.sees("Half a thought, typed in a tunnel")
    expect(noor.page.get_by_text("Half a thought, typed in a tunnel")).to_have_count(1)


def test_both_tap_at_once_and_both_count(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    path = sam.start()
    noor.go(path)
    noor.play("Ready")
    sam.play("SetTopic", topic="the garden")
    noor.play("TakeTopic")
    # Neither page may hear of the other's tap before its own is sent.
    for person in (sam, noor):
        person.page.route("**/live/**", lambda route: route.abort())
        person.page.reload()
        person.may("Heat")
    sam.play("Heat", "easy")
    noor.play("Heat", "easy")

    noor.may("Volunteer")
    sam.page.reload()
    sam.may("Volunteer")


def test_a_suggestion_is_taken_also_while_the_other_suggests(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    sit_down(sam, noor)
    noor.page.route("**/live/**", lambda route: route.abort())
    noor.page.reload()
    noor.may("SetTopic")
    sam.play("SetTopic", topic="the garden")
    noor.move("SetTopic").locator('[name="topic"]').fill("the long words I chose")
    noor.move("SetTopic").locator("button").first.click()

    sam.may("TakeTopic")
    for person in (sam, noor):
        person.sees("the garden")
        person.sees("the long words I chose")
    sam.press("Yes to what Noor suggests")
    sam.may("Heat")


def test_whoever_is_typing_goes_on_typing_when_the_other_suggests_something(
    pair: tuple[Person, Person],
) -> None:
    sam, noor = pair
    sit_down(sam, noor)
    words = noor.move("SetTopic").locator('[name="topic"]')
    words.press_sequentially("the wal")
    sam.play("SetTopic", topic="the garden")
    noor.may("TakeTopic")

    expect(words).to_be_visible()
    expect(words).to_be_focused()
    noor.page.keyboard.type("k at the lake")
    expect(words).to_have_value("the walk at the lake")


def test_a_field_that_one_has_just_gone_into_stays_open_too(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    sit_down(sam, noor)
    words = noor.move("SetTopic").locator('[name="topic"]')
    words.focus()
    sam.play("SetTopic", topic="the garden")
    noor.may("TakeTopic")

    expect(words).to_be_focused()


@pytest.mark.shows("F2")
def test_leaving_looks_the_same_whoever_leaves(
    browser: Browser, copy: Copy, pair: tuple[Person, Person]
) -> None:
    sam, noor = pair
    endings = []
    for leaver, stayer in ((sam, noor), (noor, sam)):
        open_the_floor(sam, noor)
        leaver.play("Leave")
        stayer.sees("The sitting is over")
        leaver.sees("The sitting is over")
        endings.append(stayer.page.locator("#stage .still").inner_text())
    assert endings[0] == endings[1]


@pytest.mark.shows("F2")
def test_leaving_by_mistake_is_taken_back_and_the_other_sees_nothing_of_it(
    pair: tuple[Person, Person],
) -> None:
    sam, noor = pair
    open_the_floor(sam, noor)
    sam.press("Leave")
    sam.sees("You leave in five seconds.")
    sam.press("Stay")
    expect(sam.page.locator("[data-line]")).to_be_hidden()
    sam.play("Speak", value="yes")
    noor.may("Reflect")

    # Whoever closes the page meanwhile has left.
    sam.press("Leave")
    sam.sees("You leave in five seconds.")
    noor.may("Reflect")
    sam.go("/")
    noor.sees("The sitting is over")


def test_reload_second_tab_and_dead_stream_resume_in_place(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    open_the_floor(sam, noor)
    sam.page.reload()
    sam.may("Speak")
    second = sam.page.context.new_page()
    second.goto(sam.page.url)
    expect(second.locator('form[data-move="Speak"]')).to_be_visible()
    sam.play("Speak", words="From the first tab")
    expect(second.locator('form[data-move="Speak"]')).to_have_count(0)

    noor.page.route("**/live/**", lambda route: route.abort())
    noor.page.reload()
    noor.play("Reflect", words="Heard without a stream")
    sam.sees("Heard without a stream")


def test_pause_stops_both_and_only_the_one_who_paused_goes_on(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    open_the_floor(sam, noor)
    noor.play("Pause")
    sam.sees("Paused")
    sam.may_not("Speak")
    sam.may_not("Resume")
    noor.play("Resume")
    sam.may("Speak")


def test_it_works_without_javascript(browser: Browser, copy: Copy) -> None:
    sam = newcomer(browser, copy.url, "Sam", java_script_enabled=False)
    noor = newcomer(browser, copy.url, "Noor", java_script_enabled=False)
    sam.sign_up()
    noor.sign_up()
    sam.invite()
    code = sam.page.locator("[data-invite-code]").inner_text()
    noor.go("/j/")
    noor.fill("Code", code.lower())
    noor.press("Open the invitation")
    noor.press("Join")
    sam.confirm("Noor")
    path = sam.start()
    noor.go(path)
    noor.press("I am ready")
    sam.go(path)
    # A line is sent by the Enter key as it was written, although ideas to tap stand above it.
    sam.move("SetTopic").locator('[name="topic"]').fill("the weather")
    with sam.page.expect_navigation():
        sam.page.keyboard.press("Enter")
    noor.go(path)
    noor.sees("the weather")
    noor.press("Yes, let us talk about that")
    for person in (sam, noor):
        person.go(path)
        person.press("Easy today")
    sam.go(path)
    sam.press("I will go first")
    sam.press("I have said it")
    noor.go(path)
    noor.press("So for you it was…")

    expect(noor.page.get_by_label("What you heard")).to_have_value("So for you it was ")
    noor.press("Pass it on")
    noor.sees("Is that what was meant?")
    sam.go(path)
    sam.may("Check")
