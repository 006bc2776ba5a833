"""Two people at one phone: what a test lets them tap, and everything the page holds afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, expect

from nearer.testing.people import Person

HOLDS = """async () => {
  const fields = [...document.querySelectorAll("input, textarea, select")];
  return JSON.stringify({
    html: document.documentElement.outerHTML,
    values: fields.map((field) => [field.name, field.value, field.checked]),
    selected: String(getSelection()),
    address: location.href, title: document.title, name: window.name, from: document.referrer,
    state: history.state, cookies: document.cookie,
    kept: [Object.entries(localStorage), Object.entries(sessionStorage)],
    bases: (await indexedDB.databases()).map((base) => base.name),
    caches: window.caches ? await caches.keys() : [],
  });
}"""


@dataclass
class Table:
    """A phone that lies between two people.

    Attributes:
        owner: whose phone it is.
        other: what the other is called.
    """

    owner: Person
    other: str

    def begin(self, title: str = "The Floor") -> str:
        """Start a practice on this phone and return the sitting's path."""
        self.owner.go("/practise")
        self.owner.page.get_by_role("link", name=title).first.click()
        self.owner.press("Start on one phone")
        self.owner.page.wait_for_url(re.compile(r"/s/[0-9a-f-]{36}$"))
        return self.owner.page.url.removeprefix(self.owner.url)

    def move(self, kind: str, seat: str) -> Locator:
        """Return a seat's form of a kind of move."""
        return self.owner.page.locator(f'form[data-move="{kind}"][data-seat="{seat}"]')

    def half(self, seat: str) -> Locator:
        """Return the half that belongs to a seat."""
        return self.owner.page.locator(f'section.half[data-seat="{seat}"]')

    def tap(self, kind: str, seat: str = "host", value: str | None = None, **fields: Any) -> None:
        """Fill a seat's move and send it, by its first button or the one with this value."""
        form = self.move(kind, seat).first
        form.wait_for()
        for name, content in fields.items():
            self.owner.set(form, name, content)
        self.changes(self.owner.sends(form, value, *fields).first.click)

    def changes(self, act: Callable[[], object]) -> None:
        """Do something, and wait until the sitting has moved on."""
        stage = self.owner.page.locator("#stage")
        seq = stage.get_attribute("data-seq")
        act()
        expect(self.owner.page.locator(f'#stage[data-seq="{seq}"]')).to_have_count(0)

    def hand_to(self, name: str, kind: str) -> None:
        """Hand the phone over, and wait for the page that is theirs alone."""
        self.owner.sees(f"Hand the phone to {name}")
        self.owner.press(f"I am {name}")
        expect(self.owner.page.locator(f'form[data-move="{kind}"]')).to_be_visible()
        expect(self.owner.page.locator(".halves")).to_have_count(0)

    def holds(self) -> str:
        """Return everything the page holds: its text, its fields, its address, its history, its stores."""
        held: str = self.owner.page.evaluate(HOLDS)
        return held

    def take_back(self) -> None:
        """Give the phone back to its owner."""
        self.owner.go("/together")
        self.owner.fill("Passphrase", self.owner.passphrase)
        self.owner.press("Take it back")
        self.owner.page.wait_for_url(re.compile(r"(?<!/together)$"))
