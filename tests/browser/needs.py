"""What two people do in the Needs Mirror, step by step, in the words they see on the screen."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, expect

import nearer
from nearer.content.deck import read_deck
from nearer.testing.people import Person
from tests.browser.conftest import send

TITLE = "Needs Mirror"
MINE = "My voice goes quiet when I am cornered. Ten minutes alone help."


def levels(person: Person, kind: str, row: str, answers: dict[int, int]) -> None:
    """Tap answers in a row of cards."""
    form = person.move(kind)
    for card, level in answers.items():
        # The first tap takes the card; then its five dots are there.
        form.locator(f'input[name="{row}-{card}"][value="3"]').check(force=True)
        form.locator(f'input[name="{row}-{card}"][value="{level}"]').check(force=True)


def map_and_guess(person: Person, mine: dict[int, int], theirs: dict[int, int]) -> None:
    """Say what matters, seal it, guess, and seal that."""
    person.may("Map")
    levels(person, "Map", "importance", mine)
    person.play("Map")
    person.may("Guess")
    person.sees("A guess, not a test. Only you see how far it was.")
    levels(person, "Guess", "levels", theirs)
    person.play("Guess")


def pick(owner: Person, card: str) -> None:
    """Choose a need of one's own to talk about."""
    owner.may("Pick")
    owner.play("Pick", card)


def offered(part: Locator, count: int) -> None:
    """Wait until a part of the page offers so many open questions, each of them one of the deck."""
    deck = Path(nearer.__file__).parent / "practices" / "needs" / "decks" / "questions.toml"
    known = {each.text for each in read_deck(deck.read_text(encoding="utf-8")).entries}
    shown = part.locator(".ideas > li")
    expect(shown).to_have_count(count)
    assert {each.strip() for each in shown.all_text_contents()} <= known


def ask_and_answer(owner: Person, other: Person) -> None:
    """Ask an open question, and answer it."""
    other.may("Ask")
    offered(other.page.locator("#stage"), 4)
    other.play("Ask", words="What does it feel like when it is missing?")
    owner.may("Answer")
    owner.play("Answer", words="Full, and a little cornered")


def say_back(owner: Person, other: Person) -> None:
    """Say back what was heard, feeling first, and say whether that is it."""
    other.may("Reflect")
    other.sees(f"The feeling first. It can make sense for {owner.name}, even if you see it another way.")
    other.play("Reflect", words="It sounds as if you felt cornered, and no wonder")
    owner.may("Check")
    owner.play("Check", "yes")


def plan_it(owner: Person, other: Person) -> None:
    """Answer a request with a change, make a plan of it, and agree to it."""
    other.may("Reply")
    other.play("Reply", "another", words="Sunday is better for me")
    other.may("Plan")
    other.play("Plan", cue="breakfast is over", act="have two hours apart", days=2)
    owner.may("Agree")
    owner.play("Agree", "yes")


def plan_later(owner: Person, other: Person) -> None:
    """Make a plan on pages of one's own."""
    owner.go(f"{_bond_of(owner)}/plans")
    owner.page.locator("[name=cue]").fill("breakfast is over")
    owner.page.locator("[name=act]").fill("have two hours apart")
    owner.press(f"Suggest it to {other.name}")
    owner.sees(f"Suggested to {other.name}")
    other.go("/")
    other.press("Yes, let us")


def reading_me(owner: Person, other: Person) -> None:
    """Write how to read oneself, show it, and put right what the other noticed."""
    owner.go("/again?next=/mirror/lines/mine")
    owner.page.locator("[name=passphrase]").fill(owner.passphrase)
    owner.press("Open it")
    owner.page.locator("[name=channel]").select_option("voice")
    owner.page.locator("[name=words]").fill(MINE)
    owner.page.locator("[name=show]").check(force=True)
    owner.press("Add it")
    owner.sees(MINE)
    other.go("/mirror/lines")
    other.sees(MINE)
    other.page.locator("[name=words]").fill("You looked away when I asked. Were you cross?")
    other.press(f"Ask {owner.name}")
    other.sees("Asked. An answer is welcome, not owed.")
    owner.go("/mirror/lines")
    owner.sees("You looked away when I asked. Were you cross?")
    owner.page.locator("[name=words]").first.fill("I was looking for the words")
    owner.press("It is more like this")
    owner.sees(re.compile("I was looking for the words"))
    other.go("/mirror/lines")
    other.sees(re.compile("I was looking for the words"))


def comes_back(person: Person) -> None:
    """Open Today, after logging in anew where that is asked for."""
    person.go("/login")
    if person.page.url.endswith("/login"):
        person.log_in()


def look_back(one: Person, other: Person) -> None:
    """A week later each says in private what is to become of the plan."""
    for person, verdict in ((one, "drop"), (other, "keep")):
        comes_back(person)
        person.page.get_by_role("link", name="Look back on it").click()
        person.page.locator('[name=happened][value="partly"]').check(force=True)
        person.page.locator(f'[name=verdict][value="{verdict}"]').check(force=True)
        person.press("Say it")
    for person in (one, other):
        person.go("/us")
        person.sees(re.compile("You looked back: it could change a little"))


def draws_anew(person: Person) -> None:
    """Three months later Today says that people change."""
    comes_back(person)
    folded = person.page.locator("summary").filter(has_text="More, for another quiet moment")
    if folded.count():
        folded.click()
    person.sees("It has been a while, and people change. Do it again when you both like.")
    person.page.get_by_role("link", name=TITLE).first.click()
    expect(person.page.get_by_role("button", name="Start together")).to_be_visible()


def _bond_of(person: Person) -> str:
    found = re.search(r"/b/[0-9a-f-]{36}", send(person, "/us", ""))
    assert found
    return found[0]
