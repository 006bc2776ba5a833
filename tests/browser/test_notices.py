"""Somebody is called while they are not here: the same words whatever it is, at their hour, until one tap ends it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, expect

from nearer.notices.sending.words import payload
from nearer.testing import clock
from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy, databases_for, free_port
from tests.browser.conftest import bond_quickly, sign_up_quickly
from tests.browser.test_every_page import looked_at
from tests.browser.test_with_you import asks
from tests.house.tree import ROOT
from tests.pages.test_notice_mail import ADDRESS, Post

# Runs the worker with what a browser would give it, and returns what it shows and does.
WORKS = """async ([source, data]) => {
  const on = {}, shown = [], done = [], waits = [];
  const subscription = { unsubscribe: async () => done.push("muted") };
  const self = {
    addEventListener: (name, hears) => (on[name] = hears),
    registration: {
      showNotification: async (...what) => shown.push(what),
      pushManager: { getSubscription: async () => subscription },
    },
    clients: { matchAll: async () => [], openWindow: async (where) => done.push(where) },
  };
  new Function("self", source)(self);
  const waitUntil = (promise) => waits.push(promise);
  on.push({ data: { json: () => data }, waitUntil });
  for (const action of ["", "mute"]) on.notificationclick({ action, notification: { close() {} }, waitUntil });
  await Promise.all(waits);
  return [shown, done.sort()];
}"""
WORKER = ROOT / "nearer/notices/static/notices/worker.js"


@pytest.fixture
def post() -> Iterator[tuple[Post, str]]:
    """A mail server, and its address."""
    handler = Post()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    yield handler, f"smtp://127.0.0.1:{server.port}"
    server.stop()


@pytest.fixture
def mailing(tmp_path: Path, worker_id: str, post: tuple[Post, str]) -> Iterator[Copy]:
    """A copy that can send mail; it is noon."""
    names = databases_for(f"mail_{worker_id}")
    more = {"NEARER_MAIL_URL": post[1], "NEARER_MAIL_FROM": "nearer@example.org"}
    copy = Copy(data=tmp_path / "data", port=free_port(), databases={**names, **more})
    copy.at(clock.noon_today())
    copy.start()
    yield copy
    copy.stop()


@pytest.mark.shows("F4", "S8", "S9")
def test_one_is_called_without_a_word_of_what_for_and_mutes_it_with_one_tap(
    browser: Browser, mailing: Copy, post: tuple[Post, str]
) -> None:
    sam, noor = (newcomer(browser, mailing.url, name) for name in ("Sam", "Noor"))
    for person in (sam, noor):
        sign_up_quickly(person)
    bond_quickly(sam, noor)
    found = asks_for_mail(noor, post[0])
    sam.go("/settings/notices")
    sam.sees("Notices are off.")

    asks(sam, "Just listen", "Noor")
    now = mailing.now
    mailing.wait(datetime.combine(now.date(), time(19), now.tzinfo) - now + timedelta(seconds=1))
    said = post[0].number(2)
    assert said.startswith(f"Nearer: something is waiting.\n\n{mailing.url}/\n")
    assert not re.search("Sam|Noor|listen|ask", said)
    noor.go("/")
    noor.sees("Sam asks")

    [link] = re.findall(r"\S+/mute/\S+", said)
    mutes(browser, link)
    noor.go("/settings/notices")
    noor.sees("Notices are muted. Nothing comes.")
    assert found == []
    for each in (sam, noor):
        each.page.context.close()


def test_a_browser_that_needs_a_worker_shows_the_same_and_leads_to_today(browser: Browser) -> None:
    page = browser.new_page()
    shown, done = page.evaluate(WORKS, [WORKER.read_text(encoding="utf-8"), json.loads(payload())])
    page.close()

    actions = [{"action": "mute", "title": "Mute"}]
    assert shown == [["Nearer: something is waiting.", {"tag": "nearer", "silent": True, "actions": actions}]]
    assert done == ["/", "muted"]


def asks_for_mail(person: Person, post: Post) -> list[str]:
    """Ask to be called by mail, and type the code that comes."""
    person.go("/settings/notices")
    person.sees("Notices are off.")
    person.sees("Nearer: something is waiting.")
    found = looked_at(person, "notices off")
    person.page.get_by_role("link", name="By e-mail").click()
    person.fill("Your e-mail address", ADDRESS)
    person.press("Send me a code")
    person.fill("Passphrase", person.passphrase)
    person.press("Open it")
    person.sees("Look into your mail")
    [code] = re.findall(r"^\d{6}$", post.number(1), re.MULTILINE)
    person.fill("The code from the mail", code)
    person.press("That is mine")
    person.sees(ADDRESS)
    return found + looked_at(person, "notices on")


def mutes(browser: Browser, link: str) -> None:
    """Mute by a link, without logging in: it works once."""
    anybody = browser.new_context().new_page()
    anybody.goto(link)
    anybody.get_by_role("button", name="Mute").click()
    expect(anybody.get_by_role("heading", name="Muted")).to_be_visible()
    anybody.goto(link)
    expect(anybody.get_by_role("heading", name="This link is over")).to_be_visible()
    anybody.context.close()
