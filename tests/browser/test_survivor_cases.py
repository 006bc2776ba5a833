"""Twelve things somebody may need to do quickly and unseen, in at most three taps: docs/abuse-cases.md.

Kim is the one whose safety it is, on a phone; Alex is the other member of the bond. Typing is no tap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy
from tests.browser.cases import Taps, floor, kept_floor, page_of, person, two

MOST = 3
OUTSIDE = re.compile("wikipedia")
SAID = "It scared me, I think"


@pytest.fixture(scope="module")
def couple(browser: Browser, copy: Copy) -> Iterator[tuple[Person, Person, str]]:
    """Kim and Alex, and the floor they have kept, in which Kim spoke."""
    kim, alex = two(browser, copy, "Kim", "Alex")
    path = kept_floor(kim, alex, SAID, "a note")
    yield kim, alex, path
    for each in (kim, alex):
        each.page.context.close()


@pytest.mark.case("SV1")
@pytest.mark.rule("R9")
def test_be_gone_at_once_also_without_a_connection(browser: Browser, copy: Copy) -> None:
    kim = person(browser, copy, "Kim")
    kim.page.context.route(OUTSIDE, lambda route: route.fulfill(body="<title>News</title>"))
    kim.go("/settings")
    _leave_in_one_tap(kim)
    kim.log_in()
    kim.go("/us")
    kim.page.context.route("**/lock", lambda route: route.abort())
    _leave_in_one_tap(kim)
    kim.page.context.close()


def _leave_in_one_tap(kim: Person) -> None:
    taps = Taps(kim.page)
    taps.button("Quick exit")
    kim.page.wait_for_url(OUTSIDE)
    assert taps.count == 1

    # Whoever opens the browser next finds nobody signed in, though the server may not have heard of it.
    kim.go("/us")
    expect(kim.page).to_have_url(re.compile("/login"))


@pytest.mark.case("SV2")
@pytest.mark.rule("R10", "R16")
def test_find_somebody_to_talk_to_without_an_account_or_telling_words(browser: Browser, copy: Copy) -> None:
    kim = newcomer(browser, copy.url, "Kim", java_script_enabled=False)
    asked: list[str] = []
    kim.page.on("request", lambda request: asked.append(request.url))
    kim.go("/")
    taps = Taps(kim.page)
    taps.link("Ways to get help")
    expect(kim.page.get_by_role("heading", name="Help", exact=True)).to_be_visible()
    loaded = len(asked)
    taps.fold("People to talk to")
    taps.fold("Ireland")

    expect(kim.page.get_by_role("link", name="1800 341 900")).to_be_visible()
    assert taps.count <= MOST
    assert len(asked) == loaded
    assert kim.page.url == f"{copy.url}/help"
    assert kim.page.title() == "Help"
    assert kim.page.context.cookies() == []
    kim.page.context.close()


@pytest.mark.case("SV3")
@pytest.mark.rule("R6", "R11")
def test_leave_at_night_without_a_sound_on_the_other_side(browser: Browser, copy: Copy) -> None:
    kim, alex = two(browser, copy, "Kim", "Alex")
    alex.go("/us")
    heard: list[str] = []
    alex.page.on("request", lambda request: heard.append(request.url))
    alex.page.wait_for_load_state("networkidle")
    heard.clear()
    kim.go("/")
    taps = Taps(kim.page)
    taps.link("Us")
    taps.link("Leave this bond")
    taps.button("Leave now")
    expect(kim.page.get_by_role("heading", name="It takes two")).to_be_visible()

    assert taps.count <= MOST
    assert heard == []
    alex.go("/")
    alex.sees("This bond is closed")
    expect(alex.page.locator("main")).not_to_contain_text(
        re.compile("Kim|left|because|today at", re.IGNORECASE)
    )
    for each in (kim, alex):
        each.page.context.close()


@pytest.mark.case("SV4")
@pytest.mark.rule("R5")
def test_say_no_to_a_talk_without_being_seen_to(couple: tuple[Person, Person, str]) -> None:
    kim, alex, _path = couple
    path = floor(alex, kim, "what happened in May")
    kim.go(path)
    taps = Taps(kim.page)
    taps.button("Not today")
    expect(kim.page.locator('form[data-move="Heat"]')).to_have_count(0)
    alex.go(path)
    alex.play("Heat", "easy")

    assert taps.count <= MOST
    for each in (kim, alex):
        each.sees("Something lighter today")
        expect(each.page.locator("main")).not_to_contain_text(re.compile(r"\b10\b|Kim (?:said|chose|would)"))
    kim.play("Leave")


@pytest.mark.case("SV5")
@pytest.mark.rule("R8", "R11")
def test_keep_what_was_said_as_it_read(couple: tuple[Person, Person, str]) -> None:
    kim, alex, path = couple
    before = page_of(alex, "/us")
    kim.go(path)
    taps = Taps(kim.page)
    taps.link("Edit, take back, keep a copy")
    taps.button("Keep a copy")
    kim.sees("A copy of what you were shown is yours alone. Nobody is told.")

    assert taps.count <= MOST
    assert page_of(alex, "/us") == before
    assert "so do I" in page_of(kim, "/kept")


@pytest.mark.case("SV6")
@pytest.mark.rule("R11")
def test_sign_out_everywhere_else(couple: tuple[Person, Person, str]) -> None:
    kim, alex, _path = couple
    other = newcomer(kim.page.context.browser, kim.url, "Kim")  # type: ignore[arg-type]
    other.username, other.passphrase = kim.username, kim.passphrase
    other.log_in()
    before = page_of(alex, "/us")
    kim.go("/")
    taps = Taps(kim.page)
    taps.link("Settings")
    taps.link("Where you are signed in")
    taps.button("Sign out everywhere else")
    kim.sees("You are signed in here only.")

    assert taps.count <= MOST
    other.go("/us")
    expect(other.page).to_have_url(re.compile("/login"))
    assert page_of(alex, "/us") == before
    other.page.context.close()


@pytest.mark.case("SV7")
@pytest.mark.rule("R18")
def test_close_the_drawer_when_somebody_comes_in(browser: Browser, copy: Copy) -> None:
    kim, alex = two(browser, copy, "Kim", "Alex")
    kim.go("/")
    taps = Taps(kim.page)
    taps.link("Us")
    taps.link("How it was for you")
    taps.button("Close the drawer")
    expect(kim.page).to_have_url(f"{kim.url}/")

    assert taps.count <= MOST
    kim.go("/pulse")
    kim.sees("Unlock your private pages")
    for each in (kim, alex):
        each.page.context.close()


@pytest.mark.case("SV8")
@pytest.mark.rule("R8")
def test_take_words_back(couple: tuple[Person, Person, str]) -> None:
    kim, alex, path = couple
    assert SAID in page_of(alex, path)
    kim.go(path)
    taps = Taps(kim.page)
    taps.link("Edit, take back")
    taps.fold("Edit or take back")
    kim.page.get_by_role("button", name="Take it back").first.wait_for()
    taps.button("Take it back")
    kim.sees("withdrawn")

    assert taps.count <= MOST
    alex.go(path)
    Taps(alex.page).fold("What you kept")
    alex.sees("withdrawn")
    assert SAID not in alex.page.content()


@pytest.mark.case("SV11")
@pytest.mark.rule("R12", "R15")
def test_lock_everything_anew_because_somebody_knows_the_passphrase(browser: Browser, copy: Copy) -> None:
    kim, alex = two(browser, copy, "Kim", "Alex")
    before = page_of(alex, "/us")
    listener = newcomer(browser, copy.url, "Kim")
    listener.username, listener.passphrase = kim.username, kim.passphrase
    listener.log_in()
    kim.go("/")
    taps = Taps(kim.page)
    taps.link("Settings")
    taps.link("Somebody may know my passphrase")
    kim.fill("Passphrase now", kim.passphrase)
    kim.fill("New passphrase", "a walk nobody else was on")
    taps.button("Change it")
    expect(kim.page.locator("[data-recovery-code]")).to_be_visible()

    assert taps.count <= MOST
    listener.go("/us")
    expect(listener.page).to_have_url(re.compile("/login"))
    assert page_of(alex, "/us") == before
    assert "Everything got new keys" in page_of(kim, "/settings/events")
    for each in (kim, alex, listener):
        each.page.context.close()


@pytest.mark.case("SV12")
@pytest.mark.rule("R11", "R18")
def test_stop_a_suggestion(couple: tuple[Person, Person, str]) -> None:
    kim, alex, _path = couple
    before = page_of(alex, "/")
    kim.go("/")
    kim.sees("The Floor")
    taps = Taps(kim.page)
    taps.link("What should Nearer suggest?")
    taps.tick("The Floor")
    taps.button("Save")
    kim.page.wait_for_url("**/settings")

    assert taps.count <= MOST
    kim.go("/")
    kim.sees_not("The Floor")
    assert page_of(alex, "/") == before


@pytest.mark.case("SV9")
@pytest.mark.rule("R11", "R18")
def test_take_ones_own_words_along(couple: tuple[Person, Person, str]) -> None:
    kim, alex, _path = couple
    before = page_of(alex, "/us")
    kim.go("/")
    taps = Taps(kim.page)
    taps.link("Settings")
    taps.link("Take a copy of your words")
    with kim.page.expect_download() as download:
        taps.button("Save the copy")

    assert taps.count <= MOST
    assert download.value.suggested_filename == "words.zip"
    with ZipFile(download.value.path()) as copy:
        assert any(name.endswith(".html") for name in copy.namelist())
        assert any(name.endswith(".json") for name in copy.namelist())
    assert page_of(alex, "/us") == before


@pytest.mark.case("SV10")
@pytest.mark.rule("R6", "R17")
def test_erase_the_account(browser: Browser, copy: Copy) -> None:
    kim, alex = two(browser, copy, "Kim", "Alex")
    kim.go("/settings")
    taps = Taps(kim.page)
    taps.link("Delete this account")
    taps.tick("I am sure. This cannot be undone.")
    taps.button("Delete it now")
    kim.page.wait_for_url(f"{copy.url}/")

    assert taps.count <= MOST
    kim.go("/login")
    kim.fill("Username", kim.username)
    kim.fill("Passphrase", kim.passphrase)
    kim.press("Log in")
    kim.sees("We could not log you in with that.")
    assert "This bond is closed" in page_of(alex, "/")
    for each in (kim, alex):
        each.page.context.close()
