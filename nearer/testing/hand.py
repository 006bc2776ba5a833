"""A thumb on a phone that is counted: every tap, and every field it writes into."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, expect

from nearer.testing.people import Person


@dataclass
class Hand:
    """One person's thumb.

    Attributes:
        person: whose.
        thinks: seconds before each tap.
        types: seconds for each key.
        taps: how many so far.
        fields: what was written into.
    """

    person: Person
    thinks: float = 0
    types: float = 0
    taps: int = 0
    fields: list[str] = field(default_factory=list)

    def open(self, link: str) -> None:
        """Tap a link somebody sent."""
        self._count()
        self.person.page.goto(link)

    def tap(self, what: Locator) -> None:
        """Tap a button, a link or a card."""
        self._count()
        what.click()

    def press(self, name: str) -> None:
        """Tap the button with this name."""
        self.tap(self.person.page.get_by_role("button", name=name).first)

    def follow(self, name: str) -> None:
        """Tap the link with this name."""
        self.tap(self.person.page.get_by_role("link", name=name).first)

    def plays(self, kind: str, value: str = "") -> None:
        """Tap a move: the answer with this value, or its first button."""
        button = self.person.move(kind).locator(
            f'button[value="{value}"]' if value else "button:not([type=button])"
        )
        self.tap(button.first)

    def write(self, label: str, text: str) -> None:
        """Write into a field; one that is ready to type into needs no tap."""
        page = self.person.page
        into = page.get_by_label(label).first
        if not into.evaluate("field => field === document.activeElement"):
            self.tap(into)
        self.fields.append(label)
        page.keyboard.type(text, delay=self.types * 1000)
        expect(into).to_have_value(text)

    def _count(self) -> None:
        self.taps += 1
        if self.thinks:
            self.person.page.wait_for_timeout(self.thinks * 1000)
