"""A stranger without an account tries The Floor with a script, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from nearer.testing.people import Person

SCRIPT = "is a practice partner: a script, not a person. Nothing here is kept."
MARK = "p[data-mark]"


def met(person: Person) -> str:
    """Wait for the mark that it is a script, and return the name it gives."""
    expect(person.page.locator(MARK)).to_contain_text(SCRIPT)
    return person.page.locator(MARK).inner_text().split()[0]


def speak(person: Person, name: str) -> None:
    """Have the floor: pause in the middle, and correct the first say-back."""
    words = person.move("Speak").locator('[name="words"]')
    person.set(person.move("Speak"), "words", "The blue bus left at four")
    person.play("Pause")
    person.sees("Every clock has stopped. Go on when you are ready.")
    person.play("Resume")
    expect(words).to_have_value("The blue bus left at four")
    person.press("Pass it on")
    person.sees(f"{name} said back")
    person.sees("“The blue bus left at four”")
    person.play("Check", "nearly")
    person.play("Clarify", words="Nobody had waited")
    person.sees("“Nobody had waited”")
    person.play("Check", "yes")
    person.sees(f"{name} said why it makes sense")
    person.sees(f"{name} asked")
    person.play("More", "no")


def listen(person: Person, name: str) -> None:
    """Hear the script out; it may have more to say, or add something."""
    person.sees(f"{name} is speaking")
    expect(person.page.locator("main textarea, main input[type=text]")).to_have_count(0)
    person.play("Nod")
    answers = {
        "Reflect": {"words": "So for you it was a long day"},
        "Validate": {"words": "That makes sense to me"},
        "Ask": {"words": "How was it after that?"},
        "Listen": {},
    }
    still = person.page.locator(", ".join(f'form[data-move="{kind}"]' for kind in (*answers, "Note")))
    for _ in range(30):
        kind = still.first.get_attribute("data-move") or ""
        if kind == "Note":
            return
        person.play(kind, **answers[kind])


@pytest.mark.shows("F1", "F5")
def test_a_stranger_tries_the_floor_with_a_script_before_signing_up(sam: Person) -> None:
    asked: list[str] = []
    sam.page.on("request", lambda request: asked.append(request.url))
    sam.go("/")
    sam.sees("What emotional intimacy is")
    sam.press("Try The Floor with a practice partner")
    name = met(sam)

    sam.play("Ready")
    sam.play("SetTopic", topic="The way home")
    sam.play("Heat", "easy")
    sam.play("Volunteer")
    speak(sam, name)
    sam.play("Swap")
    listen(sam, name)
    sam.play("Note", words="A bus can matter")
    sam.play("Keep", "yes")

    sam.sees("That is the whole practice")
    sam.sees_not("The blue bus left at four")
    expect(sam.page.locator('a[href="/signup"]')).to_be_visible()
    sam.press("Try again")
    expect(sam.page.locator(MARK)).not_to_contain_text(name)
    assert met(sam) != name
    sam.may("Ready")
    assert not [url for url in asked if "/live/" in url or "bus" in url]
    assert {cookie["name"] for cookie in sam.page.context.cookies()} <= {"c", "__Host-c"}
