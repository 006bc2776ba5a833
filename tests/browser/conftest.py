"""A real server and real browsers for every test in this folder."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from nearer.testing import clock
from nearer.testing.fronts import NAME
from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy, databases_for, free_port

# With a profile on the disk like anybody's; and first, without windows and at half the price.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # What stands in front of a copy in some tests has a name of its own.
    f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
    # A microphone that hums, for whoever is allowed to use it.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)

LAUNCH = 120_000  # milliseconds; a browser with a profile of its own reads and writes much before it is there

# As long as a click waits: on a busy machine a page takes its time.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    found = next((path for name in (SHELL, *BROWSERS) if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(FLAGS), timeout=LAUNCH)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Copy]:
    """A copy of Nearer that the tests of this process share."""
    copy = Copy(
        data=tmp_path_factory.mktemp("data"),
        port=free_port(),
        databases=databases_for(f"browser_{worker_id}"),
    )
    copy.at(clock.noon_today())
    copy.start()
    yield copy
    copy.stop()


@pytest.fixture
def own_copy(tmp_path: Path, worker_id: str) -> Iterator[Copy]:
    """A copy for one test that stops it or looks into its folder."""
    copy = Copy(data=tmp_path / "data", port=free_port(), databases=databases_for(f"own_{worker_id}"))
    copy.at(clock.noon_today())
    copy.start()
    yield copy
    copy.stop()


@pytest.fixture
def sam(browser: Browser, copy: Copy) -> Iterator[Person]:
    """Somebody with a phone."""
    person = newcomer(browser, copy.url, "Sam")
    yield person
    person.page.context.close()


@pytest.fixture
def noor(browser: Browser, copy: Copy) -> Iterator[Person]:
    """Somebody else with a phone."""
    person = newcomer(browser, copy.url, "Noor")
    yield person
    person.page.context.close()


@pytest.fixture
def bonded(sam: Person, noor: Person) -> tuple[Person, Person]:
    """Sam and Noor, bonded; neither has opened a page yet, which costs most of what a pair costs."""
    for person in (sam, noor):
        sign_up_quickly(person)
    bond_quickly(sam, noor)
    return sam, noor


@pytest.fixture
def pair(bonded: tuple[Person, Person]) -> tuple[Person, Person]:
    """Sam and Noor, bonded, each on Today."""
    for person in bonded:
        person.go("/")
    return bonded


@pytest.fixture
def without_scripts(browser: Browser, copy: Copy) -> Iterator[tuple[Person, Person]]:
    """Sam and Noor, bonded, whose browsers run no scripts."""
    two = [newcomer(browser, copy.url, name, java_script_enabled=False) for name in ("Sam", "Noor")]
    for person in two:
        sign_up_quickly(person)
    bond_quickly(*two)
    yield two[0], two[1]
    for person in two:
        person.page.context.close()


def sign_up_quickly(person: Person) -> None:
    """Make an account by the forms one would use, without drawing a page of them."""
    account = {"name": person.name, "username": person.username, "passphrase": person.passphrase}
    shown = re.search(r"data-recovery-code[^>]*>([^<]+)<", send(person, "/signup", "/signup", **account))
    assert shown
    person.code = shown[1].strip()
    send(person, "/signup/recovery", "/signup/recovery", code=person.code)


def bond_quickly(host: Person, guest: Person, *, kin: str = "friend") -> None:
    """Bond two people by the forms they would use, without drawing a page of them."""
    invitation = send(host, "/invite", "/invite", kin=kin)
    secret = re.search(r"data-invite-link[^>]*>[^<]*#([^<\s]+)", invitation)
    assert secret
    send(guest, "/j/", "/j/open", secret=secret[1])
    send(guest, "/j/", "/j/join")
    confirm = re.search(r"/b/[0-9a-f-]+/confirm", send(host, "/", ""))
    assert confirm
    send(host, "/", confirm[0], answer="yes")


def send(person: Person, page: str, address: str, **fields: str) -> str:
    """Open a page and send a form of it, unless there is no address; return the page that answers."""
    html = person.page.request.get(f"{person.url}{page}").text()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    if not address or not token:
        return html
    form = {"csrfmiddlewaretoken": token[1], **fields}
    return person.page.request.post(f"{person.url}{address}", form=form).text()
