"""The same two people with other browsers: from sign-up to letters, quick exit and a page without a network."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import pytest

from nearer.calendars.reading import SAMPLE
from nearer.testing.server import Copy
from tests.browser.engines import PATIENCE, PAUSE, Window, firefox, firefox_path, webkit, webkit_path
from tests.browser.frozen import Line
from tests.browser.test_unsent_words import files_with

PASSPHRASE = "lantern orbit quiet willow"
WORDS = "I felt left out on the drive home"
UNSENT = "The quietfox went home before the lights did"
TYPED = "(words) => document.querySelector('[data-move=Speak] [name=words]')?.value === words"
CHOOSE = """(text) => {
  const chosen = new DataTransfer();
  chosen.items.add(new File([text], 'own.ics', {type: 'text/calendar'}));
  document.querySelector('main [type=file]').files = chosen.files;
}"""
ARTICLE = "/library/knowing-what-the-other-needs"
ENGINES = [
    pytest.param(
        firefox, id="firefox", marks=pytest.mark.skipif(not firefox_path(), reason="Firefox is not installed here")
    ),
    pytest.param(
        webkit, id="webkit", marks=pytest.mark.skipif(not webkit_path(), reason="WebKit's driver is not installed here")
    ),
]  # fmt: skip


@pytest.fixture(params=ENGINES)
def windows(request: Any, tmp_path: Path) -> Iterator[list[Window]]:
    """Two windows of another browser."""
    engine: Callable[[Path], AbstractContextManager[list[Window]]] = request.param
    with engine(tmp_path / "profile") as pair:
        yield pair


@pytest.fixture
def line(own_copy: Copy) -> Iterator[Line]:
    """What lies between Noor and the house."""
    line = Line(own_copy.port)
    yield line
    line.close()


def sign_up(window: Window, home: str, name: str) -> None:
    """Make an account, and type the recovery code back."""
    window.go(f"{home}/signup")
    for field, value in (("name", name), ("username", f"u{token_hex(6)}"), ("passphrase", PASSPHRASE)):
        window.fill(f"main [name={field}]", value)
    window.tap("Create account")
    code = window.until("() => document.querySelector('[data-recovery-code]')?.textContent.trim()")
    window.fill("main [name=code]", code)
    window.tap("Continue")
    window.until("() => location.pathname === '/'")


def invite(sam: Window, noor: Window, home: str) -> None:
    """Bond two people by a link."""
    sam.go(f"{home}/invite")
    sam.fill("[name=kin]", "friend")
    sam.tap("Make an invitation")
    noor.go(sam.until("() => document.querySelector('[data-invite-link]')?.textContent.trim()"))
    noor.tap("Join", "main button")
    noor.sees("You joined")
    sam.go(home)
    sam.tap("Yes, this is Noor")
    sam.until("() => !document.body.innerText.includes('Is this who you meant?')")


def sit(sam: Window, noor: Window, home: str, line: Line) -> None:
    """Play The Floor live to its end: each hears the other without a touch; what is typed outlives the page."""
    sam.go(f"{home}/practise/listening")
    sam.tap("Start together")
    path = sam.until("() => location.pathname.startsWith('/s/') && location.pathname")
    noor.go(f"{line.url}{path}")
    noor.play("Ready")
    sam.play("SetTopic", topic="the drive home")
    noor.play("TakeTopic")
    for each in (sam, noor):
        each.play("Heat", "easy")
    sam.play("Volunteer")

    sam.fill('[data-move="Speak"] [name=words]', WORDS)
    sam.until("() => sessionStorage.getItem('unsent')")
    sam.tap("Help", ".foot a")
    sam.until("() => location.pathname === '/help'")
    sam.run("() => history.back()")
    sam.until(TYPED, WORDS)
    sam.run("() => location.reload()")
    sam.until(f"(words) => document.readyState === 'complete' && ({TYPED})(words)", WORDS)
    # A phone that slept: its stream is silent, and nothing ended it.
    line.silence_streams()
    sam.play("Speak")
    noor.run("() => document.dispatchEvent(new Event('visibilitychange'))")

    noor.sees(WORDS)
    noor.play("Reflect", words="You felt alone")
    sam.sees("You felt alone")
    sam.play("Check", "yes")
    noor.play("Validate", words="Anyone could feel that")
    noor.play("Ask", words="What would help?")
    sam.play("More", "no")
    noor.play("EndHere")
    for each in (sam, noor):
        each.play("Note", words="A note")
    for each in (sam, noor):
        each.play("Keep", "yes")
    for each in (sam, noor):
        each.sees("Kept locked for you two.")


def be_with(sam: Window, noor: Window, home: str) -> None:
    """Ask on Today, come into the room, be heard, and breathe together until one stops."""
    sam.go(f"{home}/with-you/ask")
    sam.fill("main [name=wish][value=listen]")
    sam.tap("Ask Noor", "main button")
    sam.sees("You asked")
    noor.go(home)
    noor.tap("See, and answer", "main a")
    noor.tap("I am here now", "main button")
    path = noor.until("() => location.pathname.startsWith('/s/') && location.pathname")
    sam.go(f"{home}{path}")
    sam.play("Ready")
    sam.play("Speak", words=WORDS)
    noor.sees(WORDS)
    noor.play("Attend", "sense")
    sam.play("Go", "touch")
    sam.play("Hold", "hug")
    noor.play("Agree", "yes")
    sam.play("Begin")
    noor.until("() => document.querySelector('[data-began]') && true")
    noor.play("Stop")
    sam.play("Go", "enough")
    sam.play("Landed", "landed")
    noor.sees("You did this together")


def answer_in_pairs(sam: Window, noor: Window, home: str) -> None:
    """Answer the same question, sealed until both are in, and receive each other."""
    sam.go(f"{home}/practise/closer")
    sam.tap("Start together")
    path = sam.until("() => location.pathname.startsWith('/s/') && location.pathname")
    noor.go(f"{home}{path}")
    noor.play("Ready")
    sam.play("Draw")
    sam.play("Answer", words="The same street, when we are old")
    assert not noor.run("() => document.body.innerText.includes('The same street')")
    noor.play("Answer", words="A garden")
    noor.sees("The same street, when we are old")
    sam.sees("A garden")


def choose_a_calendar(sam: Window, home: str) -> None:
    """Send a calendar file without leaving its page."""
    sam.go(f"{home}/times/file")
    sam.until("() => document.readyState === 'complete'")
    sam.run(CHOOSE, SAMPLE.decode())
    sam.tap("Read it", "main button")
    sam.until("() => location.pathname === '/times'")
    sam.sees("Read on")


def write(sam: Window, noor: Window, copy: Copy) -> None:
    """Send a letter, and answer it; each waits for the other when its time to be taken back is over."""
    sam.go(f"{copy.url}/practise/listening")
    sam.tap("Write in our own time")
    sam.until("() => location.pathname.startsWith('/s/')")
    sam.play("Ready")
    sam.play("SetTopic", topic="the garden")
    sam.play("Speak", words="I liked the garden")
    sam.sees("On its way to Noor.")
    copy.wait(timedelta(minutes=11))
    noor.go(copy.url)
    noor.sees("A letter waits for you")
    noor.go(f"{copy.url}{sam.run('() => location.pathname')}")
    noor.play("Ready")
    noor.play("Reflect", words="The garden made you glad")
    copy.wait(timedelta(minutes=11))
    sam.go(copy.url)
    sam.sees("A letter waits for you")
    sam.tap("", "main a[href^='/s/']")
    sam.sees("The garden made you glad")


def speak(sam: Window, home: str) -> None:
    """Record a voice note, where the browser lends a microphone; where it lends none, a recording can be chosen."""
    sam.go(f"{home}/us")
    sam.tap("Add a voice note")
    sam.until("() => location.pathname.endsWith('/voice')")
    sam.until("() => document.readyState === 'complete'")
    if not sam.run("() => Boolean(window.MediaRecorder && navigator.mediaDevices?.getUserMedia)"):
        assert sam.run("() => document.querySelector('[data-recorder]').hidden")
    else:
        sam.tap("Record", "[data-recorder] button:not([hidden])")
        if (
            sam.until(
                "() => ['Recording', 'does not allow'].find((each) => document.querySelector('[data-state]').textContent.includes(each))"
            )
            == "Recording"
        ):
            sam.until("() => document.querySelector('[data-clock]').textContent === '0:01'")
            sam.tap("Stop", "[data-recorder] button:not([hidden])")
            sam.sees("Recorded. Listen first, if you like.")
            sam.tap("Keep it for us both")
            sam.sees("sees it in two minutes")
            return
    assert sam.run("() => document.querySelector('main [type=file]').checkVisibility()")


def ask_for_a_passkey(home: str, kim: Window) -> None:
    """A browser that knows no passkeys is offered none; one whose device cannot tell who holds it says what became of it."""
    home = home.replace("127.0.0.1", "localhost")  # a passkey belongs to a name
    sign_up(kim, home, "Kim")
    kim.go(f"{home}/settings/passkeys")
    kim.tap("Add a passkey", "main button")
    kim.fill("main [name=passphrase]", PASSPHRASE)
    kim.tap("Open it")
    knows = "() => document.querySelector('[data-ask]') && ('PublicKeyCredential' in window ? 'yes' : 'no')"
    if kim.until(f"() => document.readyState === 'complete' && ({knows})()") == "no":
        assert not kim.run("() => document.querySelector('[data-ask]').checkVisibility()")
        return
    kim.tap("Add a passkey on this device", "main button")
    kim.sees("Nothing was kept. You can try again.")


def leave(sam: Window, home: str) -> None:
    """Leave quickly: the session is over, and going back leads to the door."""
    sam.go(f"{home}/us")
    sam.tap("Quick exit", "[data-exit] button")
    sam.until("(home) => !location.href.startsWith(home)", home)
    sam.back()
    sam.until("() => location.pathname === '/login'")
    sam.go(f"{home}/us")
    sam.until("() => location.pathname === '/login'")


def look_into(profile: Path, sam: Window, home: str) -> None:
    """Type, and find no word in any file of the browser; what lies open in the same place is found."""
    sam.go(f"{home}/mirror/lines")
    sam.until("() => location.pathname === '/mirror/lines' && document.readyState === 'complete'")
    sam.fill("main [name=words]", UNSENT)
    sam.until("() => sessionStorage.getItem('unsent')")
    sam.run("() => sessionStorage.setItem('open', 'plainhedgehog')")
    if not profile.exists():
        return  # a browser that keeps none
    end = time.monotonic() + PATIENCE
    while not files_with("plainhedgehog", profile):
        assert time.monotonic() < end, "what lies open is not written down either: this shows nothing"
        time.sleep(PAUSE)
    assert files_with("quietfox", profile) + files_with(WORDS, profile) == []


@pytest.mark.shows("P1", "F2", "L6")
def test_two_people_with_another_browser(
    windows: list[Window], own_copy: Copy, line: Line, tmp_path: Path
) -> None:
    sam, noor = windows
    home = own_copy.url
    sign_up(sam, home, "Sam")
    sign_up(noor, home, "Noor")
    invite(sam, noor, home)
    sit(sam, noor, home, line)
    be_with(sam, noor, home)
    choose_a_calendar(sam, home)
    write(sam, noor, own_copy)
    speak(sam, home)
    answer_in_pairs(sam, noor, home)
    look_into(tmp_path / "profile", sam, home)
    leave(sam, home)
    ask_for_a_passkey(home, sam)
    read_without_a_house(noor, own_copy)


def read_without_a_house(noor: Window, copy: Copy) -> None:
    """Keep the library, and read in it when the house does not answer any more."""
    noor.go(f"{copy.url}/library/")
    noor.tap("Keep the library here")
    noor.sees("The library is kept on this device.")
    noor.run("() => location.reload()")
    noor.until("() => navigator.serviceWorker.controller && true")
    copy.stop()
    noor.go(f"{copy.url}{ARTICLE}")
    noor.sees("Knowing what the other needs")
