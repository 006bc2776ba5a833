"""Nothing that was typed is lost, whatever becomes of the page; and nothing of it lies open on the device."""

from __future__ import annotations

import fcntl
import re
import shutil
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from nearer.testing import clock
from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy, databases_for, free_port
from tests.browser.cases import floor, move, two
from tests.browser.conftest import BROWSERS, FLAGS, LAUNCH, bond_quickly, send, sign_up_quickly

WORDS = "The quietfox went home before the lights did"
SIGNS = "/mirror/lines"
ENDED = "You are signed out. Your words are still here."
BACK = "What you had typed is here again."
SIOCGIFADDR = 0x8915  # Linux: which address a network card has
KEPT = "() => Boolean(sessionStorage.getItem('unsent'))"


@pytest.fixture
def pair(browser: Browser, copy: Copy) -> Iterator[tuple[Person, Person]]:
    """Sam and Noor, bonded."""
    pair = two(browser, copy, "Sam", "Noor")
    yield pair
    for each in pair:
        each.page.context.close()


def speaking(sam: Person, noor: Person) -> str:
    """Bring The Floor to where Sam speaks, and return its path."""
    path = floor(sam, noor)
    for each in (sam, noor):
        move(each, path, "Heat", level="easy")
    move(sam, path, "Volunteer")
    sam.go(path)
    sam.may("Speak")
    return path


def type_into(page: Page, words: str = WORDS) -> None:
    """Type into the page's field for words, unfolded where it is folded away, and wait until it is kept."""
    folded = page.locator("main details:not([open]):has([name=words]) > summary")
    if folded.count():
        folded.first.click()
    page.locator("main [name=words]").first.press_sequentially(words)
    page.wait_for_function(KEPT)


def still_there(page: Page, words: str = WORDS) -> None:
    """Wait until the words stand in the field, in sight."""
    expect(page.locator("main [name=words]").first).to_have_value(words)
    expect(page.locator("main [name=words]").first).to_be_visible()


def sign_out_from_another_phone(browser: Browser, someone: Person) -> None:
    """End every session of somebody's but one on another phone."""
    other = newcomer(browser, someone.url, someone.name)
    other.username, other.passphrase = someone.username, someone.passphrase
    send(other, "/login", "/login", username=other.username, passphrase=other.passphrase)
    send(other, "/settings/devices", "/settings/elsewhere")
    other.page.context.close()


def log_in_here(someone: Person) -> None:
    """Log in on the page that is open."""
    someone.fill("Username", someone.username)
    someone.fill("Passphrase", someone.passphrase)
    someone.press("Log in")


def test_words_stand_in_their_field_after_help_and_back_and_a_reload(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    speaking(sam, noor)
    for path in (sam.page.url, f"{sam.url}{SIGNS}"):
        sam.page.goto(path)
        type_into(sam.page)
        for place in ("Help", "Library"):
            sam.page.locator(".foot").get_by_role("link", name=place).click()
            sam.page.wait_for_url(re.compile(r"/(help|library)"))
            sam.page.go_back()
            sam.sees(BACK)
            still_there(sam.page)
        sam.page.reload()
        still_there(sam.page)
        assert WORDS not in sam.page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


@pytest.fixture
def in_the_house(tmp_path: Path, worker_id: str) -> Iterator[Copy]:
    """A copy that is reached by the machine's own address, over a line that is not encrypted."""
    address = own_address()
    if address is None:
        pytest.skip("This machine has no address but its own loop, over which every line counts as encrypted")
    port = free_port()
    reached = {"NEARER_BIND": f"0.0.0.0:{port}", "NEARER_URL": f"http://{address}:{port}"}
    copy = Copy(data=tmp_path / "data", port=port, databases={**databases_for(f"lan_{worker_id}"), **reached})
    copy.at(clock.noon_today())
    copy.start()
    yield copy
    copy.stop()


def own_address() -> str | None:
    """Return an address of this machine that other machines would use, or None."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        for _, name in socket.if_nameindex():
            with suppress(OSError):
                told = fcntl.ioctl(line, SIOCGIFADDR, struct.pack("256s", name.encode()))
                if not (found := socket.inet_ntoa(told[20:24])).startswith("127."):
                    return found
    return None


# RFC 8439, 2.4.2.
SUNSCREEN = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."
COVERED = bytes.fromhex(
    "6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab8f593dabcd62b3571639d624e65152ab"
    "8f530c359f0861d807ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab77937365af90bbf74a35be6b40b8eedf2785e42"
    "874d"
)


def test_words_outlive_the_page_over_a_line_that_is_not_encrypted(
    browser: Browser, in_the_house: Copy
) -> None:
    home = in_the_house.databases["NEARER_URL"]
    pair = [newcomer(browser, home, name) for name in ("Sam", "Noor")]
    for each in pair:
        sign_up_quickly(each)
    bond_quickly(*pair)
    sam, noor = pair
    sam.go(SIGNS)
    assert not sam.page.evaluate("isSecureContext"), "what this is about"

    type_into(sam.page)
    sam.page.reload()
    still_there(sam.page)
    assert WORDS not in sam.page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    sam.press("Ask Noor")
    sam.page.wait_for_function("() => !sessionStorage.getItem('unsent')")
    noor.go(SIGNS)
    noor.sees(WORDS)
    address = sam.page.evaluate(
        "performance.getEntriesByType('resource').map(({name}) => name).find((name) => name.includes('/chacha'))"
    )
    made = sam.page.evaluate(
        """async ([address, key, nonce, plain]) => {
          const { chacha } = await import(address);
          return [...chacha(Uint8Array.from(key), Uint8Array.from(nonce), Uint8Array.from(plain))];
        }""",
        [address, list(range(32)), [0, 0, 0, 0, 0, 0, 0, 0x4A, 0, 0, 0, 0], list(SUNSCREEN)],
    )
    assert bytes(made) == COVERED
    for each in pair:
        each.page.context.close()


def forget_the_session(browser: Browser, someone: Person) -> None:
    """Let the browser forget everything the house gave it, as when its data is cleared."""
    someone.page.context.clear_cookies()


@pytest.mark.parametrize(
    ("where", "ends"),
    [
        ("in a sitting", sign_out_from_another_phone),
        ("in a form", sign_out_from_another_phone),
        ("in a sitting", forget_the_session),
        ("in a form", forget_the_session),
    ],
)
def test_a_session_that_has_ended_says_so_and_leads_back_to_the_words(
    browser: Browser, pair: tuple[Person, Person], where: str, ends: Callable[[Browser, Person], None]
) -> None:
    sam, noor = pair
    path = speaking(sam, noor) if where == "in a sitting" else SIGNS
    sam.go(path)
    type_into(sam.page)
    ends(browser, sam)
    if where == "in a form":
        sam.press("Ask Noor")
    elif ends is forget_the_session:
        sam.page.locator('form[data-move="Speak"] button:not([type=button])').last.click()
    sam.sees(ENDED)
    still_there(sam.page)

    sam.page.locator("[data-line-again]").click()
    sam.page.wait_for_url(re.compile("/login"))
    log_in_here(sam)
    sam.page.wait_for_url(re.compile(path))
    still_there(sam.page)

    sam.sends(sam.page.locator("main form:has([name=words])").first, None, "words").first.click()
    sam.page.wait_for_function("() => !sessionStorage.getItem('unsent')")
    noor.go(path)
    noor.sees(WORDS)
    # What was taken does not come back as if it had not been.
    sam.go(path)
    sam.page.reload()
    expect(sam.page.locator("main")).to_be_visible()
    assert not sam.page.evaluate(KEPT)


def test_an_ordinary_form_says_that_the_line_is_dead_and_goes_when_it_is_back(
    pair: tuple[Person, Person],
) -> None:
    sam, noor = pair
    sam.go(SIGNS)
    type_into(sam.page)
    sam.page.context.set_offline(True)
    sam.press("Ask Noor")
    sam.sees("Not saved yet. Your words are still here.")
    still_there(sam.page)
    sam.page.context.set_offline(False)
    sam.press("Try again")
    noor.go(SIGNS)
    expect(sam.page.locator("main [name=words]").first).to_have_value("")
    noor.page.reload()
    noor.sees(WORDS)


def test_nobody_else_gets_them(browser: Browser, copy: Copy, pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    sam.go(SIGNS)
    type_into(sam.page)
    sam.page.context.clear_cookies()
    sam.page.goto(f"{sam.url}/login?next={SIGNS}")
    sam.username, sam.passphrase = noor.username, noor.passphrase
    log_in_here(sam)
    sam.page.wait_for_url(re.compile(SIGNS))
    sam.page.wait_for_function("() => !sessionStorage.getItem('unsent')")
    still_there(sam.page, "")


def log_out(someone: Person) -> None:
    """Log out by the button in Settings, in another window of the same browser."""
    window = someone.page.context.new_page()
    window.goto(f"{someone.url}/settings")
    window.get_by_role("button", name="Log out").click()
    window.wait_for_url(f"{someone.url}/")


def quick_exit(someone: Person) -> None:
    """Leave by quick exit."""
    someone.page.context.route(
        re.compile("wikipedia"), lambda route: route.fulfill(body="<title>News</title>")
    )
    someone.press("Quick exit")
    someone.page.wait_for_url(re.compile("wikipedia"))


def close(someone: Person) -> None:
    """Close the window."""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Where a browser keeps what outlives it."""
    return tmp_path / "profile"


@pytest.fixture
def sam_at_home(browser: Browser, copy: Copy, profile: Path) -> Iterator[Person]:
    """Sam with a browser that keeps a profile, bonded with Noor."""
    found = next(path for name in BROWSERS if (path := shutil.which(name)))
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=found, args=list(FLAGS), timeout=LAUNCH
    )
    sam, noor = Person(name="Sam", page=context.pages[0], url=copy.url), newcomer(browser, copy.url, "Noor")
    for each in (sam, noor):
        sign_up_quickly(each)
    bond_quickly(sam, noor)
    yield sam
    context.close()
    noor.page.context.close()


def files_with(word: str, folder: Path) -> list[str]:
    """Return the files below a folder that hold a word, in either of the ways browsers write text."""
    ways = word.encode(), word.encode("utf-16-le")
    read = ((path, path.read_bytes()) for path in folder.rglob("*") if path.is_file())
    return [str(path.relative_to(folder)) for path, content in read if any(way in content for way in ways)]


@pytest.mark.parametrize("end", [log_out, quick_exit, close])
def test_no_word_is_in_any_file_of_the_browser(
    sam_at_home: Person, profile: Path, end: Callable[[Person], None]
) -> None:
    sam = sam_at_home
    sam.go(SIGNS)
    type_into(sam.page)
    # What lies open in the same place is found.
    sam.page.evaluate("sessionStorage.setItem('open', 'plainhedgehog')")
    sam.page.reload()
    still_there(sam.page)

    end(sam)
    if end is not close:
        sam.page.wait_for_function("() => !sessionStorage.getItem('unsent')")
    sam.page.context.close()

    assert files_with("quietfox", profile) == []
    assert end is not close or files_with("plainhedgehog", profile)


def test_on_a_shared_device_nothing_is_kept_and_the_page_asks_before_it_is_left(
    browser: Browser, copy: Copy, pair: tuple[Person, Person]
) -> None:
    sam, _ = pair
    shared = newcomer(browser, copy.url, "Sam")
    shared.username, shared.passphrase = sam.username, sam.passphrase
    shared.go(f"/login?next={SIGNS}")
    shared.page.get_by_label("This is a shared device").check(force=True)
    log_in_here(shared)
    shared.page.wait_for_url(re.compile(SIGNS))
    field = shared.page.locator("main [name=words]").first
    field.click()
    field.press_sequentially(WORDS)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    shared.page.on("dialog", stay)
    shared.page.locator(".foot").get_by_role("link", name="Library").click()
    still_there(shared.page)

    assert asked == ["beforeunload"]
    assert shared.page.evaluate("sessionStorage.length") == 0
    # The quick way out is never asked about.
    quick_exit(shared)
    assert asked == ["beforeunload"]
    shared.page.context.close()


def test_what_was_chosen_in_a_form_of_many_choices_comes_back_as_well(pair: tuple[Person, Person]) -> None:
    sam, _noor = pair
    sam.go("/times/halves")
    halves = sam.page.locator("main [type=checkbox]")
    for number in (1, 5, 7):
        halves.nth(number).check(force=True)
    sam.page.wait_for_function(KEPT)
    sam.page.reload()
    sam.sees(BACK)
    assert [n for n in range(9) if halves.nth(n).is_checked()] == [1, 5, 7]

    sam.page.context.set_offline(True)
    sam.press("Keep it so")
    sam.sees("Not saved yet. Your words are still here.")
    sam.page.context.set_offline(False)
    sam.press("Try again")
    sam.sees("You tapped 3.")
    assert not sam.page.evaluate(KEPT)


def test_two_forms_about_one_thing_keep_their_words_apart(pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    send(sam, "/with-you/ask", "/with-you/ask", wish="listen", words="")
    noor.go("/with-you/ask")
    typed = {"line": "I think of you", "full": "The day was long"}

    for name, words in typed.items():
        field = noor.page.locator(f"main [name={name}]")
        noor.page.locator(f"main details:has([name={name}]) > summary").click()
        field.press_sequentially(words)
    noor.page.wait_for_function(KEPT)
    noor.page.reload()

    for name, words in typed.items():
        expect(noor.page.locator(f"main [name={name}]")).to_have_value(words)
