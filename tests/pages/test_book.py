"""The book of us: what both leave stands on its pages, which turn, are found by their words, and come along whole."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from nearer.calendars import entries
from nearer.files.rewritten import Rewritten
from nearer.keepsakes import book, items, whole
from nearer.keepsakes.book_views import A_LEAF
from nearer.keepsakes.items import WAITS, Item, Sort
from nearer.leaving import withdrawing
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair, Person, make_pair, open_drawer
from nearer.testing.media import photo
from tests.pages.copying import take
from tests.pages.reading import html, words
from tests.pages.test_queries import counting

pytestmark = pytest.mark.django_db
LINE = "We got lost and found the lake: 77d1"


def shelf(pair: Pair, more: str = "") -> str:
    return f"/b/{pair.bond.pk}/keepsakes{more}"


def put(
    person: Person,
    pair: Pair,
    said: str = LINE,
    *,
    at: datetime | None = None,
    leaf: str = "",
    sort: Sort = Sort.LINE,
) -> Item:
    made = None if sort is Sort.LINE else Rewritten(content=b"RIFF", width=4, height=3)
    when = at or timezone.now() - WAITS
    return items.add(person.at(pair.bond), made, sort=sort, words=said, leaf=leaf, at=when)


def find(person: Person, pair: Pair, said: str) -> Any:
    return person.client.post(shelf(pair, "/find"), {"words": said})


def test_a_line_is_read_by_both_and_taken_back_by_whoever_wrote_it(pair: Pair) -> None:
    answer = pair.host.client.post(shelf(pair, "/line"), {"words": LINE})
    assert (answer.status_code, answer["Location"]) == (302, shelf(pair))
    assert LINE not in words(pair.guest.client.get(shelf(pair))), "not before two minutes are over"

    (item,) = items.items_of(pair.host.at(pair.bond), at=timezone.now())
    later = timezone.now() + WAITS
    assert [each.what.words for each in items.items_of(pair.guest.at(pair.bond), at=later)] == [LINE]
    items.take_back(pair.guest.at(pair.bond), item.ref, at=later)
    assert len(items.items_of(pair.guest.at(pair.bond), at=later)) == 1, "it is not theirs"
    items.take_back(pair.host.at(pair.bond), item.ref, at=later)
    (gone,) = items.items_of(pair.guest.at(pair.bond), at=later)
    assert (gone.is_gone, gone.what.words) == (True, "")


def test_what_both_leave_after_one_time_together_stands_on_one_page(pair: Pair) -> None:
    leaf = str(entries.add(pair.host.at(pair.bond), starts=timezone.now(), minutes=60, at=timezone.now()))
    page = words(pair.host.client.get(shelf(pair, f"/line?leaf={leaf}")))
    assert "For a page that the two of you share." in page

    pair.host.client.post(shelf(pair, "/line"), {"words": LINE, "leaf": leaf})
    put(pair.guest, pair, "and the boat", leaf=leaf, sort=Sort.PHOTO)
    put(pair.guest, pair, "another day")

    pages = book.pages_of(items.items_of(pair.host.at(pair.bond), at=timezone.now()))
    assert sorted(sorted(item.what.words for item in page.items) for page in pages) == [
        [LINE, "and the boat"], ["another day"],
    ]  # fmt: skip


def test_one_can_write_on_any_page_later(pair: Pair) -> None:
    first = put(pair.guest, pair, "the lake")
    put(pair.guest, pair, "the hill")
    html = pair.host.client.get(shelf(pair)).content.decode()
    assert f"/line?leaf={first.ref}" in html

    put(pair.host, pair, "I was there", leaf=str(first.ref))

    pages = book.pages_of(items.items_of(pair.host.at(pair.bond), at=timezone.now()))
    assert {tuple(item.what.words for item in page.items) for page in pages} == {
        ("the lake", "I was there"), ("the hill",),
    }  # fmt: skip


@pytest.mark.parametrize("leaf", ["<script>", "3f0b1f3e-0000-4000-8000-000000000000", "a stranger's"])
def test_what_is_no_page_here_is_a_page_of_its_own(
    pair: Pair, charlie: Person, dana: Person, leaf: str
) -> None:
    if leaf == "a stranger's":
        leaf = str(put(charlie, make_pair(charlie, dana)).ref)
    pair.host.client.post(shelf(pair, "/line"), {"words": LINE, "leaf": leaf})

    (item,) = items.items_of(pair.host.at(pair.bond), at=timezone.now())
    assert item.what.leaf == ""
    assert pair.host.client.get(shelf(pair, f"/line?leaf={leaf}"))["Location"] == shelf(pair, "/line")


@pytest.mark.parametrize("said", ["", "x" * (items.LINE_MOST + 1)])
def test_a_line_that_is_none_stays_in_its_field(pair: Pair, said: str) -> None:
    answer = pair.host.client.post(shelf(pair, "/line"), {"words": said, "leaf": "x"})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'name="leaf" value="x"' in answer.content.decode()


def test_heavy_words_show_their_author_help_and_then_go(pair: Pair) -> None:
    heavy = "sometimes I want to kill myself"
    answer = pair.host.client.post(shelf(pair, "/line"), {"words": heavy})
    assert answer.status_code == 422
    assert "This sounds heavy." in answer.content.decode()
    assert heavy in answer.content.decode()
    assert not items.items_of(pair.host.at(pair.bond), at=timezone.now())

    pair.host.client.post(shelf(pair, "/line"), {"words": heavy, "sure": "yes"})
    assert len(items.items_of(pair.host.at(pair.bond), at=timezone.now())) == 1


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        ("LAKE", True),
        ("lake lost", True),
        ("cafe", True),
        ("Café", True),
        ("77d1", True),
        ("lake sea", False),
        ("oo", False),
    ],
)
def test_a_page_is_found_by_its_words_however_they_are_written(
    pair: Pair, said: str, *, is_found: bool
) -> None:
    put(pair.guest, pair, LINE, leaf="a")
    put(pair.host, pair, "the café there", leaf="a")
    put(pair.host, pair, "something else")

    answer = find(pair.host, pair, said)

    assert answer.status_code == 200
    assert (LINE in words(answer)) is is_found
    assert "something else" not in words(answer)


def test_words_that_are_looked_for_are_in_no_address_and_in_no_row(pair: Pair) -> None:
    put(pair.guest, pair)
    rows = list(Record.objects.order_by("pk").values())

    answer = find(pair.host, pair, "canary47")

    assert "On no page." in words(answer)
    assert "canary47" in answer.content.decode(), "it stays in the field"
    assert not answer.has_header("Location")
    assert list(Record.objects.order_by("pk").values()) == rows
    assert find(pair.host, pair, "").status_code == 422


def item_of(day: date, said: str = "x", leaf: str = "") -> Item:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=timezone.get_current_timezone())
    kept = items.Keepsake(sort=Sort.LINE, words=said, leaf=leaf)
    return Item(ref=uuid4(), day=day, mine=True, came=at, waits=False, what=kept)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([date(2025, 11, 29)], (2025, 1)),
        ([date(2025, 11, 26), date(2025, 11, 30)], (2025, 1)),
        ([date(2024, 11, 29), date(2025, 12, 2)], (2025, 1)),
        ([date(2024, 11, 29), date(2025, 12, 3)], (2024, 2)),
        ([date(2026, 11, 28)], None),
        ([], None),
    ],
)
def test_a_year_ago(days: list[date], found: tuple[int, int] | None) -> None:
    seen = book.ago(book.pages_of(item_of(day) for day in days), date(2026, 11, 29))

    assert (seen and (seen.page.day.year, seen.years)) == found


@pytest.mark.parametrize(("began", "today"), [((2025, 12, 31), (2027, 1, 1)), ((2026, 1, 1), (2026, 12, 30))])
def test_a_year_ago_reaches_over_the_turn_of_a_year(
    began: tuple[int, int, int], today: tuple[int, int, int]
) -> None:
    seen = book.ago(book.pages_of([item_of(date(*began))]), date(*today))

    assert seen is not None
    assert seen.years == 1


def test_the_29th_of_february_has_its_day_each_year() -> None:
    seen = book.ago(book.pages_of([item_of(date(2024, 2, 29))]), date(2026, 2, 28))

    assert seen is not None
    assert seen.years == 2


def test_years_say_where_they_begin() -> None:
    pages = book.pages_of(
        item_of(date(year, 5, number + 1)) for year in (2024, 2025, 2026) for number in range(10)
    )

    assert book.years_of(pages, 8) == [(2026, 1), (2025, 2), (2024, 3)]


def test_a_year_ago_stands_in_the_book_and_its_way_on_us_without_a_word(pair: Pair) -> None:
    put(pair.guest, pair, LINE, at=timezone.now() - timedelta(days=365))

    assert "A year ago" in words(pair.host.client.get(shelf(pair)))
    us = words(pair.host.client.get("/us"))
    assert "A year ago" in us
    assert LINE not in us


def test_that_the_other_wrote_shows_on_today_until_one_has_looked(pair: Pair) -> None:
    put(pair.guest, pair)

    today = words(pair.host.client.get("/"))
    assert "Bob wrote a line for the two of you" in today
    assert LINE not in today
    pair.host.client.get(shelf(pair))
    assert "wrote a line" not in words(pair.host.client.get("/"))


def test_the_whole_book_comes_along_as_one_file_that_asks_for_nothing(pair: Pair) -> None:
    put(pair.guest, pair, "first & <b>foremost</b>", at=timezone.now() - timedelta(days=9))
    pair.host.client.post(shelf(pair, "/photo"), {"file": file(), "alt": "two on a boat", "words": "here"})
    put(pair.guest, pair, LINE)
    gone = put(pair.guest, pair, "canary47")
    items.take_back(pair.guest.at(pair.bond), gone.ref, at=timezone.now())
    along = re.findall(r'name="again-to" value="([^"]+)"', html(pair.host.client.get(shelf(pair))))
    asks = pair.host.client.post(shelf(pair, "/whole"), {"again-to": along})
    assert asks.status_code == 403
    assert along == [f"{shelf(pair)}#along"]
    assert f'name="again-to" value="{along[0]}"' in html(asks), (
        "a file would leave the passphrase in that page"
    )
    assert "again-posts" not in html(asks)

    open_drawer(pair.host)
    answer = pair.host.client.post(shelf(pair, "/whole"))

    page = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="book.html"'
    assert page.index("first &amp; &lt;b&gt;foremost") < page.index("We got lost")
    assert 'alt="two on a boat"' in page
    assert 'src="data:image/webp;base64,UklGR' in page
    assert "canary47" not in page
    assert not [
        part for part in ("http://", "https://", "<script", "<link", 'src="/', "url(") if part in page
    ]


def file() -> Any:
    return SimpleUploadedFile("a.jpg", photo((40, 30)))


def test_what_has_no_room_in_the_file_is_said(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    put(pair.guest, pair, "small", sort=Sort.PHOTO)
    monkeypatch.setattr(whole, "FILES_MOST", 3)
    open_drawer(pair.host)

    page = pair.host.client.post(shelf(pair, "/whole")).content.decode()

    assert "This file had no room in here" in page
    assert "small" in page


def test_lines_are_in_the_copy_and_go_with_what_somebody_takes_back(pair: Pair) -> None:
    put(pair.guest, pair)
    data, page, _ = take(pair.host)
    assert [each["words"] for each in data["spaces"][0]["keepsakes"]] == [LINE]
    assert LINE in page

    withdrawing.withdraw_all(pair.guest.at(pair.bond), at=timezone.now())

    data, page, _ = take(pair.host)
    assert LINE not in page
    assert data["spaces"][0]["keepsakes"] == []


def test_five_hundred_pages_cost_as_many_questions_as_one(pair: Pair) -> None:
    put(pair.guest, pair)
    pair.host.client.get(shelf(pair))
    with counting() as one:
        pair.host.client.get(shelf(pair))
    many(pair, 500)

    for path in ("", "?page=30"):
        pair.host.client.get(shelf(pair, path))
        with counting() as now:
            answer = pair.host.client.get(shelf(pair, path))
        again = "A year ago" in words(answer)
        assert answer.content.decode().count('class="page ') == A_LEAF + again
        assert now.asked == one.asked
    with counting() as searched:
        find(pair.host, pair, "number 499")
    assert searched.asked <= one.asked + 1


def many(pair: Pair, number: int) -> None:
    """Put so many lines into the book, on as many days."""
    place, at = pair.guest.at(pair.bond), timezone.now()
    for each in range(number):
        line = items.Keepsake(sort=Sort.LINE, words=f"number {each} of many")
        keeping.put(Shelf.of_bond(place), items.KEEPSAKE, line, at=at - timedelta(days=each + 1))


def test_what_was_kept_before_there_was_a_book_opens(pair: Pair) -> None:
    old = items.Keepsake(sort="photo", file="", gone_on="2026-11-20")
    at = timezone.now() - timedelta(days=1)
    kept: Kept[items.Keepsake] = Kept(ref=uuid4(), author=pair.host.user.pk, at=at, document=old)
    found = items.items_in(
        Gathered(found={items.KEEPSAKE.name: [kept]}), pair.host.at(pair.bond), at=timezone.now()
    )

    assert [page.is_bare for page in book.pages_of(found)] == [True]
