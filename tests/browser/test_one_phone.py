"""Two people at one phone: The Floor from "Start on one phone" to the end, and the way back out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy
from nearer.testing.table import Table
from tests.browser.test_every_page import PAGE_BUDGET, SCRIPT_BUDGET, Watch, first_flight, inspect

COUNT_SIGNS = """
window.hums = []; window.bells = 0;
Object.defineProperty(navigator, "vibrate", { value: (pattern) => { window.hums.push(pattern); return true; } });
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { window.bells += 1; return start.apply(this, when); };
"""
SECRETS = ("you were alone with it, 4711", "tired is not cross, 0815")
CLOSED = ("/", "/us", "/practise", "/settings", "/settings/recovery", "/invite", "/recover", "/login", "/kit")


@pytest.fixture
def table(bonded: tuple[Person, Person]) -> Table:
    """Sam's phone; Noor sits across."""
    sam, noor = bonded
    return Table(owner=sam, other=noor.name)


def agree(table: Table) -> None:
    """Choose an easy topic; each says behind the curtain how warm it feels."""
    table.tap("Ready")
    table.tap("SetTopic", topic="the drive home")
    for seat, name in (("host", "Sam"), ("guest", "Noor")):
        table.hand_to(name, "Heat")
        table.tap("Heat", seat, "easy")
        assert 'name=\\"level\\"' not in table.holds()
        assert "holding" not in table.owner.page.url


def listen_once(table: Table, speaker: str, listener: str) -> None:
    """One floor by voice: one tap a step."""
    # A tap anywhere on the half passes, also far from the button.
    table.changes(lambda: table.half(speaker).click(position={"x": 12, "y": 12}))
    expect(table.half(listener)).to_contain_text("What I am hearing is…")
    table.tap("Reflect", listener)
    expect(table.move("Check", listener)).to_have_count(0)
    table.tap("Check", speaker, "yes")
    expect(table.half(listener)).to_contain_text("Anyone in your place could feel that.")
    table.tap("Validate", listener)
    table.tap("Ask", listener)
    table.tap("More", speaker, "no")


def holds_no_secret(table: Table) -> None:
    """Look through everything the page holds, also after going back and forth."""
    page = table.owner.page
    address = page.url
    assert not [secret for secret in SECRETS if secret[-4:] in table.holds()]
    for step in (page.go_back, page.go_forward, page.reload):
        step()
        expect(page.locator("#stage")).to_be_visible()
        assert page.url == address
        assert not [secret for secret in SECRETS if secret[-4:] in table.holds()]


def notes_behind_the_curtain(table: Table) -> None:
    """Each writes alone; a pause, a second thought and a hand-over leave nothing of it. The last one is not sent."""
    words = table.owner.page.locator("textarea")
    table.hand_to("Sam", "Note")
    words.fill(SECRETS[0])
    table.tap("Pause")
    holds_no_secret(table)
    table.tap("Resume")
    table.hand_to("Sam", "Note")
    expect(words).to_have_value("")
    words.fill(SECRETS[0])
    table.tap("Note", "host")
    holds_no_secret(table)
    table.hand_to("Noor", "Note")
    words.fill(SECRETS[1])
    table.owner.page.reload()
    holds_no_secret(table)
    table.hand_to("Noor", "Note")
    words.fill(SECRETS[1])


@pytest.mark.shows("F2", "L1", "L2", "L3", "L4", "L5", "L6", "L7")
def test_two_people_play_the_floor_on_one_phone(table: Table) -> None:
    table.begin()
    agree(table)
    table.tap("Volunteer", "guest")

    # Noor speaks: Sam's half offers nothing to tap or type, and both are invited to look up.
    expect(table.half("guest")).to_contain_text("Noor, you speak")
    expect(table.owner.page.locator("[data-say]")).to_contain_text("Noor: Noor, you speak")
    expect(table.half("host").locator("form, input, textarea, button")).to_have_count(0)
    for seat in ("host", "guest"):
        expect(table.half(seat)).to_contain_text("Look at each other if that is comfortable.")
    expect(table.half("host")).to_contain_text("Nod if you like")
    assert table.half("guest").evaluate("half => getComputedStyle(half).rotate") == "180deg"
    assert table.half("host").evaluate("half => getComputedStyle(half).rotate") == "none"

    listen_once(table, "guest", "host")
    table.tap("Swap", "host")
    table.move("Speak", "host").get_by_text("Write instead").click()
    table.move("Speak", "host").locator("textarea").fill("I was tired")
    table.changes(lambda: table.owner.press("Pass it on"))
    expect(table.half("guest")).to_contain_text("I was tired")
    for kind, seat, value in (
        ("Reflect", "guest", None), ("Check", "host", "yes"), ("Validate", "guest", None),
        ("Ask", "guest", "yes"), ("More", "host", "no"),
    ):  # fmt: skip
        table.tap(kind, seat, value)

    notes_behind_the_curtain(table)
    table.tap("Note", "guest")
    for seat in ("host", "guest"):
        for secret in SECRETS:
            expect(table.half(seat)).to_contain_text(secret)
        expect(table.half(seat).get_by_text("written on Sam’s phone")).to_have_count(1)
    table.tap("Finish", "guest")
    table.owner.sees("Nothing that was said here is kept.")
    holds_no_secret(table)


@pytest.mark.shows("F2")
def test_a_phone_on_the_table_opens_nothing_else(bonded: tuple[Person, Person], table: Table) -> None:
    sam, noor = bonded
    second = sam.page.context.new_page()
    second.goto(f"{sam.url}/settings")
    path = table.begin()

    # Another window of the same browser is led to the table, too.
    expect(second.locator("#stage")).to_be_visible()
    second.close()
    for closed in CLOSED:
        sam.go(closed)
        assert sam.page.url == sam.url + path, closed
        expect(sam.page.get_by_role("button", name="We are ready")).to_be_visible()
    sam.go("/help")
    expect(sam.page.locator(".tabs")).to_have_count(0)
    noor.go(path)
    noor.sees("It lies on Sam’s phone")
    expect(noor.page.locator("form[data-move]")).to_have_count(1)

    sam.go("/together")
    sam.fill("Passphrase", noor.passphrase)
    sam.press("Take it back")
    sam.sees("That is not your passphrase.")
    sam.go("/settings")
    assert sam.page.url == sam.url + path

    # Leaving from one's own phone ends it on the table as well, and the phone is still not taken back.
    noor.press("Leave")
    sam.sees("The sitting is over")
    sam.page.get_by_role("link", name="Take the phone back").click()
    sam.fill("Passphrase", sam.passphrase)
    sam.press("Take it back")
    sam.sees("Hello, Sam")
    sam.go("/settings")
    assert sam.page.url == f"{sam.url}/settings"


def test_the_phone_chimes_hums_and_dims(table: Table) -> None:
    page = table.owner.page
    page.clock.install()
    # To a stream that is listened to, a leap of the clock is a long silence.
    page.route("**/live/**", lambda route: route.abort())
    page.add_init_script(COUNT_SIGNS)
    table.begin()
    agree(table)
    dim = page.locator("body[data-dim]")
    page.clock.fast_forward(20_000)
    expect(dim).to_have_count(0)
    table.tap("Volunteer", "guest")

    page.clock.fast_forward(6_000)
    expect(dim).to_have_count(1)
    page.keyboard.press("Shift")
    expect(dim).to_have_count(0)
    page.clock.fast_forward(6_000)
    expect(dim).to_have_count(1)
    table.half("host").locator("h2").click()
    expect(dim).to_have_count(0)
    assert page.evaluate("[hums.length, bells]") == [0, 0]

    page.clock.fast_forward(60_000)
    assert page.evaluate("[hums.length, bells]") == [0, 0]
    page.clock.fast_forward(25_000)
    assert page.evaluate("[hums.length, bells]") == [1, 1]
    page.clock.fast_forward(95_000)
    assert page.evaluate("[hums.length, bells]") == [2, 2]
    expect(page.locator("[data-say]")).to_have_text("A gentle chime. Take the time you need.")

    # One tap passes, also on a dimmed screen; then nobody speaks and it stays lit.
    page.clock.fast_forward(6_000)
    expect(dim).to_have_count(1)
    table.changes(lambda: table.half("guest").click(position={"x": 12, "y": 12}))
    expect(dim).to_have_count(0)
    page.clock.fast_forward(200_000)
    expect(dim).to_have_count(0)
    assert page.evaluate("[hums.length, bells]") == [2, 2]


@pytest.fixture
def plain(browser: Browser, copy: Copy, bonded: tuple[Person, Person]) -> Iterator[Table]:
    """The same two, on a phone without JavaScript."""
    sam, noor = bonded
    robin = newcomer(browser, copy.url, "Sam", java_script_enabled=False)
    robin.username, robin.passphrase = sam.username, sam.passphrase
    robin.log_in()
    yield Table(owner=robin, other=noor.name)
    robin.page.context.close()


@pytest.mark.shows("F2")
def test_the_table_works_without_javascript(plain: Table) -> None:
    sam = plain.owner
    plain.begin()
    plain.tap("Ready")
    plain.tap("SetTopic", topic="the drive home")
    for seat, name in (("host", "Sam"), ("guest", "Noor")):
        plain.hand_to(name, "Heat")
        plain.tap("Heat", seat, "easy")
        sam.page.go_back()
        expect(sam.page.locator(f'form[data-move="Heat"][data-seat="{seat}"]')).to_have_count(0)
        sam.page.go_forward()
    plain.tap("Volunteer", "guest")
    for kind, seat, value in (
        ("Speak", "guest", None), ("Reflect", "host", None), ("Check", "guest", "yes"), ("Validate", "host", None),
        ("Ask", "host", None), ("More", "guest", "no"), ("EndHere", "host", None),
    ):  # fmt: skip
        plain.tap(kind, seat, value)
    for seat, name, secret in (("host", "Sam", SECRETS[0]), ("guest", "Noor", SECRETS[1])):
        plain.hand_to(name, "Note")
        plain.tap("Note", seat, words=secret)
        if seat == "host":
            for step in (sam.page.go_back, sam.page.go_back, sam.page.go_forward, sam.page.reload):
                step()
                sam.sees("Hand the phone to Noor")
                assert SECRETS[0][-4:] not in sam.page.content()
            sam.go("/")
    plain.tap("Finish", "host")
    sam.sees("Nothing that was said here is kept.")
    plain.take_back()


def test_every_step_at_the_table_can_be_used_by_everybody(table: Table) -> None:
    sam = table.owner
    watch = Watch(sam.page, sam.url)
    table.begin()
    found = inspect(sam.page, "lobby")

    def look(name: str) -> None:
        assert first_flight(sam) <= PAGE_BUDGET, name
        found.extend(inspect(sam.page, name))

    table.tap("Ready")
    look("topic")
    table.half("guest").get_by_text("Write it here").click()
    table.tap("SetTopic", "guest", topic="good news", variant="good")
    look("speak")
    table.move("Speak", "guest").get_by_text("Write instead").click()
    look("write")
    table.tap("Speak", "guest", words="I felt left out, and said nothing about it at all")
    look("cheer")
    table.tap("Cheer", "host", "shows")
    look("check")
    table.tap("Check", "guest", "yes")
    table.tap("More", "guest", "no")
    look("swap")
    table.tap("EndHere", "guest")
    look("curtain")
    for seat, name in (("host", "Sam"), ("guest", "Noor")):
        table.hand_to(name, "Note")
        look(f"note of {name}")
        table.tap("Note", seat, words="Tired is not cross")
    look("read")
    table.tap("Finish")
    look("over")
    sam.go("/together")
    look("take back")

    assert found == []
    assert watch.weight("script") <= SCRIPT_BUDGET
    assert watch.strays == []
    assert watch.complaints == []
