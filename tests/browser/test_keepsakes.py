"""Two people keep a voice note and a photo; and nothing of what is sent is in a file on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from nearer import disk
from nearer.keepsakes.items import WAITS
from nearer.testing.media import MARK, photo
from nearer.testing.people import Person, newcomer
from nearer.testing.scan import files_under
from nearer.testing.server import Copy, free_port
from nearer.testing.watched import notes_of
from tests.browser.conftest import bond_quickly, send, sign_up_quickly
from tests.browser.test_every_page import PAGE_BUDGET, SCRIPT_BUDGET, Watch, inspect

WORDS = "good morning from the kitchen: 90b2"
PLAY = """async (audio) => {
  audio.muted = true;
  await audio.play();
  await new Promise((done) => audio.addEventListener("timeupdate", () => audio.currentTime > 0 && done()));
  return audio.duration;
}"""
LOADED = "(image) => image.complete && image.naturalWidth"


@pytest.mark.shows("Q7")
@pytest.mark.rule("R1", "R17")
def test_sam_records_and_noor_listens(copy: Copy, pair: tuple[Person, Person]) -> None:
    sam, noor = pair
    sam.go("/us")
    sam.page.get_by_role("link", name="Add a voice note").click()
    record(sam)

    noor.go(sam.page.url.removeprefix(sam.url))
    noor.sees_not(WORDS)
    copy.wait(WAITS)
    noor.page.reload()
    noor.sees(WORDS)
    assert noor.page.locator("audio").evaluate(PLAY) > 0.5
    add_photo(noor)
    copy.wait(WAITS)
    sam.page.reload()
    expect(sam.page.get_by_alt_text("Us, at the lake")).to_be_visible()
    sam.page.get_by_alt_text("Us, at the lake").scroll_into_view_if_needed()
    sam.page.wait_for_function(LOADED, arg=sam.page.locator(".keepsake img").element_handle())

    found = look_at_pages(sam)
    sam.page.locator("summary").filter(has_text="Take it back").click()
    sam.page.locator("details").get_by_role("button", name="Take it back").click()
    sam.sees("You took something back.")
    noor.page.reload()
    noor.sees("Sam took something back.")
    noor.sees_not(WORDS)
    assert found + inspect(noor.page, "the shelf with a line") == []


def record(person: Person) -> None:
    """Record, think better of it, record again, listen, and only then send."""
    sent = listen_for_posts(person)
    person.sees(re.compile("Noor will see it, and nobody else. .* Once opened, it can be copied."))
    person.sees("The microphone is off.")
    person.press("Record")
    person.sees("Recording. It stays on this device until you keep it.")
    expect(person.page.locator("[data-clock]")).to_have_text(re.compile("0:0[1-9]"))
    person.press("Stop")
    person.press("Discard")
    person.sees("Discarded. Nothing was sent.")
    person.press("Record")
    expect(person.page.locator("[data-clock]")).to_have_text(re.compile("0:0[1-9]"))
    person.press("Stop")
    person.press("Listen")
    assert sent == []
    person.fill("A few words", WORDS)
    person.press("Keep it for us both")
    person.sees(WORDS)
    person.sees("Noor sees it in two minutes.")


def listen_for_posts(person: Person) -> list[str]:
    """Return a list that fills with everything the page sends."""
    sent: list[str] = []
    person.page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    return sent


def add_photo(person: Person) -> None:
    """Add a photo, after a file that is none."""
    person.page.get_by_role("link", name="Add a photo").click()
    field = person.page.get_by_label("Photo")
    field.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"noise"})
    person.fill("What is on it", "Us, at the lake")
    person.press("Keep it for us both")
    person.sees("That file could not be read as a photo. A JPEG, PNG or WebP works.")
    field.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo((900, 600))})
    person.press("Keep it for us both")
    expect(person.page.get_by_alt_text("Us, at the lake")).to_be_visible()


def look_at_pages(person: Person) -> list[str]:
    """Return what is wrong with the pages that keepsakes have."""
    found, shelf = [], person.page.url
    for path in ("", "/photo", "/voice"):
        page = person.page.context.new_page()
        watch = Watch(page, person.url)
        page.goto(f"{shelf}{path}")
        assert watch.weight("document", "stylesheet") <= PAGE_BUDGET
        assert watch.weight("script") <= SCRIPT_BUDGET
        found += inspect(page, f"keepsakes{path}") + watch.strays + watch.complaints
        page.close()
    return found


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Copy]:
    """A copy that notes which files it opens to write."""
    copy = Copy(data=tmp_path / "data", port=free_port(), module="nearer.testing.watched")
    copy.start()
    yield copy
    copy.stop()


def test_no_photo_is_in_clear_in_any_file_while_it_is_sent_or_after(browser: Browser, watched: Copy) -> None:
    sam, noor = (newcomer(browser, watched.url, name) for name in ("Sam", "Noor"))
    for person in (sam, noor):
        sign_up_quickly(person)
    bond_quickly(sam, noor)
    bond = re.search(r"/b/[0-9a-f-]{36}", send(sam, "/us", ""))
    assert bond
    raw = photo((2600, 1900), "PNG", noise=True)
    assert 12_000_000 < len(raw) < 15 * 1024 * 1024
    before = notes_of(watched.data)
    assert before

    address = f"{bond[0]}/keepsakes/photo"
    assert upload(sam, address, raw) == 302
    watched.wait(WAITS)
    shown = re.search(
        rf"{address.removesuffix('photo')}[0-9a-f-]{{36}}", send(noor, f"{bond[0]}/keepsakes", "")
    )
    assert shown
    seen = noor.page.request.get(f"{watched.url}{shown[0]}").body()

    assert seen.startswith(b"RIFF")
    assert set(notes_of(watched.data)[len(before) :]) <= {"/dev/null"}
    watched.stop()
    traces = [
        MARK.encode(),
        WORDS.encode(),
        raw[5_000_000:5_000_024],
        b"WEBPVP8",
        seen[len(seen) // 2 :][:24],
    ]
    files = list(files_under(watched.data))
    assert [name for name, blob in files if any(trace in blob for trace in traces)] == []
    assert sum(len(seen) < len(blob) for name, blob in files if not name.endswith(disk.NAME)) == 1
    for person in (sam, noor):
        person.page.context.close()


def upload(person: Person, address: str, raw: bytes) -> int:
    """Send a photo as its form would, and return the status. Playwright itself is slow with what is large."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', send(person, "/invite", ""))
    assert token
    answer = httpx.post(
        f"{person.url}{address}",
        data={"csrfmiddlewaretoken": token[1], "words": WORDS},
        files={"file": ("IMG_1.PNG", raw, "image/png")},
        cookies={str(cookie["name"]): str(cookie["value"]) for cookie in person.page.context.cookies()},
        headers={"origin": person.url},
        timeout=60,
    )
    return answer.status_code
