"""What the tests of docs/abuse-cases.md share: a pair, quick hands, and a count of taps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page

from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy
from tests.browser.conftest import bond_quickly, sign_up_quickly

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
DAY = re.compile(r'<option value="(\d{4}-\d\d-\d\d)"')
SEQ = re.compile(r'id="stage"[^>]*data-seq="(\d+)"')
# What differs from one answer to the next though nothing has happened.
FRESH = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|data-now="[^"]*"')


def person(browser: Browser, copy: Copy, name: str, **options: object) -> Person:
    """Give somebody an account and a phone."""
    made = newcomer(browser, copy.url, name, **options)
    sign_up_quickly(made)
    return made


def two(browser: Browser, copy: Copy, host: str, guest: str) -> tuple[Person, Person]:
    """Bond two people who have an account each."""
    pair = person(browser, copy, host), person(browser, copy, guest)
    bond_quickly(*pair)
    return pair


def get(who: Person, path: str) -> str:
    """Return a page as this person gets it."""
    return who.page.request.get(f"{who.url}{path}").text()


def page_of(who: Person, path: str) -> str:
    """Return a page as this person gets it, without what is fresh on every answer."""
    return FRESH.sub("", get(who, path))


A_DAY = "a day"
"""Stands in a form for one of the days that its page offers."""


def post(who: Person, page: str, address: str, *, before: str = "", **fields: str) -> str:
    """Send a form from a page of this person's, looked at anew unless it is at hand, and return the page that answers."""
    before = before or get(who, page)
    token, seq = TOKEN.search(before), SEQ.search(before)
    fields = {name: DAY.findall(before)[2] if text == A_DAY else text for name, text in fields.items()}
    form = {"csrfmiddlewaretoken": token[1] if token else "", **({"seq": seq[1]} if seq else {}), **fields}
    return who.page.request.post(f"{who.url}{address}", form=form).text()


def move(who: Person, sitting: str, kind: str, *, before: str = "", **fields: str) -> str:
    """Play one move in a sitting."""
    return post(who, sitting, sitting, before=before, move=kind, **fields)


def floor(host: Person, guest: Person, topic: str = "the drive home") -> str:
    """Begin The Floor for two, up to the topic, which the guest writes, and return its path."""
    begun = host.page.request.get(f"{host.url}/practise/listening").text()
    token = TOKEN.search(begun)
    assert token
    form = {"csrfmiddlewaretoken": token[1], "mode": "live"}
    answer = host.page.request.post(f"{host.url}/practise/listening/start", form=form)
    path = answer.url.removeprefix(host.url)
    for each in (host, guest):
        move(each, path, "Ready")
    move(guest, path, "SetTopic", topic=topic, variant="everyday")
    move(host, path, "TakeTopic")
    return path


def kept_floor(host: Person, guest: Person, said: str, note: str) -> str:
    """Play one floor to its end, both keep it; the host spoke."""
    path = floor(host, guest)
    for each in (host, guest):
        move(each, path, "Heat", level="easy")
    move(host, path, "Volunteer")
    move(host, path, "Speak", words=said)
    move(guest, path, "Reflect", words="I heard you")
    move(host, path, "Check", answer="yes")
    move(guest, path, "Validate", aloud="yes")
    move(guest, path, "Ask", skip="yes")
    move(host, path, "More", more="no")
    move(guest, path, "EndHere")
    move(host, path, "Note", words=note)
    move(guest, path, "Note", words="so do I")
    for each in (host, guest):
        move(each, path, "Keep", keep="yes")
    return path


@dataclass
class Taps:
    """Counts what a hand does; typing is not a tap.

    Attributes:
        page: where.
        count: how many taps so far.
    """

    page: Page
    count: int = 0

    def link(self, name: str | re.Pattern[str]) -> None:
        """Tap a link."""
        self._tap(self.page.get_by_role("link", name=name).first)

    def button(self, name: str | re.Pattern[str]) -> None:
        """Tap a button."""
        self._tap(self.page.get_by_role("button", name=name).first)

    def fold(self, name: str) -> None:
        """Open what is folded under these words."""
        self._tap(self.page.locator("summary").filter(has_text=name).first)

    def tick(self, name: str) -> None:
        """Tap a box or a tile."""
        self.count += 1
        box = self.page.get_by_label(name, exact=True).first
        box.set_checked(not box.is_checked(), force=True)

    def _tap(self, what: Locator) -> None:
        self.count += 1
        what.click()
