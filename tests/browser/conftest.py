"""A real server and real browsers for every test in this folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy, databases_for, free_port

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
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
    copy.start()
    yield copy
    copy.stop()


@pytest.fixture
def own_copy(tmp_path: Path, worker_id: str) -> Iterator[Copy]:
    """A copy for one test that stops it or looks into its folder."""
    copy = Copy(data=tmp_path / "data", port=free_port(), databases=databases_for(f"own_{worker_id}"))
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


@pytest.fixture(scope="session")
def members(browser: Browser, copy: Copy) -> list[Person]:
    """Sam and Noor with accounts of their own, made once: signing up is slow on purpose."""
    people = [newcomer(browser, copy.url, name) for name in ("Sam", "Noor")]
    for person in people:
        person.sign_up()
        person.page.context.close()
    return people


@pytest.fixture
def pair(members: list[Person], sam: Person, noor: Person) -> tuple[Person, Person]:
    """Sam and Noor on fresh browsers, in a bond that nothing has happened in yet."""
    for person, member in zip((sam, noor), members, strict=True):
        person.username, person.passphrase, person.code = member.username, member.passphrase, member.code
        person.log_in()
    noor.join(sam.invite())
    sam.confirm(noor.name)
    return sam, noor
