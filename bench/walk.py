"""How many taps, fields and seconds two people need for what matters: `python -m bench.walk` prints it.

Also how far apart in time, on their two screens, what both have answered opens. Each walk is played in two browsers, at
the pace of somebody who reads before they tap. It counts and promises nothing: the counts are asserted where the same
walks are played as tests.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from nearer.testing import clock
from nearer.testing.hand import Hand
from nearer.testing.people import Person, bond, newcomer
from nearer.testing.server import Copy, free_port

ASKED = "What did you love doing when you were ten?"
ANSWERS = ("Climbing the walnut tree", "Building radios with my aunt")
FIVE = (0, 2, 5, 9, 13)
THINKS, TYPES = 1.5, 0.15
# When a page first shows what both have answered, by the clock that both browsers share.
NOTES = """addEventListener("DOMContentLoaded", () => {
  const look = () => { if (document.querySelector("[data-reveal]")) window.sawBoth ??= performance.timeOrigin + performance.now(); };
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();
})"""


def invite(host: Person) -> str:
    """Invite with a question, and return the link."""
    host.go("/invite")
    host.page.get_by_label("They are my").select_option("friend")
    host.page.get_by_label("A question for you both").select_option(label=ASKED)
    host.fill("Your answer", ANSWERS[0])
    host.press("Make an invitation")
    return host.page.locator("[data-invite-link]").inner_text()


def first_reveal(link: str, host: Hand, guest: Hand) -> Iterator[str]:
    """From a link in a message to both answers on both screens; the host's page turns by itself.

    Yields:
        A name for each place at which there is something to look at.
    """
    person = guest.person
    guest.open(link)
    person.sees(f"{host.person.name} would like to try this with you")
    yield "invited"
    guest.write(ASKED, ANSWERS[1])
    guest.press("Create account")
    guest.write("What shall we call you?", person.name)
    guest.write("Username", person.username)
    guest.write("Passphrase", person.passphrase)
    guest.press("Create account")
    code = person.page.locator("[data-recovery-code]").inner_text()
    guest.write("Type the code back", code.split("-")[-1])
    guest.press("Continue")
    guest.press("Join")
    for hand in (host, guest):
        reveal = hand.person.page.locator("[data-reveal]")
        for said in ANSWERS:
            expect(reveal.get_by_text(said)).to_be_visible()
    yield "opened"


def first_word(host: Hand, guest: Hand) -> Iterator[str]:
    """From Today, open on both screens, to the moment at which the host can speak."""
    host.press("Start The Floor")
    guest.follow("Come in")
    guest.plays("Ready")
    host.tap(host.person.page.locator(".idea").first)
    guest.plays("TakeTopic")
    for hand in (host, guest):
        hand.plays("Heat", "easy")
    host.plays("Volunteer")
    host.person.may("Speak")
    yield "speaks"


def heard(speaker: Hand, listener: Hand) -> None:
    """One floor, said aloud: spoken, said back, and that is it."""
    speaker.plays("Speak", "yes")
    listener.plays("Reflect", "yes")
    speaker.plays("Check", "yes")


def both_spoken(host: Hand, guest: Hand) -> Iterator[str]:
    """The Floor from Today until both have spoken once, with nothing written."""
    yield from first_word(host, guest)
    heard(host, guest)
    guest.tap(guest.person.move("Validate").locator('button[name="aloud"]'))
    guest.tap(guest.person.move("Ask").locator('button[name="skip"]'))
    host.plays("More", "no")
    guest.plays("Swap")
    guest.plays("Speak", "yes")
    host.person.may("Reflect")
    yield "both have spoken"


def letter_read(copy: Copy, writer: Person, reader: Hand) -> Iterator[str]:
    """A letter from Today, where it stands once it has arrived."""
    writer.write()
    writer.play("Ready")
    writer.play("SetTopic", topic="the garden")
    writer.play("Speak", words="I liked the garden more than I said.")
    copy.wait(timedelta(minutes=3))
    reader.person.go("/")
    yield "Today"
    reader.press("Open the letter")
    expect(reader.person.page.locator(".letter")).to_be_in_viewport()
    yield "the letter"


def needs_reveal(host: Hand, guest: Hand, title: str = "Needs Mirror") -> Iterator[str]:
    """The Needs Mirror from Practise until both maps are open: five cards each, and five guessed."""
    host.person.go("/practise")
    host.follow(title)
    host.press("Start together")
    guest.follow("Come in")
    guest.plays("Ready")
    for hand in (host, guest):
        for kind, row in (("Map", "importance"), ("Guess", "levels")):
            hand.person.may(kind)
            for number, card in enumerate(FIVE):
                _rate(hand, kind, f"{row}-{card}", level=4 if number % 2 else 3)
            hand.plays(kind)
    for hand in (host, guest):
        expect(hand.person.page.locator("[data-reveal]")).to_be_visible()
    yield "opened"


def breathed(host: Person, guest: Person) -> float:
    """Let two people begin a minute of breathing, and return how many milliseconds their screens are apart."""
    path = host.start("With You")
    guest.go(path)
    guest.play("Ready")
    host.play("Want", "comfort")
    host.play("Hold", "heart")
    guest.play("Agree", "yes")
    host.play("Begin")
    starts = [
        float(person.page.locator("[data-starts]").get_attribute("data-starts") or 0)
        for person in (host, guest)
    ]
    return abs(starts[0] - starts[1])


def _rate(hand: Hand, kind: str, name: str, *, level: int) -> None:
    """Take a card, and say how much it matters where that is not what a first tap says."""
    levels = hand.person.move(kind).locator(f'label:has(input[name="{name}"])')
    hand.tap(levels.nth(3))
    if level != 3:  # noqa: PLR2004 - what the first tap on a card says
        hand.tap(levels.nth(level))


def main() -> None:
    """Play every walk and print what it took."""
    print(f"{'walk':<44}{'asked':>12}{'host':>7}{'guest':>7}{'fields':>8}{'seconds':>9}{'apart':>9}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        copy = Copy(data=Path(folder) / "data", port=free_port())
        copy.at(clock.noon_today())
        copy.start()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            _walk(browser, copy)
        finally:
            browser.close()
            copy.stop()


def _walk(browser: Browser, copy: Copy) -> None:
    host, guest = _two(browser, copy)
    host.sign_up()
    link = invite(host)
    _show("cold link to the first reveal", "12 in all", host, guest, lambda *both: first_reveal(link, *both))
    host, guest = _bonded(browser, copy)
    _show("Today to the first word", "4", host, guest, first_word)
    host, guest = _bonded(browser, copy)
    _show("The Floor, both have spoken", "16 in all", host, guest, both_spoken)
    host, guest = _bonded(browser, copy)
    _show("Needs Mirror to the reveal", "25 each", host, guest, needs_reveal)
    host, guest = _bonded(browser, copy)
    _show("a letter read", "1", host, guest, lambda _host, hand: letter_read(copy, host, hand))
    host, guest = _bonded(browser, copy)
    apart = breathed(host, guest)
    print(f"{'breathing together, ms apart':<44}{'300':>12}{apart:>7.0f}", flush=True)


def _two(browser: Browser, copy: Copy) -> tuple[Person, Person]:
    host, guest = (newcomer(browser, copy.url, name) for name in ("Sam", "Noor"))
    for person in (host, guest):
        person.page.context.add_init_script(NOTES)
    return host, guest


def _bonded(browser: Browser, copy: Copy) -> tuple[Person, Person]:
    host, guest = _two(browser, copy)
    bond(host, guest)
    for person in (host, guest):
        person.go("/")
    return host, guest


def _show(
    what: str, asked: str, host: Person, guest: Person, walk: Callable[[Hand, Hand], Iterator[str]]
) -> None:
    hands = [Hand(person, thinks=THINKS, types=TYPES) for person in (host, guest)]
    begun = time.monotonic()
    for _place in walk(*hands):
        pass
    seconds = time.monotonic() - begun
    fields = sum(len(hand.fields) for hand in hands)
    opened = [person.page.evaluate("window.sawBoth ?? null") for person in (host, guest)]
    apart = f"{abs(opened[0] - opened[1]):.0f} ms" if all(opened) else ""
    print(
        f"{what:<44}{asked:>12}{hands[0].taps:>7}{hands[1].taps:>7}{fields:>8}{seconds:>9.0f}{apart:>9}",
        flush=True,
    )
    for person in (host, guest):
        person.page.context.close()


if __name__ == "__main__":
    main()
