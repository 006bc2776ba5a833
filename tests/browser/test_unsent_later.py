"""Words that were typed and not sent are there for a month: whatever days pass, and for whoever typed them alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from nearer.testing.people import Person
from nearer.testing.server import Copy
from tests.browser.cases import two
from tests.browser.test_unsent_words import (
    BACK,
    ENDED,
    KEPT,
    SIGNS,
    WORDS,
    log_in_here,
    still_there,
    type_into,
)

DAY = "() => sessionStorage.getItem('unsent').split(' ')[0]"


@pytest.fixture
def aging(browser: Browser, own_copy: Copy) -> Iterator[tuple[Person, Person, Copy]]:
    """Sam and Noor, bonded, in a copy whose days pass."""
    pair = two(browser, own_copy, "Sam", "Noor")
    yield *pair, own_copy
    for each in pair:
        each.page.context.close()


def test_words_on_a_page_that_stood_open_for_days_outlive_it(aging: tuple[Person, Person, Copy]) -> None:
    sam, _noor, copy = aging
    sam.go(SIGNS)
    type_into(sam.page)
    began = sam.page.evaluate(DAY)

    copy.wait(timedelta(days=5))
    sam.page.reload()

    sam.sees(BACK)
    still_there(sam.page)
    sam.page.wait_for_function(f"(began) => ({DAY})() !== began", arg=began)
    began = sam.page.evaluate(DAY)
    # What is typed is sealed with a newer key, also where the page was never left.
    sam.page.clock.set_fixed_time(copy.now + timedelta(days=2))
    copy.wait(timedelta(days=2))
    sam.page.locator("main [name=words]").first.press_sequentially(" at last")
    sam.page.wait_for_function(f"(began) => ({DAY})() !== began", arg=began)
    sam.page.reload()
    still_there(sam.page, f"{WORDS} at last")


def come_back(someone: Person) -> None:
    """Come back to a page whose session has run out, and follow it to the log-in and back."""
    someone.press("Ask Noor")
    someone.sees(ENDED)
    someone.page.locator("[data-line-again]").click()
    someone.page.wait_for_url(re.compile("/login"))
    log_in_here(someone)
    someone.page.wait_for_url(re.compile(SIGNS))


def test_words_outlive_a_session_that_ran_out_until_a_month_has_passed(
    aging: tuple[Person, Person, Copy],
) -> None:
    sam, _noor, copy = aging
    sam.go(SIGNS)
    type_into(sam.page)
    for days, there in ((15, WORDS), (31, "")):
        copy.wait(timedelta(days=days))
        come_back(sam)
        still_there(sam.page, there)
        assert sam.page.evaluate(KEPT) == bool(there)


def test_who_logs_in_where_another_persons_page_stood_open_is_not_given_its_words(
    aging: tuple[Person, Person, Copy],
) -> None:
    sam, noor, copy = aging
    sam.go(SIGNS)
    type_into(sam.page)
    copy.wait(timedelta(days=15))
    window = sam.page.context.new_page()
    window.goto(f"{sam.url}/login?next=/settings")
    log_in_here(
        Person(name="Noor", page=window, url=noor.url, username=noor.username, passphrase=noor.passphrase)
    )
    window.wait_for_url(re.compile("/settings"))

    # Their page goes on as it stood, and asks for a key in the other's name.
    sam.page.clock.set_fixed_time(copy.now)
    with sam.page.expect_response(re.compile("/unsent")) as asked:
        sam.page.locator("main [name=words]").first.press_sequentially(" now")
    assert asked.value.status == 200
    sam.page.goto(f"{sam.url}/with-you/ask")
    sam.page.wait_for_function("() => !sessionStorage.getItem('unsent')")
    sam.go(SIGNS)
    still_there(sam.page, "")
