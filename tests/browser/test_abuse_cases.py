"""Twelve things somebody might want to do to the one they are close to, and cannot: docs/abuse-cases.md.

Kim is the one whose safety it is. Alex is the other member of the bond, with an account of their own, or with
Kim's phone in hand for a few minutes, or knows a passphrase, or has been left, or runs the server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from nearer.testing import scan, served
from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy
from tests.browser.cases import floor, kept_floor, move, page_of, person, post, two
from tests.browser.conftest import bond_quickly, send

OWN_PAGES = ("/", "/us", "/practise", "/practise/listening", "/settings", "/settings/devices")
PRIVATE = ("/pulse", "/settings/events")
SAID, NOTED, FELT = "said-canary-7f3a", "noted-canary-19bd", "9"


@pytest.fixture(scope="module")
def couple(browser: Browser, copy: Copy) -> Iterator[tuple[Person, Person]]:
    """Kim and Alex, who have kept one floor; Kim has noted how it was, and has another bond, with Robin."""
    kim, alex = two(browser, copy, "Kim", "Alex")
    path = kept_floor(kim, alex, SAID, NOTED)
    post(kim, path, f"{path}/pulse", understood=FELT)
    robin = person(browser, copy, "Robin")
    bond_quickly(robin, kim)
    choose = re.search(
        r'action="(/b/[0-9a-f-]+/switch)">(?:(?!</form>).)*Alex', page_of(kim, "/us"), re.DOTALL
    )
    assert choose
    post(kim, "/us", choose[1])
    yield kim, alex
    for each in (kim, alex, robin):
        each.page.context.close()


def everything_alex_gets(alex: Person, *more: str) -> dict[str, str]:
    return {path: page_of(alex, path) for path in (*OWN_PAGES, *more)}


@pytest.mark.case("AB1")
@pytest.mark.rule("R5")
def test_find_out_who_would_rather_not_talk(couple: tuple[Person, Person]) -> None:
    kim, alex = couple
    read = []
    for hot, cool in ((kim, alex), (alex, kim)):
        path = floor(kim, alex, "May")
        move(hot, path, "Heat", level="touchy")
        move(cool, path, "Heat", level="easy")
        alex.go(path)
        alex.sees("Something lighter today")
        # Ideas are drawn by lot for each sitting, whatever anybody felt.
        alex.page.locator(".ideas").evaluate_all("lists => lists.forEach((list) => list.remove())")
        read.append(alex.page.locator("main").inner_text())
        move(alex, path, "Leave")

    assert read[0] == read[1]


@pytest.mark.case("AB2")
@pytest.mark.rule("R3")
def test_prove_that_a_letter_was_opened(couple: tuple[Person, Person]) -> None:
    kim, alex = couple
    begun = post(alex, "/practise/listening", "/practise/listening/start", mode="async")
    path = re.search(r'data-sitting="([0-9a-f-]{36})"', begun)
    assert path
    letter = f"/s/{path[1]}"
    move(alex, letter, "Ready")
    move(alex, letter, "SetTopic", topic="the garden", variant="everyday")
    move(alex, letter, "Speak", words="I planted the beans")
    before = everything_alex_gets(alex, letter)

    kim.go(letter)
    kim.page.wait_for_load_state("networkidle")
    kim.go("/")

    assert everything_alex_gets(alex, letter) == before
    move(kim, letter, "Leave")


@pytest.mark.case("AB3")
@pytest.mark.rule("R3", "R11")
def test_see_when_the_other_was_here(couple: tuple[Person, Person]) -> None:
    kim, alex = couple
    before = everything_alex_gets(alex)

    for path in (*OWN_PAGES, "/help", "/settings/suggestions", "/settings/home-screen"):
        kim.go(path)
    post(kim, "/settings/suggestions", "/settings/suggestions", wanted="listen")
    post(kim, "/settings/home-screen", "/settings/home-screen", sign="folio")
    again = newcomer(kim.page.context.browser, kim.url, "Kim")  # type: ignore[arg-type]
    again.username, again.passphrase = kim.username, kim.passphrase
    again.log_in()
    again.page.context.close()

    assert everything_alex_gets(alex) == before


@pytest.mark.case("AB4")
@pytest.mark.rule("R18")
def test_read_the_drawer_on_a_phone_that_lay_open(couple: tuple[Person, Person], copy: Copy) -> None:
    kim, _alex = couple
    shift = served.shift_of(copy.data)
    try:
        copy.wait(timedelta(minutes=11))
        for path in PRIVATE:
            kim.go(path)
            kim.sees("Unlock your private pages")
            expect(kim.page.locator("main")).not_to_contain_text("of 10")
        kim.fill("Passphrase", "kim and alex forever")
        kim.press("Open it")
        kim.sees("That is not your passphrase. Try again.")
    finally:
        served.move(copy.data, shift)


@pytest.mark.case("AB5")
@pytest.mark.rule("R15")
def test_lock_the_owner_out_of_their_own_account(couple: tuple[Person, Person]) -> None:
    kim, _alex = couple
    kim.go("/settings/passphrase")
    kim.fill("Passphrase now", "whatever it may be now")
    kim.fill("New passphrase", "mine from now on forever")
    kim.press("Change it")
    kim.sees("That is not your passphrase. Try again.")
    kim.go("/settings/recovery")
    kim.fill("Passphrase", "whatever it may be now")
    kim.press("Make a new code")
    kim.sees("That is not your passphrase. Try again.")

    again = newcomer(kim.page.context.browser, kim.url, "Kim")  # type: ignore[arg-type]
    again.username, again.passphrase = kim.username, kim.passphrase
    again.log_in()
    again.page.context.close()


@pytest.mark.case("AB6")
@pytest.mark.rule("R6")
def test_get_back_in_after_the_other_left(browser: Browser, copy: Copy) -> None:
    alex, kim = two(browser, copy, "Alex", "Kim")
    path = floor(alex, kim)
    bond = re.search(r"/b/([0-9a-f-]+)/space", page_of(kim, "/us") + page_of(kim, "/spaces"))
    assert bond
    space = f"/b/{bond[1]}"
    post(kim, f"{space}/space", f"{space}/space")

    alex.go(path)
    alex.sees("The sitting is over")
    alex.go("/")
    alex.sees("This bond is closed")
    for address, form in (
        ("/practise/listening/start", {"mode": "live"}),
        (f"{space}/confirm", {"answer": "yes"}),
        (f"{space}/plans", {"cue": "you come home", "act": "talk to me"}),
    ):
        post(alex, "/us", address, **form)
    assert "you come home" not in page_of(alex, "/us")
    assert "Start together" not in page_of(alex, "/practise/listening")
    assert kim.page.request.get(f"{kim.url}{path}").status == 404
    for each in (alex, kim):
        each.page.context.close()


@pytest.mark.case("AB7")
@pytest.mark.rule("R13")
def test_say_yes_for_the_other(couple: tuple[Person, Person]) -> None:
    kim, alex = couple
    begun = post(alex, "/practise/listening", "/practise/listening/start", mode="live")
    found = re.search(r'data-sitting="([0-9a-f-]{36})"', begun)
    assert found
    path = f"/s/{found[1]}"
    for seat in ("host", "guest"):
        move(alex, path, "Ready", seat=seat)

    kim.go(path)
    kim.may("Ready")
    alex.go(path)
    alex.sees(re.compile("It begins when Kim comes in."))
    move(kim, path, "Leave")


@pytest.mark.case("AB8")
@pytest.mark.rule("R4", "R18")
def test_read_an_answer_without_giving_one(couple: tuple[Person, Person]) -> None:
    kim, alex = couple
    path = floor(kim, alex)
    for each in (kim, alex):
        move(each, path, "Heat", level="easy")
    move(kim, path, "Volunteer")
    move(kim, path, "Speak", aloud="yes")
    move(alex, path, "Reflect", aloud="yes")
    move(kim, path, "Check", answer="yes")
    move(alex, path, "Validate", aloud="yes")
    move(alex, path, "Ask", skip="yes")
    move(kim, path, "More", more="no")
    move(alex, path, "EndHere")
    move(kim, path, "Note", words="sealed-canary-55e1")
    stage = alex.page.request.get(f"{alex.url}{path}", headers={"X-Fragment": "1"}).text()

    alex.go(path)
    alex.may("Note")
    assert (
        "sealed-canary"
        not in "".join(everything_alex_gets(alex, path).values()) + stage + alex.page.content()
    )
    move(kim, path, "Leave")


@pytest.mark.case("AB9")
def test_read_what_was_said_in_the_files_of_the_server(couple: tuple[Person, Person], copy: Copy) -> None:
    """What the log and the databases hold, in whatever form; with the username as proof that it was searched."""
    kim, _alex = couple
    words = {"said": SAID, "noted": NOTED, "name": "Robin"}
    files = {path.name: path.read_bytes() for path in copy.data.glob("*") if path.is_file()}

    found = {
        f"{word} in {where}"
        for where, blob in files.items()
        for word, text in words.items()
        if any(form in blob for form in scan.disguises(text))
    }

    assert found == set()
    if not copy.databases:
        assert any(kim.username.encode() in blob for blob in files.values())


@pytest.mark.case("AB10")
@pytest.mark.rule("R15")
def test_stay_in_with_a_passphrase_known_once(browser: Browser, copy: Copy) -> None:
    kim = person(browser, copy, "Kim")
    alex = newcomer(browser, copy.url, "Alex")
    alex.username, alex.passphrase = kim.username, kim.passphrase
    alex.log_in()
    changed = "a walk nobody else was on"
    send(kim, "/settings/passphrase", "/settings/passphrase", passphrase=kim.passphrase, new=changed)

    alex.go("/settings")
    expect(alex.page).to_have_url(re.compile("/login"))
    alex.fill("Username", kim.username)
    alex.fill("Passphrase", kim.passphrase)
    alex.press("Log in")
    alex.sees("We could not log you in with that.")
    for each in (alex, kim):
        each.page.context.close()


@pytest.mark.case("AB11")
@pytest.mark.rule("R9", "R10")
def test_find_traces_on_a_phone_after_quick_exit(browser: Browser, copy: Copy) -> None:
    kim = person(browser, copy, "Kimberley-canary")
    kim.page.context.route(re.compile("wikipedia"), lambda route: route.fulfill(body="<title>News</title>"))
    kim.go("/us")
    kim.go("/settings")
    behind = kim.page.context.new_page()
    behind.goto(f"{kim.url}/us")
    kim.press("Quick exit")
    for window in (kim.page, behind):
        window.wait_for_url(re.compile("wikipedia"))
    kim.page.go_back()
    expect(kim.page).to_have_url(re.compile("/login"))

    stored = kim.page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, await caches.keys(),"
        " await indexedDB.databases(), document.cookie])"
    )
    assert stored == '[{},{},[],[],""]'
    assert "canary" not in kim.page.content() + kim.page.title()
    kim.page.context.close()


@pytest.mark.case("AB12")
@pytest.mark.rule("R18")
def test_learn_of_another_bond_or_of_what_is_private(couple: tuple[Person, Person]) -> None:
    kim, alex = couple
    assert "Robin" in page_of(kim, "/us")
    theirs = set(re.findall(r"/b/([0-9a-f-]{36})", page_of(kim, "/us")))

    got = everything_alex_gets(alex, "/invite", "/j/", "/help")
    mine = set(re.findall(r"/b/([0-9a-f-]{36})", "".join(got.values())))
    for path, page in got.items():
        assert "Robin" not in page, path
    for bond in theirs - mine:
        assert alex.page.request.get(f"{alex.url}/b/{bond}/state").status == 404
    assert theirs - mine
