"""A line that dies without a word: the page hears the silence, says so, and is up to date when it is back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from nearer.testing.people import Person
from nearer.testing.server import Copy
from tests.browser.cases import floor, move, two
from tests.browser.frozen import Line

HOLDING = "Holding your place. Trying again."
LONGER_THAN_SILENCE = 20_000
WOKEN = "() => document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture
def line(copy: Copy) -> Iterator[Line]:
    """What lies between Noor's phone and the house."""
    line = Line(copy.port)
    yield line
    line.close()


@pytest.fixture
def pair(browser: Browser, copy: Copy, line: Line) -> Iterator[tuple[Person, Person, str]]:
    """Sam, and Noor behind the line with a clock that can be moved, in The Floor."""
    sam, noor = two(browser, copy, "Sam", "Noor")
    path = floor(sam, noor)
    noor.url = line.url
    noor.page.clock.install()
    noor.go(path)
    noor.may("Heat")
    yield sam, noor, path
    for each in (sam, noor):
        each.page.context.close()


@pytest.mark.shows("L6")
def test_a_stream_that_goes_silent_is_noticed_and_opened_again(
    line: Line, pair: tuple[Person, Person, str]
) -> None:
    sam, noor, path = pair
    line.freeze()
    move(sam, path, "Pause")
    noor.page.clock.fast_forward(LONGER_THAN_SILENCE)
    noor.sees(HOLDING)
    noor.sees_not("Paused")

    line.thaw()
    noor.page.clock.fast_forward(LONGER_THAN_SILENCE)
    noor.sees("Paused")
    expect(noor.page.get_by_text(HOLDING)).to_be_hidden()
    move(sam, path, "Resume")
    noor.may("Heat")


@pytest.mark.shows("L6")
def test_a_phone_that_wakes_finds_everything_and_hears_again(
    line: Line, pair: tuple[Person, Person, str]
) -> None:
    sam, noor, path = pair
    line.silence_streams()
    move(sam, path, "Pause")
    noor.page.evaluate(WOKEN)
    noor.sees("Paused")

    # What is heard now, without a touch and without time, comes by a stream that is alive.
    move(sam, path, "Resume")
    noor.may("Heat")


def test_what_is_sent_into_a_dead_line_is_said_to_be_unsent_within_seconds(
    line: Line, pair: tuple[Person, Person, str]
) -> None:
    _, noor, _ = pair
    line.freeze()
    noor.move("Heat").locator('[value="easy"]').click()
    noor.page.clock.fast_forward(4_500)
    noor.sees("Not saved yet. Your words are still here.")

    # The line brings the first try along with the second: what is sent twice counts once.
    noor.press("Try again")
    line.thaw()
    noor.may_not("Heat")
    expect(noor.page.get_by_text("Not saved yet")).to_be_hidden()
