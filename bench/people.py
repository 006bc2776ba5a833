"""Made-up people who use the pages as anybody does: sign up, invite, join, sit down."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx

from bench.html import Page

PASSPHRASE = "quiet lantern river moss"


class Person:
    """One browser with its cookies.

    Args:
        url: the server.
        name: their username.
    """

    def __init__(self, url: str, name: str) -> None:
        self.name = name
        self.client = httpx.Client(base_url=url, follow_redirects=True, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()

    def see(self, path: str, **headers: str) -> httpx.Response:
        """Open a page."""
        return self.client.get(path, headers=headers).raise_for_status()

    def page(self, path: str) -> Page:
        """Open a page and read it."""
        return Page(self.see(path).text)

    def send(
        self, path: str, *, action: str = "", move: str = "", page: str = "", **fields: str
    ) -> httpx.Response:
        """Fill in a form of a page and send it.

        Args:
            path: where the form is.
            action: the end of the form's address, when the page has several.
            move: the form's move, in a sitting.
            page: where to look for the form, when it is not at `path`.
            fields: what to fill in.
        """
        form = self.page(page or path).form(action=action, move=move)
        answer = self.client.post(form.action or path, data=form.fields | fields)
        return answer.raise_for_status()

    def sign_up(self) -> None:
        """Make an account and type the recovery code back."""
        answer = self.send("/signup", name=self.name.title(), username=self.name, passphrase=PASSPHRASE)
        code = Page(answer.text).kept["data-recovery-code"]
        self.send("/signup/recovery", code=code)

    @property
    def cookies(self) -> str:
        """Everything a request has to carry."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.client.cookies.jar)


@dataclass(frozen=True)
class Pair:
    """Two people with an open bond."""

    host: Person
    guest: Person

    def sit_down(self, room: str = "listening") -> str:
        """Begin a sitting and be ready, both; return its path. Whoever begins it is ready with that."""
        path = self.begin(room)
        self.guest.send(path, move="Ready")
        return path

    def begin(self, room: str = "listening") -> str:
        """Begin a sitting in a room; return its path."""
        return self.host.send(f"/practise/{room}", action="/start").url.path


def pair_up(url: str, number: int) -> Pair:
    """Make two accounts and a bond between them.

    Args:
        url: the server.
        number: makes the names unlike those of other pairs.
    """
    host, guest = Person(url, f"sam{number}"), Person(url, f"noor{number}")
    for person in (host, guest):
        person.sign_up()
    invitation = host.send("/invite", kin="friend")
    link = Page(invitation.text).kept["data-invite-link"]
    guest.send("/j/", action="/j/open", secret=link.partition("#")[2])
    guest.send("/j/", action="/j/join")
    host.send("/", action="/confirm", answer="yes")
    return Pair(host, guest)
