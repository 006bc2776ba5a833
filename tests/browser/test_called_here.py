"""A real subscription of a real browser: it is called, lets itself be muted, and is called no more once it is left."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from nearer.notices.sending.words import payload
from nearer.testing.people import Person
from nearer.testing.server import Copy
from tests.browser.conftest import BROWSERS, FLAGS, LAUNCH, sign_up_quickly
from tests.browser.registering import registering

SUBSCRIBED = """async () => {
  const here = await navigator.serviceWorker.getRegistration();
  return Boolean(await here?.pushManager.getSubscription());
}"""
# Lets a worker say when it has shown something; whoever asks what is shown before that takes it away again.
TELLS = """() => {
  const show = self.registration.showNotification.bind(self.registration);
  self.shown = new Promise((told) => {
    self.registration.showNotification = (...what) => { const done = show(...what); done.then(told); return done; };
  });
}"""
SHOWN = """async () => {
  await Promise.race([self.shown, new Promise((late) => setTimeout(late, 10000))]);
  return (await self.registration.getNotifications()).map(({ title, body, tag }) => [title, body, tag]);
}"""
LEFT = """async () => {
  const all = await navigator.serviceWorker.getRegistrations();
  return Boolean(all.length) || Boolean((await caches.keys()).length);
}"""


@pytest.fixture
def sam(browser: Browser, copy: Copy, tmp_path: Path) -> Iterator[Person]:
    """Sam, at a browser with a profile of its own that allows notices: one without windows knows no push."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with registering() as flags:
        context = browser.browser_type.launch_persistent_context(
            str(tmp_path / "profile"), executable_path=found, timeout=LAUNCH, args=[*FLAGS, *flags, "--headless=new"]
        )  # fmt: skip
        context.grant_permissions(["notifications"], origin=copy.url)
        person = Person(name="Sam", page=context.pages[0], url=copy.url)
        sign_up_quickly(person)
        yield person
        context.close()


def called(person: Person) -> object:
    """Hand the browser what a push service would, as it is once it is opened; return what it shows."""
    [worker] = person.page.context.service_workers
    worker.evaluate(TELLS)
    found: list[dict[str, Any]] = []
    devtools = person.page.context.new_cdp_session(person.page)
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    devtools.send("ServiceWorker.enable")
    person.page.wait_for_function("() => navigator.serviceWorker.controller")
    told = {"origin": person.url, "registrationId": found[0]["registrationId"], "data": payload().decode()}
    devtools.send("ServiceWorker.deliverPushMessage", told)
    return worker.evaluate(SHOWN)


def adds_this_one(person: Person) -> None:
    """Ask to be called here."""
    person.go("/settings/notices")
    person.press("Call me on this device")
    expect(person.page.get_by_text("This one", exact=True)).to_be_visible()
    assert person.page.evaluate(SUBSCRIBED)


@pytest.mark.shows("F4")
@pytest.mark.rule("R9", "R10")
def test_a_browser_is_called_and_no_more_once_it_was_muted_removed_or_left(copy: Copy, sam: Person) -> None:
    page = sam.page
    adds_this_one(sam)
    assert called(sam) == [["Nearer: something is waiting.", "", "nearer"]]

    sam.press("Remove")
    sam.sees("Nowhere yet. Notices are off.")
    assert not page.evaluate(SUBSCRIBED)

    adds_this_one(sam)
    sam.go("/mute")
    sam.press("Mute on this device")
    sam.sees("This device is not called any more.")
    assert not page.evaluate(SUBSCRIBED)
    sam.go("/settings/notices")
    sam.sees("Nowhere yet. Notices are off.")

    adds_this_one(sam)
    # Where nobody was for so long that the session ran out, it goes with the next one.
    copy.wait(timedelta(days=15))
    sam.log_in()
    page.wait_for_load_state("networkidle")
    sam.go("/settings")
    sam.sees("You are called on this device.")
    sam.press("Log out")
    page.wait_for_url(f"{sam.url}/")
    sam.go("/offline")
    page.wait_for_function(f"async () => !(await ({LEFT})())")
    sam.log_in()
    sam.go("/settings/notices")
    sam.sees("Nowhere yet. Notices are off.")
    assert not page.evaluate(SUBSCRIBED)
