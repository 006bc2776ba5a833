"""Coming in, finding each other, and getting out again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from nearer.testing.people import Person, newcomer, sit_down
from nearer.testing.server import Copy
from tests.browser.cases import floor, person
from tests.browser.conftest import bond_quickly, sign_up_quickly

OUTSIDE = re.compile(r"^https?://(?!127\.0\.0\.1)")


@pytest.mark.shows("P1")
def test_sign_up_log_out_and_in_again(sam: Person) -> None:
    sam.sign_up()
    sam.sees("Hello, Sam")
    sam.go("/settings")
    sam.press("Log out")
    sam.go("/settings")
    expect(sam.page).to_have_url(re.compile("/login"))
    sam.log_in()

    sam.sees("Hello, Sam")


def test_a_suggested_passphrase_takes_the_place_of_one_that_was_too_short(sam: Person) -> None:
    sam.go("/signup")
    sam.fill("What shall we call you?", sam.name)
    sam.fill("Username", sam.username)
    sam.fill("Passphrase", "too short")
    sam.press("Create account")
    wrong = sam.page.get_by_text("Use at least 12 characters")
    expect(wrong.first).to_be_visible()
    sam.page.get_by_text("Suggest one").click()
    sam.press("Use this one")
    expect(wrong).to_have_count(0)
    expect(sam.page.get_by_role("alert")).to_have_count(0)
    sam.press("Create account")
    expect(sam.page.locator("[data-recovery-code]")).to_be_visible()


@pytest.mark.shows("P1", "F2")
def test_a_lost_passphrase_costs_nothing_but_a_new_one(pair: tuple[Person, Person], browser: Browser) -> None:
    sam, noor = pair
    elsewhere = newcomer(browser, sam.url, "Sam")
    elsewhere.go("/recover")
    elsewhere.fill("Username", sam.username)
    elsewhere.fill("Recovery code", sam.code.lower().replace("-", " "))
    elsewhere.fill("New passphrase", "another lantern for the willow")
    elsewhere.press("Set the new passphrase")
    fresh = elsewhere.page.locator("[data-recovery-code]").inner_text()
    assert fresh != sam.code
    elsewhere.fill("Type the code back", fresh)
    elsewhere.press("Continue")

    elsewhere.sees("You and Noor")
    sam.go("/settings")
    expect(sam.page).to_have_url(re.compile("/login"))
    noor.go("/")
    noor.sees("You and Sam")


@pytest.mark.shows("F3")
def test_one_person_has_several_bonds_and_none_shows_another(
    pair: tuple[Person, Person], browser: Browser, copy: Copy
) -> None:
    sam, noor = pair
    dana = person(browser, copy, "Dana")
    bond_quickly(sam, dana)
    sam.go("/")
    sam.sees("You and Dana")
    sam.press("Noor")
    sam.sees("You and Noor")

    for other, stranger in ((noor, "Dana"), (dana, "Noor")):
        for path in ("/", "/us", "/settings"):
            other.go(path)
            expect(other.page.locator("body")).not_to_contain_text(stranger)


def test_an_invitation_works_once_and_its_secret_leaves_the_address_bar(
    sam: Person, noor: Person, browser: Browser, copy: Copy
) -> None:
    for each in (sam, noor):
        sign_up_quickly(each)
    link = sam.invite()
    asked: list[str] = []
    noor.page.on("request", lambda request: asked.append(request.url))
    noor.join(link)
    secret = link.partition("#")[2]
    assert not [url for url in asked if secret in url]
    assert secret not in noor.page.url

    robin = person(browser, copy, "Robin")
    robin.page.goto(link)
    robin.sees("This invitation is not open any more.")


def test_an_invitation_opened_before_there_is_an_account(sam: Person, noor: Person) -> None:
    sign_up_quickly(sam)
    link = sam.invite()
    noor.page.goto(link)
    noor.sees("Sam would like to try this with you")
    noor.page.get_by_role("link", name="Create account").click()
    noor.finish_sign_up()
    noor.press("Join")

    noor.sees("You joined Sam")


def test_not_who_i_meant(sam: Person, noor: Person) -> None:
    for each in (sam, noor):
        sign_up_quickly(each)
    noor.join(sam.invite())
    sam.go("/")
    sam.press("Not who I meant")
    sam.sees("Invite someone")
    noor.go("/")

    noor.sees("Invite someone")
    noor.sees_not("Sam")


@pytest.mark.shows("F2")
def test_leaving_a_bond_is_quiet_and_ends_what_is_open(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    path = sit_down(sam, noor)
    elsewhere = sam.page.context.new_page()
    elsewhere.goto(f"{sam.url}/us")
    elsewhere.get_by_role("link", name="Leave this bond").click()
    elsewhere.get_by_role("button", name="Leave now").click()
    noor.sees("The sitting is over")
    noor.go("/")
    noor.sees("This bond is closed")

    sam.go(path)
    expect(sam.page.get_by_role("heading", name="There is nothing here")).to_be_visible()


@pytest.mark.shows("F2")
@pytest.mark.parametrize("how", ["button", "keys"])
def test_quick_exit_leaves_and_locks(browser: Browser, copy: Copy, how: str) -> None:
    sam = person(browser, copy, "Sam")
    sam.go("/")
    sam.page.context.route(
        OUTSIDE, lambda route: route.fulfill(body="<title>News</title>", content_type="text/html")
    )
    if how == "button":
        sam.page.locator("[data-exit]").click()
    else:
        for _ in range(3):
            sam.page.keyboard.press("Shift")
    sam.page.wait_for_url(OUTSIDE)

    sam.go("/settings")
    expect(sam.page).to_have_url(re.compile("/login"))


def test_nothing_anyone_said_stays_in_the_browser(browser: Browser, copy: Copy) -> None:
    sam, noor = person(browser, copy, "Sam"), person(browser, copy, "Noor", timezone_id="Europe/Berlin")
    bond_quickly(noor, sam)
    noor.go(floor(noor, sam, topic="canary in the address bar"))
    noor.sees("canary in the address bar")

    stored = noor.page.evaluate(
        "async () => JSON.stringify([{...localStorage}, {...sessionStorage}, await caches.keys(),"
        " await indexedDB.databases(), document.cookie])"
    )
    # The zone that moments are written in is all that a page keeps.
    assert stored == '[{},{},[],[],"z=Europe%2FBerlin"]'
    assert "canary" not in noor.page.url
    assert noor.page.title() == "Practise · Nearer"
    for each in (sam, noor):
        each.page.context.close()
