"""People at their browsers: what a test lets two of them do, in the words they see on the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from playwright.sync_api import Browser, Error, Locator, Page, expect

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}


@dataclass
class Person:
    """Somebody with a browser of their own.

    Attributes:
        name: what they are called.
        page: their page, in a context of its own.
        url: the copy of Nearer they use.
        username: how they log in; not the same as the name.
        passphrase: theirs.
        code: their recovery code once they have signed up.
    """

    name: str
    page: Page
    url: str
    username: str = field(default_factory=lambda: f"u{token_hex(6)}")
    passphrase: str = field(default_factory=lambda: f"lantern orbit {token_hex(4)} willow")
    code: str = ""

    def go(self, path: str) -> None:
        """Open an address of the copy; once more where the page has just turned to another one by itself."""
        try:
            self.page.goto(f"{self.url}{path}")
        except Error:
            self.page.goto(f"{self.url}{path}")

    def fill(self, label: str, text: str) -> None:
        """Write into the field with this label."""
        self.page.get_by_label(label, exact=False).first.fill(text)

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press the button with this name."""
        self.page.get_by_role("button", name=name).first.click()

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Wait until a text is on the screen."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def sees_not(self, text: str | re.Pattern[str]) -> None:
        """Wait until a text is nowhere on the page."""
        expect(self.page.get_by_text(text)).to_have_count(0)

    def sign_up(self) -> None:
        """Make an account and type the recovery code back."""
        self.go("/signup")
        self.finish_sign_up()

    def finish_sign_up(self) -> None:
        """Fill the sign-up page that is open, and save the recovery code."""
        self.fill("What shall we call you?", self.name)
        self.fill("Username", self.username)
        self.fill("Passphrase", self.passphrase)
        self.press("Create account")
        self.code = self.page.locator("[data-recovery-code]").inner_text()
        self.fill("Type the code back", self.code)
        with self.page.expect_navigation():
            self.press("Continue")

    def log_in(self) -> None:
        """Log in with username and passphrase."""
        self.go("/login")
        self.fill("Username", self.username)
        self.fill("Passphrase", self.passphrase)
        self.press("Log in")
        self.page.wait_for_url(f"{self.url}/")

    def invite(self, kin: str = "friend") -> str:
        """Make an invitation and return its link."""
        self.go("/invite")
        self.page.get_by_label("They are my").select_option(kin)
        self.press("Make an invitation")
        return self.page.locator("[data-invite-link]").inner_text()

    def join(self, link: str) -> None:
        """Open an invitation and join."""
        self.page.goto(link)
        self.press("Join")
        self.sees(re.compile("You joined"))

    def confirm(self, other: str) -> None:
        """Say that this is who was meant."""
        self.go("/")
        self.press(f"Yes, this is {other}")
        expect(self.page.get_by_text("Is this who you meant?")).to_have_count(0)

    def start(self, title: str = "The Floor") -> str:
        """Start a practice and return the sitting's path."""
        self.go("/practise")
        self.page.get_by_role("link", name=title).first.click()
        self.press("Start together")
        self.page.wait_for_url(re.compile(r"/s/[0-9a-f-]{36}$"))
        return self.page.url.removeprefix(self.url)

    def write(self, title: str = "The Floor") -> str:
        """Begin letters in a practice and return the sitting's path."""
        self.go("/practise")
        self.page.get_by_role("link", name=title).first.click()
        self.press("Write in our own time")
        self.page.wait_for_url(re.compile(r"/s/[0-9a-f-]{36}$"))
        return self.page.url.removeprefix(self.url)

    def move(self, kind: str) -> Locator:
        """Return the form of a kind of move."""
        return self.page.locator(f'form[data-move="{kind}"]')

    def may(self, kind: str) -> None:
        """Wait until this kind of move is open to the person."""
        expect(self.move(kind).first).to_be_visible()

    def may_not(self, kind: str) -> None:
        """Wait until this kind of move is not open to the person."""
        expect(self.move(kind)).to_have_count(0)

    def play(self, kind: str, value: str | None = None, **fields: Any) -> None:
        """Fill a move's fields and send it.

        Args:
            kind: which move.
            value: the value of the button to press, where a move's buttons carry values.
            fields: field name to text, number or True for a tick; where one of a list is chosen, a number says which.
        """
        form = self.move(kind).first
        form.wait_for()
        for name, content in fields.items():
            self.set(form, name, content)
        button = self.sends(form, value, *fields)
        seq = self.page.locator("#stage").get_attribute("data-seq")
        button.first.click()
        # Whoever leaves has five seconds to stay after all; a second tap does not wait.
        if self.page.get_by_role("button", name="Stay", exact=True).is_visible():
            button.first.click()
        expect(self.page.locator(f'#stage[data-seq="{seq}"]')).to_have_count(0)

    def sends(self, form: Locator, value: str | None, *fields: str) -> Locator:
        """Return the button that sends a move: the one with this value, or the one for words that were written."""
        if value:
            return form.locator(f'button[value="{value}"]')
        written = form.locator("details.write[open]")
        if any(written.locator(f'[name="{name}"]').count() for name in fields):
            beside = written.locator("button:not([type=button])")
            return beside if beside.count() else form.locator("button:not([type=button])")
        return form.locator("button:not([type=button])")

    def set(self, form: Locator, name: str, content: Any) -> None:
        """Fill a field of a move; where words are folded away they are unfolded first."""
        field_ = form.locator(f'[name="{name}"]')
        folded = form.locator(f'details:not([open]):has([name="{name}"])')
        if folded.count():
            folded.first.locator("summary").click()
        kind = field_.first.get_attribute("type")
        if kind == "radio":
            form.locator(f'[name="{name}"][value="{content}"]').check(force=True)
        elif kind == "checkbox":
            field_.set_checked(bool(content), force=True)
        elif field_.first.evaluate("field => field.tagName") == "SELECT":
            field_.select_option(index=content) if isinstance(content, int) else field_.select_option(content)
        else:
            field_.fill(str(content))


def newcomer(browser: Browser, url: str, name: str, **options: Any) -> Person:
    """Give somebody a fresh browser context, at phone size unless told otherwise."""
    # Still pictures: without a graphics card an animation costs as much as a test.
    context = browser.new_context(**{"viewport": PHONE, "reduced_motion": "reduce", **options})
    context.set_default_timeout(20_000)
    return Person(name=name, page=context.new_page(), url=url)


def bond(host: Person, guest: Person, kin: str = "friend") -> None:
    """Sign two people up and bond them by invitation."""
    host.sign_up()
    guest.sign_up()
    guest.join(host.invite(kin))
    host.confirm(guest.name)


def sit_down(host: Person, guest: Person, title: str = "The Floor") -> str:
    """Let one start a practice, who is ready with that, and the other come in.

    Returns:
        The sitting's path.
    """
    path = host.start(title)
    guest.go(path)
    guest.may("Ready")
    guest.play("Ready")
    expect(host.move("Pause")).to_have_count(1)
    return path
