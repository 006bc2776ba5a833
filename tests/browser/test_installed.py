"""On a home screen: it starts without a line, keeps what is everybody's alone, and goes without a trace."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from nearer.testing.people import Person
from nearer.testing.server import Copy
from tests.browser.cases import two
from tests.browser.test_unsent_words import WORDS, log_in_here, quick_exit, speaking, still_there, type_into

NO_LINE = "No connection just now"
# How many lights burn: a lock on the screen that is held, as a phone would count it.
COUNT_LIGHTS = """
window.lights = 0;
navigator.wakeLock.request = async () => {
  const lock = { released: false, release: async () => { lock.released = true; window.lights -= 1; } };
  window.lights += 1;
  return lock;
};
"""
LIT, DARK = "() => window.lights === 1", "() => window.lights === 0"
WORKS = (
    "async () => Boolean((await navigator.serviceWorker.ready).active && navigator.serviceWorker.controller)"
)
KEPT = """async () => {
  const caught = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const asked = (await Promise.all(caught.map((cache) => cache.keys()))).flat();
  const texts = await Promise.all(asked.map(async (each) => (await caches.match(each, { ignoreVary: true })).text()));
  return asked.map((each, at) => [new URL(each.url).pathname, texts[at]]);
}"""
PUBLIC = re.compile(r"/(offline|help|static/[0-9a-f]{12}/web/(sheets/|js/|fonts/|signs/nearer\.svg)[\w.-]*)")
STORED = """async () => ({
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  databases: await indexedDB.databases(),
  files: await Array.fromAsync((await navigator.storage.getDirectory()).keys()),
  local: Object.keys(localStorage),
  tab: Object.keys(sessionStorage),
})"""
EMPTY = {"caches": [], "workers": 0, "databases": [], "files": [], "local": [], "tab": []}


@pytest.fixture
def pair(browser: Browser, copy: Copy) -> Iterator[tuple[Person, Person]]:
    """Sam and Noor, bonded; Sam's phone counts its lights."""
    pair = two(browser, copy, "Sam", "Noor")
    pair[0].page.context.add_init_script(COUNT_LIGHTS)
    yield pair
    for each in pair:
        each.page.context.close()


def install(sam: Person) -> None:
    """Choose a dull name, and see that the browser finds all it asks for."""
    sam.go("/settings/home-screen")
    sam.page.get_by_label("Leaf").check(force=True)
    sam.press("Save")
    expect(sam.page).to_have_title("Leaf")
    browser = sam.page.context.new_cdp_session(sam.page)
    manifest = browser.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["manifest"]["name"] == "Leaf"
    assert browser.send("Page.getInstallabilityErrors") == {"installabilityErrors": []}
    sam.page.wait_for_function(WORKS)


def burns_while_live(sam: Person) -> None:
    """See that the screen stays lit in a step, and no longer than that."""
    sam.page.wait_for_function(LIT)
    sam.press("Pause")
    sam.page.wait_for_function(DARK)
    sam.press("Go on")
    sam.page.wait_for_function(LIT)


def only_public_is_kept(page: Page) -> None:
    """Look at the address and the text of everything in the caches."""
    kept = dict(page.evaluate(KEPT))
    assert "/offline" in kept
    assert all(PUBLIC.fullmatch(address) for address in kept), kept.keys()
    assert not [address for address, text in kept.items() if re.search(r"\b(Sam|Noor|quietfox)\b", text)]


def sends_and_logs_out(sam: Person) -> None:
    """Send words, let the page hear that they were taken, and log out."""
    sam.go("/mirror/lines")
    type_into(sam.page)
    sam.press("Ask Noor")
    sam.page.wait_for_function("() => !sessionStorage.getItem('unsent')")
    assert "sent" in {cookie["name"] for cookie in sam.page.context.cookies()}
    sam.go("/settings")
    sam.press("Log out")
    sam.page.wait_for_url(f"{sam.url}/")


def nothing_is_left(page: Page, home: str) -> None:
    """Look into everything in which a browser keeps something, at a page that asks nobody who they are."""
    page.goto(f"{home}/offline")
    page.wait_for_function(f"async () => !(await ({STORED})()).workers")
    assert page.evaluate(STORED) == EMPTY
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"c", "d", "z"}


def leaves_and_deletes(sam: Person) -> None:
    """Leave the bond, and delete the account: after the first nothing is left but what is everybody's."""
    sam.go("/login?next=/settings/home-screen")
    log_in_here(sam)
    sam.page.wait_for_url(re.compile("home-screen"))
    sam.page.wait_for_function(WORKS)
    sam.go("/spaces")
    sam.press("Leave now")
    sam.page.wait_for_url(f"{sam.url}/")
    only_public_is_kept(sam.page)
    left = sam.page.evaluate(STORED)
    assert {**left, "caches": [], "workers": 0} == EMPTY
    sam.go("/settings/account")
    sam.page.get_by_label("I am sure").check()
    sam.press("Delete it now")
    sam.page.wait_for_url(f"{sam.url}/")


@pytest.mark.shows("S9")
@pytest.mark.rule("R9", "R10")
def test_it_starts_without_a_line_keeps_nothing_of_theirs_and_goes_without_a_trace(
    pair: tuple[Person, Person],
) -> None:
    sam, noor = pair
    page = sam.page
    install(sam)
    path = speaking(sam, noor)
    burns_while_live(sam)
    for each in ("/us", "/library/", "/"):
        sam.go(each)
    sam.go(path)
    type_into(page)

    only_public_is_kept(page)

    page.context.set_offline(True)
    for each in ("/us", "/", path):
        sam.go(each)
        sam.sees(NO_LINE)
    expect(page).to_have_title("No connection")
    sam.go("/help")
    expect(page.get_by_role("heading", name="Help", exact=True)).to_be_visible()
    sam.go(path)
    sam.sees("What you typed and have not sent is still in this window")
    page.context.set_offline(False)
    still_there(page)

    quick_exit(sam)
    nothing_is_left(page, sam.url)
    sam.go("/login?next=/settings/home-screen")
    log_in_here(sam)
    page.wait_for_url(re.compile("home-screen"))
    page.wait_for_function(WORKS)
    sends_and_logs_out(sam)
    nothing_is_left(page, sam.url)
    assert WORDS not in page.content()
    leaves_and_deletes(sam)
    nothing_is_left(page, sam.url)
