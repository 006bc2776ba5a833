"""A photo or a recording that is too large: said before anything is sent, or with the limit afterwards."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from nearer.calendars.fetching import MOST_BYTES
from nearer.calendars.forms import LARGE
from nearer.calendars.reading import SAMPLE
from nearer.files.fields import MEGABYTE, PHOTO_MOST, VOICE_MOST
from nearer.testing.media import photo
from nearer.testing.people import Person
from tests.browser.conftest import send
from tests.browser.test_keepsakes import listen_for_posts

WORDS = "the lake, in spring"
LIMITS = {"photo": PHOTO_MOST, "voice": VOICE_MOST}
SAID = {
    "photo": "That photo is larger than 15 MB. A smaller copy of it fits.",
    "voice": "That recording is larger than 10 MB. A shorter one fits.",
}


def page_of(person: Person, sort: str) -> Locator:
    """Open the page on which one is added, write the words, and return the field for the file."""
    bond = re.search(r"/b/[0-9a-f-]{36}", send(person, "/us", ""))
    assert bond
    person.go(f"{bond[0]}/keepsakes/{sort}")
    person.fill("A few words", WORDS)
    return person.page.locator("input[type=file]")


def file_of(folder: Path, size: int) -> Path:
    path = folder / f"{size}.jpg"
    with path.open("wb") as file:
        file.write(photo((40, 30)))
        file.truncate(size)
    return path


@pytest.mark.parametrize(
    ("status", "said"),
    [(413, "takes no file this large"), (503, "in line before you"), (502, "was not kept")],
)
def test_what_stands_in_front_refuses_it_and_the_words_stay(
    bonded: tuple[Person, Person], tmp_path: Path, status: int, said: str
) -> None:
    sam, _noor = bonded
    field, theirs = page_of(sam, "photo"), f"<html><center><h1>{status}</h1></center>nginx</html>"
    sam.page.route(
        "**/keepsakes/photo",
        lambda route: (
            route.fulfill(status=status, body=theirs) if route.request.method == "POST" else route.continue_()
        ),
    )
    field.set_input_files(file_of(tmp_path, 1_500_000))
    sam.press("Keep it for us both")

    expect(sam.page.get_by_role("alert")).to_contain_text(said)
    expect(sam.page.get_by_label("A few words")).to_have_value(WORDS)
    assert field.evaluate("field => field.files.length") == 1

    sam.page.unroute("**/keepsakes/photo")
    field.set_input_files(photo_in(tmp_path))
    sam.press("Keep it for us both")
    sam.page.wait_for_url(re.compile(r"/keepsakes$"))


def test_a_calendar_that_does_not_pass_is_said_on_its_own_page(
    bonded: tuple[Person, Person], tmp_path: Path
) -> None:
    sam, _noor = bonded
    sam.go("/times/file")
    field = sam.page.locator("input[type=file]")
    sam.page.route(
        "**/times/file",
        lambda route: (
            route.fulfill(status=413, body="<html><center><h1>413</h1></center>nginx</html>")
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    field.set_input_files(file_of(tmp_path, MOST_BYTES + 1))
    expect(sam.page.get_by_role("alert")).to_have_text(str(LARGE))
    sam.press("Read it")
    expect(field).to_be_focused()
    expect(sam.page.get_by_role("alert")).to_have_text(str(LARGE))

    path = tmp_path / "own.ics"
    path.write_bytes(SAMPLE)
    field.set_input_files(path)
    sam.press("Read it")
    expect(sam.page.get_by_role("alert")).to_contain_text("takes no file this large")
    assert field.evaluate("field => field.files.length") == 1

    sam.page.unroute("**/times/file")
    sam.press("Read it")
    sam.page.wait_for_url(re.compile(r"/times$"))
    sam.sees("Read on")


def photo_in(folder: Path) -> Path:
    path = folder / "small.jpg"
    path.write_bytes(photo((40, 30)))
    return path


@pytest.mark.parametrize("sort", LIMITS)
def test_it_is_said_beside_the_field_before_anything_is_sent(
    bonded: tuple[Person, Person], tmp_path: Path, sort: str
) -> None:
    sam, _noor = bonded
    field = page_of(sam, sort)
    sent = listen_for_posts(sam)
    alert = sam.page.get_by_role("alert")
    expect(alert).to_have_count(0)

    field.set_input_files(file_of(tmp_path, LIMITS[sort] + 1))
    expect(alert).to_have_text(SAID[sort])
    expect(field).to_have_accessible_description(re.compile(re.escape(SAID[sort])))
    expect(field).to_have_attribute("aria-invalid", "true")
    sam.press("Keep it for us both")
    expect(field).to_be_focused()
    assert sent == []
    expect(sam.page.get_by_label("A few words")).to_have_value(WORDS)

    field.set_input_files(file_of(tmp_path, LIMITS[sort]))
    expect(alert).to_have_count(0)
    expect(field).not_to_have_attribute("aria-invalid", "true")
    assert field.evaluate("field => field.validity.valid")


def test_a_recording_takes_the_place_of_a_file_that_was_too_large(
    bonded: tuple[Person, Person], tmp_path: Path
) -> None:
    sam, _noor = bonded
    field = page_of(sam, "voice")
    field.set_input_files(file_of(tmp_path, VOICE_MOST + 1))
    expect(sam.page.get_by_role("alert")).to_have_text(SAID["voice"])
    sam.press("Record")
    expect(sam.page.get_by_role("alert")).to_have_count(0)
    expect(sam.page.locator("[data-clock]")).to_have_text(re.compile("0:0[1-9]"))
    sam.press("Stop")
    sam.press("Keep it for us both")
    sam.sees(WORDS)


def test_a_photo_that_fits_is_kept_after_one_that_did_not(
    bonded: tuple[Person, Person], tmp_path: Path
) -> None:
    sam, _noor = bonded
    field = page_of(sam, "photo")
    for size in (PHOTO_MOST + 1, 200_000):
        field.set_input_files(file_of(tmp_path, size))
    sam.press("Keep it for us both")
    sam.sees(WORDS)


def test_without_scripts_the_answer_names_what_fits(
    browser: Browser, bonded: tuple[Person, Person], tmp_path: Path
) -> None:
    sam, _noor = bonded
    cookies = sam.page.context.cookies()
    sam.page.context.close()
    sam.page = browser.new_context(java_script_enabled=False).new_page()
    sam.page.context.add_cookies(cookies)  # type: ignore[arg-type]
    field = page_of(sam, "photo")
    field.set_input_files(file_of(tmp_path, 17 * MEGABYTE))
    sam.press("Keep it for us both")
    expect(sam.page.get_by_role("heading", name="That is more than fits")).to_be_visible()
    photo_fits, voice_fits = (most // MEGABYTE for most in (PHOTO_MOST, VOICE_MOST))
    sam.sees(
        re.compile(f"A photo fits up to {photo_fits} MB, a voice note or a calendar up to {voice_fits} MB")
    )
