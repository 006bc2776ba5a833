"""Every page, as it is looked at: accessible in both themes at every width, light, and on its own."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, Response

from nearer.testing.people import PHONE, Person, newcomer, sit_down
from nearer.testing.server import Copy

# What overflows does so in either theme; what axe looks for changes with the theme and with the layout, of which there are two.
LAYOUTS: tuple[tuple[Literal["light", "dark"], int], ...] = (("light", 320), ("light", 390), ("dark", 1280))
AXE_AT = (390, 1280)
STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
PAGE_BUDGET, SCRIPT_BUDGET = 14 * 1024, 20 * 1024

PUBLIC = (
    "/",
    "/signup",
    "/login",
    "/recover",
    "/j/",
    "/help",
    "/kit",
    "/practise/listening/partner",
    "/no-such-page",
)
PRIVATE = (
    "/", "/practise", "/practise/listening", "/us", "/pulse", "/settings", "/settings/passphrase", "/invite",
)  # fmt: skip

# Who plays what on one floor: person, kind of move, the button's value, the fields.
FLOOR: tuple[tuple[str, str, str | None, dict[str, object]], ...] = (
    ("Sam", "SetTopic", None, {"topic": "the drive home"}),
    ("Noor", "TakeTopic", None, {}),
    ("Sam", "Heat", "easy", {}),
    ("Noor", "Heat", "easy", {}),
    ("Sam", "Volunteer", None, {}),
    ("Sam", "Speak", None, {"words": "I felt left out, and said nothing about it at all"}),
    ("Noor", "Reflect", None, {"words": "You felt alone"}),
    ("Sam", "Check", "nearly", {}),
    ("Sam", "Clarify", None, {"words": "More alone than angry"}),
    ("Noor", "Reflect", None, {"words": "Alone, not angry"}),
    ("Sam", "Check", "yes", {}),
    ("Noor", "Validate", None, {"words": "Anyone could feel that"}),
    ("Noor", "Ask", None, {"words": "What would help?"}),
    ("Sam", "More", "no", {}),
    ("Noor", "EndHere", None, {}),
    ("Sam", "Note", None, {"words": "One"}),
    ("Noor", "Note", None, {"words": "Two"}),
    ("Sam", "Keep", "yes", {}),
    ("Noor", "Keep", "yes", {}),
)


# The steps with most on the page.
HEAVIEST = {"SetTopic", "Speak", "Reflect", "Validate"}


class Watch:
    """Hears everything a page asks for.

    Attributes:
        strays: addresses outside the copy.
        complaints: what the browser's console reported as an error.
    """

    def __init__(self, page: Page, home: str) -> None:
        self.home = urlsplit(home).netloc
        self.bodies: dict[str, int] = {}
        self.strays: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("console", lambda message: self._said(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc != self.home:
            self.strays.append(request.url)

    def _answered(self, response: Response) -> None:
        kind = response.request.resource_type
        if kind in {"document", "stylesheet", "script"} and response.ok:
            self.bodies[f"{kind} {urlsplit(response.url).path}"] = len(gzip.compress(response.body()))

    def _said(self, kind: str, text: str) -> None:
        # The browser reports every 404 page that a test opens on purpose.
        if kind == "error" and "404 (Not Found)" not in text:
            self.complaints.append(text)

    def weight(self, *kinds: str) -> int:
        """Return the compressed size of what was loaded, in bytes."""
        return sum(size for name, size in self.bodies.items() if name.split()[0] in kinds)


def inspect(page: Page, name: str, *, whole: bool = False) -> list[str]:
    """Return where the page overflows at any width, and what axe finds in one of the two layouts, or in both.

    Args:
        page: what is looked at; in the end it is as wide as a desk, and dark.
        name: what it is called; steps, which share their parts, take turns by it.
        whole: in both layouts.
    """
    found = []
    turn = AXE_AT[crc32(name.encode()) % len(AXE_AT)]
    for theme, width in LAYOUTS:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 844})
        where = f"{name} {theme} {width}"
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{where}: wider than the screen")
        asked = width in AXE_AT and (whole or width == turn)
        for violation in Axe().run(page).response["violations"] if asked else []:
            spots = [node["target"] for node in violation["nodes"]][:3]
            found.append(f"{where}: {violation['id']} {spots}")
    return found


def first_flight(person: Person) -> int:
    """Return the compressed size of the page somebody is on, with its styles, in bytes."""
    return weight_of(person, person.page.request.get(person.page.url).text())


_styles: dict[str, int] = {}


def weight_of(person: Person, document: str) -> int:
    """Return the compressed size of a page that somebody got, with its styles, in bytes; a style is asked for once."""
    addresses = STYLES.findall(document)
    assert addresses
    for address in addresses:
        if address not in _styles:
            _styles[address] = len(gzip.compress(person.page.request.get(f"{person.url}{address}").body()))
    return len(gzip.compress(document.encode())) + sum(_styles[address] for address in addresses)


def looked_at(person: Person, name: str) -> list[str]:
    """Return what is wrong with the page somebody is on, and give them their phone back; the page is light."""
    found = inspect(person.page, name)
    person.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert first_flight(person) <= PAGE_BUDGET, name
    return found


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages(sam: Person, path: str) -> None:
    watch = Watch(sam.page, sam.url)
    sam.go(path)

    # The kit shows every part at once and is no page of the product.
    if path != "/kit":
        assert watch.weight("document", "stylesheet") <= PAGE_BUDGET
    assert watch.weight("script") <= SCRIPT_BUDGET
    assert inspect(sam.page, path, whole=True) == []
    assert watch.strays == []
    assert watch.complaints == []


def test_signed_in_pages(bonded: tuple[Person, Person]) -> None:
    sam, _noor = bonded
    found = []
    for path in PRIVATE:
        page = sam.page.context.new_page()
        watch = Watch(page, sam.url)
        page.goto(f"{sam.url}{path}")
        assert page.locator("[data-exit]").count() == 1, path
        assert watch.weight("document", "stylesheet") <= PAGE_BUDGET, path
        assert watch.weight("script") <= SCRIPT_BUDGET, path
        found += inspect(page, path, whole=True) + watch.strays + watch.complaints
        page.close()
    assert found == []


def test_the_operators_page(copy: Copy, bonded: tuple[Person, Person]) -> None:
    sam, _noor = bonded
    copy.run("role", "give", sam.username, "operator")
    sam.go("/settings")
    sam.page.get_by_role("link", name="How this copy is").click()
    sam.sees("What to mind with an update")

    assert looked_at(sam, "operator") == []


def test_every_step_of_the_floor(browser: Browser, copy: Copy, pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    path = sam.start()
    watch = Watch(sam.page, sam.url)
    sam.page.reload()
    sam.sees("It begins when Noor comes in.")
    assert watch.weight("document", "stylesheet") <= PAGE_BUDGET
    assert watch.weight("script") <= SCRIPT_BUDGET
    found = inspect(sam.page, "lobby")
    sam.play("Leave")
    found += inspect(sam.page, "ended")
    assert path == sam.page.url.removeprefix(sam.url)

    sit_down(sam, noor)
    for name, kind, value, fields in FLOOR:
        mover = sam if name == sam.name else noor
        mover.may(kind)
        assert kind not in HEAVIEST or first_flight(mover) <= PAGE_BUDGET, kind
        for person in (sam, noor):
            found += (
                inspect(person.page, f"{kind} as {person.name}") if person is mover or kind == "Speak" else []
            )
        mover.play(kind, value, **fields)
    sam.sees("Kept locked for you two.")
    assert first_flight(sam) <= PAGE_BUDGET
    found += inspect(sam.page, "kept")
    found += look_at_what_stays(copy, sam, noor)

    assert found == []
    assert watch.strays == []
    assert watch.complaints == []


def look_at_what_stays(copy: Copy, sam: Person, noor: Person) -> list[str]:
    """Make a plan and a pulse, and return what is found on the pages that show them."""
    # In a second tab: what the first one asked for can no longer be read once it leads elsewhere.
    tab = replace(sam, page=sam.page.context.new_page())
    tab.page.goto(f"{sam.page.url}?then=pulse")
    tab.page.locator('[name="understood"][value="7"]').check(force=True)
    tab.press("Keep it for me")
    tab.sees("Kept for you.")
    tab.go("/pulse")
    found = inspect(tab.page, "own readings")
    tab.go("/")
    tab.page.get_by_role("link", name="Make a plan").click()
    tab.press("Suggest it to Noor")
    tab.sees("Something here needs a second look.")
    found += inspect(tab.page, "a plan that is refused")
    tab.page.locator('[name="cue"]').fill("the kitchen is tidy")
    tab.page.locator('[name="act"]').fill("sit on the sofa")
    tab.press("Suggest it to Noor")
    tab.sees("Suggested to Noor")
    noor.go("/")
    found += inspect(noor.page, "a plan to answer")
    noor.press("Yes, let us")
    noor.sees_not("Sam has an idea for the two of you")
    copy.wait(timedelta(days=1, hours=6))  # a yes begins with the next morning
    noor.go("/")
    noor.sees("Your plan, the two of you")
    found += inspect(noor.page, "a plan on Today")
    tab.go("/us")
    return found + inspect(tab.page, "a plan on Us")


def test_a_stranger_without_scripts_can_read_the_first_pages(browser: Browser, copy: Copy) -> None:
    stranger = newcomer(browser, copy.url, "Robin", java_script_enabled=False)
    for path in ("/", "/help", "/signup"):
        stranger.go(path)
        assert stranger.page.locator("h1").count() == 1
