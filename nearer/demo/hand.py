"""Somebody of the story: an account, and a browser of theirs inside this process that fills in forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import Client
from django.utils import timezone

from nearer.accounts.profile import Face
from nearer.accounts.sessions.door import BACKEND
from nearer.accounts.ways_in import unlock
from nearer.demo.pages import form_in
from nearer.vault.drawer import Drawer

ALERT = re.compile(r'role="alert".{0,400}', re.DOTALL)
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
TAG = re.compile(r"<[^>]+>|\s+")


class StoryBroken(Exception):
    """A page did not take what the story says. The message says which, and what the page said."""


@dataclass
class Hand:
    """One person, and what they hold in their hand.

    Attributes:
        account: who they are once they have signed up.
        client: their browser.
        path: the page they are on.
        page: its HTML.
    """

    account: unlock.Unlocked = field(repr=False)
    client: Client = field(repr=False)
    path: str = ""
    page: str = field(default="", repr=False)

    @classmethod
    def of(cls, *, username: str, passphrase: str, name: str, ink: str) -> Hand:
        """Sign somebody up."""
        account, _code = unlock.sign_up(
            username=username, passphrase=passphrase, face=Face(name=name, ink=ink)
        )
        return cls(account=account, client=Client(SERVER_NAME=settings.CONFIG.host))

    def come_in(self) -> None:
        """Open the browser anew, logged in with the drawer open: what a passphrase does, without its price."""
        account = self.account
        account.user.refresh_from_db()
        self.client.cookies.clear()
        self.client.force_login(account.user, backend=BACKEND)
        session: Any = self.client.session
        account.ring.put_into(session)
        session.drawer = Drawer.opened(account.master, at=timezone.now())
        session.save()

    def go(self, path: str) -> str:
        """Open a page, follow where it leads, and return its HTML.

        Raises:
            StoryBroken: there is no such page.
        """
        return self._read(self.client.get(path, follow=True), f"GET {path}")

    def follow(self, letters: str) -> str:
        """Follow the first link of the page one is on whose address holds these letters.

        Raises:
            StoryBroken: there is none.
        """
        found = next((unescape(each) for each in LINK.findall(self.page) if letters in each), None)
        if found is None:
            raise StoryBroken(f"no link {letters} on {self.path}")
        return self.go(found)

    def press(
        self, wanted: str, fields: Mapping[str, Any], files: Mapping[str, SimpleUploadedFile] | None = None
    ) -> None:
        """Fill in a form of the page one is on, and send it; where it leads is not opened yet.

        Args:
            wanted: which; see `form_in`.
            fields: what is filled in.
            files: what is attached.

        Raises:
            StoryBroken: the page did not take it.
        """
        form = form_in(self.page, wanted, fields, at=self.path)
        sent = {**form.filled(fields), **(files or {})}
        answer: Any = self.client.post(form.action or self.path, sent)
        if answer.status_code == HTTPStatus.FOUND:
            self.path, self.page = answer["Location"], ""
        else:
            self._read(answer, f"{wanted} on {self.path} with {dict(fields)}")

    def _read(self, answer: Any, what: str) -> str:
        text = answer.content.decode() if not answer.streaming else ""
        if answer.status_code != HTTPStatus.OK:
            said = [TAG.sub(" ", each) for each in ALERT.findall(text)] or [text[-2000:]]
            raise StoryBroken(f"{what}: {answer.status_code} {said}")
        self.path = answer.request["PATH_INFO"]
        self.page = text
        return text
