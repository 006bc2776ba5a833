"""The library, as a stranger, a member, an author, an editor, an expert and a moderator use it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Dialog, expect

from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy
from tests.browser.conftest import send, sign_up_quickly
from tests.browser.test_every_page import PAGE_BUDGET, SCRIPT_BUDGET, Watch, inspect

INTRODUCTION, LONGEST = "/library/what-emotional-intimacy-is", "/library/knowing-what-the-other-needs"
BODY = """A lead with <script>alert(1)</script>.

## <img src=x onerror=alert(2)>

[press](javascript:alert(3)) ![huge](https://evil.example/x.png)

## Last

> > > > deep
"""


@pytest.fixture
def hears(sam: Person) -> list[str]:
    """What a script that runs would say."""
    said: list[str] = []

    def heard(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    sam.page.context.on("dialog", heard)
    return said


@pytest.mark.shows("F1", "P2", "P3", "P4", "P5", "P8")
def test_a_stranger_learns_what_closeness_is_and_is_led_to_do_it(sam: Person) -> None:
    sam.go("/")
    sam.page.get_by_role("contentinfo").get_by_role("link", name="Library").click()
    page = sam.page
    expect(page.get_by_role("heading", name="Recent posts")).to_be_visible()
    post = page.locator(".posts > li").first
    expect(post).to_contain_text(re.compile(r"The Nearer contributors · \d minute"))

    page.get_by_role("link", name=re.compile("What emotional intimacy is")).first.click()

    for part in (
        "Known, and safe in it",
        "What it is not",
        "Why it is worth the work",
        "In two minutes",
        "Sources",
    ):
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    expect(page.locator(".part h2 .num")).to_have_text(["1.", "2.", "3.", "4.", "5."])
    expect(page.get_by_text("Picture: the Nearer contributors")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Two circles"))).to_be_visible()
    sam.sees(re.compile("Not yet expert-reviewed"))
    page.get_by_role("link", name="The Nearer contributors").first.click()
    sam.sees("people who build this program")
    page.go_back()
    page.get_by_role("link", name="Start here").first.click()
    expect(page.get_by_role("heading", name="Start here")).to_be_visible()

    sam.go("/library/listening-so-the-other-feels-it")
    page.get_by_role("link", name=re.compile("Do it together now")).first.click()
    expect(page.get_by_role("button", name="Log in")).to_be_visible()


@pytest.mark.shows("P1", "P6", "P7")
def test_a_member_marks_and_comments_under_another_name_and_a_moderator_looks(
    sam: Person, noor: Person, copy: Copy, hears: list[str]
) -> None:
    for person in (sam, noor):
        sign_up_quickly(person)
    copy.run("role", "give", noor.username, "moderator")
    sam.go("/practise/listening")
    sam.page.get_by_role("link", name="Read about it").click()
    sam.press("Bookmark")
    expect(sam.page.get_by_role("button", name="Bookmarked")).to_have_attribute("aria-pressed", "true")
    sam.fill("Add a comment", "<img src=x onerror=alert(1)> it helped")
    sam.press("Post comment")
    sam.fill("Name for comments", sam.name)
    sam.press("Use this name and post")
    sam.sees("This would lead to you. Choose another.")
    sam.fill("Name for comments", f"Heron {sam.username}")
    sam.press("Use this name and post")
    sam.sees(re.compile("Only you see this until somebody has looked at it"))

    noor.go("/library/desk/comments")
    noor.page.locator("li", has_text=f"Heron {sam.username}").get_by_role("button", name="Show it").click()

    noor.go("/library/listening-so-the-other-feels-it")
    noor.sees("<img src=x onerror=alert(1)> it helped")
    noor.sees_not(sam.name)
    sam.go("/library/bookmarks")
    sam.sees("Listening so that the other feels it")
    assert not hears


@pytest.mark.shows("P4", "P5")
def test_an_article_is_written_edited_checked_and_published_in_the_browser(
    browser: Browser, sam: Person, noor: Person, copy: Copy, hears: list[str]
) -> None:
    expert = newcomer(browser, copy.url, "Ada")
    slug = f"by-{sam.username}"
    _at_the_desk(
        copy,
        (sam, "author", "Wren Writer"),
        (noor, "editor", "Noor Editor"),
        (expert, "reviewer", "Dr Ada Expert"),
    )
    sam.go("/library/desk/")
    sam.page.get_by_role("link", name="Begin an article").click()
    for label, text in (
        ("Title", "A plain title"),
        ("Address", slug),
        ("In one sentence", "It says it."),
        ("Text", BODY),
    ):
        sam.fill(label, text)
    sam.page.get_by_label("Category").select_option(label="Start here")
    with sam.page.expect_navigation():
        sam.press("Save the draft")
    draft = sam.page.url.removeprefix(copy.url)

    for person, step in ((noor, "It is edited"), (expert, "I have checked it"), (noor, "Publish")):
        person.go(draft)
        with person.page.expect_navigation():
            person.press(step)
    sam.go(f"/library/{slug}")

    sam.sees(re.compile("Checked by"))
    expect(sam.page.get_by_role("link", name="Dr Ada Expert")).to_be_visible()
    expect(sam.page.get_by_role("link", name="Noor Editor")).to_be_visible()
    assert sam.page.locator(".text script, .text img, .text a[href^=javascript]").count() == 0
    assert not hears
    expert.page.context.close()


def test_the_longest_pages_are_light_and_can_be_used_by_everybody(sam: Person) -> None:
    for path in (LONGEST, "/library/", "/library/search?q=listen", "/library/author/nearer-contributors"):
        watch = Watch(sam.page, sam.url)
        sam.go(path)
        assert watch.weight("document", "stylesheet") <= PAGE_BUDGET, path
        assert watch.weight("script") <= SCRIPT_BUDGET, path
        assert not inspect(sam.page, path)
        assert not watch.strays
        assert not watch.complaints


def test_without_scripts_everything_but_offline_reading_works(browser: Browser, copy: Copy) -> None:
    person = newcomer(browser, copy.url, "Sam", java_script_enabled=False)
    sign_up_quickly(person)

    person.go("/library/search?q=listen")
    person.page.get_by_role("link", name="Listening so that the other feels it").click()
    person.press("Bookmark")

    expect(person.page.get_by_role("button", name="Bookmarked")).to_be_visible()
    person.go("/library/")
    expect(person.page.get_by_text("Keep the library here")).to_be_hidden()
    person.page.context.close()


@pytest.mark.shows("P2")
def test_the_whole_library_is_read_without_a_network(sam: Person) -> None:
    sam.go("/library/")
    sam.press("Keep the library here")
    sam.sees("The library is kept on this device.")
    sam.page.reload()

    sam.page.context.set_offline(True)
    sam.go(LONGEST)

    expect(sam.page.get_by_role("heading", name="Knowing what the other needs")).to_be_visible()
    sam.page.context.set_offline(False)
    sam.go("/library/")
    sam.press("Take it away")
    sam.sees("It is no longer kept here.")
    sam.page.wait_for_function("async () => !(await caches.keys()).length")


def _at_the_desk(copy: Copy, *people: tuple[Person, str, str]) -> None:
    for person, role, name in people:
        sign_up_quickly(person)
        copy.run("role", "give", person.username, role)
        send(
            person,
            "/library/desk/byline",
            "/library/desk/byline",
            name=name,
            role="",
            about="",
            credentials="",
        )
