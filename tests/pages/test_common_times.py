"""Looking for a time: each for themselves, found once both have, and nothing of either's busy hours reaches the other."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from nearer.calendars import entries, feeds, looking, own
from nearer.calendars.entry import entries_of
from nearer.calendars.free import DAY, Hours, Part, Slot, Span, minute_of, moment
from nearer.calendars.looking import FOUND, SEARCH, NothingSaid
from nearer.leaving import leave
from nearer.leaving.going import delete_now
from nearer.records import keeping
from nearer.records.keeping import BondNotOpen
from nearer.records.shelf import Shelf
from nearer.sittings.taking_back.prune import prune
from nearer.testing.cast import Pair, Person
from nearer.vault import store
from nearer.vault.models import StoredKey
from tests.pages.authenticator import make_sure

pytestmark = pytest.mark.django_db
UTC_ZONE = ZoneInfo("UTC")


def busy(person: Person, *spans: Span) -> None:
    """Let somebody have a calendar here."""
    hand, at = Shelf.at_hand(person.user.pk, person.ring), timezone.now()
    calendar = own.Calendar(busy=[list(span) for span in spans], until=minute_of(at) + own.AHEAD)
    keeping.put(hand, own.CALENDAR, calendar, at=at)


def look(person: Person, pair: Pair, minutes: int = 60) -> tuple[Slot, ...] | None:
    return looking.look(
        person.at(pair.bond), person.ring, minutes=minutes, at=timezone.now(), about="walk", zone=UTC_ZONE
    )


def seen(person: Person, pair: Pair, at: datetime | None = None) -> looking.Looking:
    return looking.looking_of(person.at(pair.bond), at=at or timezone.now())


def test_whoever_looks_first_waits_and_the_other_sees_that_and_no_more(pair: Pair) -> None:
    busy(pair.host)

    assert look(pair.host, pair) is None

    asked = looking.Asked(minutes=60, about="walk")
    assert (seen(pair.host, pair).mine, seen(pair.host, pair).theirs) == (asked, None)
    assert seen(pair.guest, pair) == looking.Looking(theirs=asked)


def test_once_both_have_both_see_the_same_three_and_nothing_is_left_of_either_search(
    pair: Pair, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[object]]]
) -> None:
    busy(pair.host)
    busy(pair.guest)
    secrets = StoredKey.objects.count()
    look(pair.host, pair)

    with django_capture_on_commit_callbacks(execute=True):
        found = look(pair.guest, pair, minutes=30)

    assert found is not None
    assert [slot.minutes for slot in found] == [60, 60, 60], "as long as whoever asked first wanted"
    assert seen(pair.host, pair).slots == seen(pair.guest, pair).slots == found
    assert seen(pair.host, pair).mine is seen(pair.guest, pair).theirs is None
    assert keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), SEARCH) == []
    assert StoredKey.objects.count() in {secrets, secrets + 1}, "the bond's own, and no other"


def test_a_calendar_cannot_be_tried_against_the_other_twice(pair: Pair) -> None:
    busy(pair.host)
    busy(pair.guest)
    look(pair.host, pair)
    look(pair.guest, pair)

    again = [look(pair.guest, pair) for _ in range(3)]

    assert again == [None, None, None]
    assert len(keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), SEARCH)) == 1


def test_each_ones_hours_count_by_their_own_clock(pair: Pair) -> None:
    busy(pair.host)
    busy(pair.guest)
    at = timezone.now()
    zones = {pair.host: ZoneInfo("Europe/Berlin"), pair.guest: ZoneInfo("Asia/Tokyo")}
    found: tuple[Slot, ...] | None = ()
    for person, zone in zones.items():
        found = looking.look(person.at(pair.bond), person.ring, minutes=60, at=at, zone=zone)

    assert found
    assert all(8 <= slot.starts.astimezone(zone).hour < 22 for slot in found for zone in zones.values())


def test_where_nothing_suits_both_both_learn_that_and_nothing_else(pair: Pair) -> None:
    begin = minute_of(timezone.now())
    busy(pair.host, (begin, begin + 60 * DAY))
    busy(pair.guest)
    look(pair.host, pair)

    assert look(pair.guest, pair) == ()
    assert (
        seen(pair.host, pair).found
        == seen(pair.guest, pair).found
        == looking.Found(minutes=60, about="walk", slots=[])
    )


def test_who_has_said_nothing_of_their_time_cannot_look(pair: Pair) -> None:
    with pytest.raises(NothingSaid):
        look(pair.host, pair)


def test_half_days_are_enough_and_then_the_only_ones(pair: Pair) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    own.tap(Shelf.at_hand(pair.host.user.pk, pair.host.ring), [(tomorrow, Part.AFTERNOON)], at=timezone.now())
    busy(pair.guest)
    look(pair.guest, pair)

    found = look(pair.host, pair)

    assert found
    assert [(slot.starts.date(), slot.starts.hour) for slot in found] == [(tomorrow, 12)]


def test_a_search_can_be_taken_back_and_goes_by_itself(pair: Pair) -> None:
    busy(pair.host)
    look(pair.host, pair)
    looking.take_back(pair.host.at(pair.bond))
    assert seen(pair.guest, pair) == looking.Looking()

    look(pair.host, pair)
    later = timezone.now() + looking.WAITS + timedelta(minutes=1)
    assert seen(pair.guest, pair, later) == looking.Looking()


def test_what_waits_opens_for_nobody_once_its_time_is_over(pair: Pair) -> None:
    busy(pair.host)
    look(pair.host, pair)
    secret = UUID(keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), SEARCH)[0].document.secret)

    prune(timezone.now() + timedelta(days=2))
    assert store.secrets_of([secret])
    prune(timezone.now() + looking.WAITS + timedelta(hours=1))
    assert not store.secrets_of([secret])


def test_a_search_whose_secret_is_gone_counts_as_none(pair: Pair) -> None:
    busy(pair.host)
    busy(pair.guest)
    look(pair.host, pair)
    store.erase([UUID(keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), SEARCH)[0].document.secret)])

    assert look(pair.guest, pair) is None
    assert seen(pair.guest, pair).mine is not None


def test_what_was_found_goes_when_it_is_done_with_or_over(pair: Pair) -> None:
    busy(pair.host)
    busy(pair.guest)
    look(pair.host, pair)
    look(pair.guest, pair)
    assert seen(pair.host, pair, timezone.now() + timedelta(days=20)).slots == ()

    looking.done(pair.host.at(pair.bond))

    assert seen(pair.guest, pair) == looking.Looking()
    assert keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), FOUND) == []


def test_whoever_leaves_takes_what_waits_along(pair: Pair) -> None:
    busy(pair.host)
    busy(pair.guest)
    look(pair.host, pair)
    leave.leave_bond(pair.bond.pk, pair.host.user.pk, pair.host.ring, at=timezone.now())

    guest = pair.guest.at(pair.bond)
    assert keeping.find(Shelf.of_bond(guest), SEARCH) == []
    assert looking.looking_of(guest, at=timezone.now()) == looking.Looking()
    with pytest.raises(BondNotOpen):
        look(pair.guest, pair)


@pytest.mark.parametrize("minutes", [0, 9, 721])
def test_only_sensible_lengths_are_looked_for(pair: Pair, minutes: int) -> None:
    busy(pair.host)
    with pytest.raises(ValueError, match=r"^$"):
        look(pair.host, pair, minutes)


def said_of(person: Person, pair: Pair) -> list[str]:
    """Return everything that the product answers somebody with."""
    paths = ("/", "/us", "/times", "/times/halves", "/times/days", f"/b/{pair.bond.pk}/keepsakes")
    return [person.client.get(path).content.decode() for path in paths]


def test_nothing_the_other_reads_or_keeps_depends_on_when_one_is_busy(pair: Pair) -> None:
    chance = random.Random(47)
    begin = minute_of(timezone.now())
    lives = []
    for _ in range(12):
        spans = sorted((begin + chance.randrange(20 * DAY), chance.randrange(15, 600)) for _ in range(30))
        lives.append([(since, since + long) for since, long in spans])
    busy(pair.guest)
    pages, sizes = set(), set()
    for life in lives:
        for kept in keeping.find(Shelf.at_hand(pair.host.user.pk, pair.host.ring), own.CALENDAR):
            own.remove(Shelf.at_hand(pair.host.user.pk, pair.host.ring), kept.ref)
        busy(pair.host, *life)
        look(pair.host, pair)
        shelf = Shelf.of_bond(pair.guest.at(pair.bond))
        waits = keeping.find(shelf, SEARCH)
        sizes.add(len(waits[0].document.locked))
        pages.add(tuple(_without_tokens(page) for page in said_of(pair.guest, pair)))
        found = look(pair.guest, pair)
        assert found is not None
        assert len(found) <= 3
        assert all(_suits(slot, life) for slot in found)
        after = " ".join(str(kept.document) for kept in keeping.find(shelf, FOUND))
        assert not any(str(since) in after for since, _ in life)
        looking.done(pair.host.at(pair.bond))

    assert len(pages) == 1
    assert len(sizes) == 1


def _suits(slot: Slot, life: list[Span]) -> bool:
    return all(slot.begin >= end or slot.begin + slot.minutes <= since for since, end in life)


def _without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|data-seq="[^"]*"', "", page)


def lines(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_an_entry_goes_into_a_calendar_moves_in_it_and_comes_out(pair: Pair) -> None:
    place, at = pair.host.at(pair.bond), timezone.now()
    starts = moment(minute_of(at) + 3 * DAY)
    ref = entries.add(place, starts=starts, minutes=90, at=at)
    path = f"/b/{pair.bond.pk}/times/{ref}"

    first = read(pair.guest.client.get(path).content)
    entries.move(place, ref, starts=starts + timedelta(hours=1), at=at)
    moved = read(pair.host.client.get(path).content)
    for _ in range(2):
        entries.cancel(place, ref, at=at)
    off = read(pair.host.client.get(path).content)
    entries.move(place, ref, starts=starts + timedelta(days=1), minutes=20, at=at)
    on_again = read(pair.guest.client.get(path).content)

    assert len({said.pop("UID") for said in (first, moved, off, on_again)}) == 1, "one entry all along"
    hour, long = timedelta(hours=1), timedelta(minutes=90)
    assert first == told("PUBLISH", 0, starts, starts + long)
    assert moved == told("PUBLISH", 1, starts + hour, starts + hour + long)
    assert off == told("CANCEL", 2, starts + hour, starts + hour + long, status="CANCELLED")
    again = starts + timedelta(days=1)
    assert on_again == told("PUBLISH", 3, again, again + timedelta(minutes=20))
    for name in ("Alice", "Bob", "Nearer"):
        assert name.encode() not in pair.host.client.get(path).content


def read(content: bytes) -> dict[str, Any]:
    """Return what a calendar reads in a file of one entry."""
    whole = Calendar.from_ical(content)
    (event,) = whole.events
    named = {name: str(event[name]) for name in ("UID", "SUMMARY", "STATUS")}
    times = {"begins": event.start, "ends": event.end, "sequence": int(str(event["SEQUENCE"]))}
    return {"method": str(whole["METHOD"]), **named, **times}


def told(
    method: str, sequence: int, begins: datetime, ends: datetime, *, status: str = "CONFIRMED"
) -> dict[str, Any]:
    said = {"method": method, "sequence": sequence, "begins": begins, "ends": ends}
    return {**said, "SUMMARY": "Reserved", "STATUS": status}


def address_of(person: Person) -> str:
    make_sure(person, "/times/feed")
    page = person.client.post("/times/feed", {"what": "make"}).content.decode()
    start = page.index("/times/", page.index("data-invite-link"))
    return page[start : page.index(".ics", start) + 4]


def test_an_address_gives_away_dull_times_without_any_session_until_it_ends(
    pair: Pair, client: object
) -> None:
    at = timezone.now()
    before = entries.add(pair.host.at(pair.bond), starts=at + timedelta(days=1), minutes=60, at=at)
    there = address_of(pair.host)
    ask = pair.guest.client.__class__()

    entries.add(pair.guest.at(pair.bond), starts=at + timedelta(days=2), minutes=60, at=at)
    entries.cancel(pair.guest.at(pair.bond), before, at=at)
    found = ask.get(there)

    said = lines(found.content)
    assert found.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert [line for line in said if line.startswith("STATUS")] == ["STATUS:CANCELLED", "STATUS:CONFIRMED"]
    assert {line for line in said if line.startswith("SUMMARY")} == {"SUMMARY:Reserved"}
    assert "METHOD" not in found.content.decode()
    assert not ask.cookies

    page = pair.host.client.get("/times/feed").content.decode()
    assert there not in page, "it is shown once"
    pair.host.client.post("/times/feed", {"what": "end"})
    assert ask.get(there).status_code == 404


@pytest.mark.parametrize("how", ["another", "left", "they left", "deleted"])
def test_an_address_ends_with_what_it_was_made_for(pair: Pair, how: str) -> None:
    at = timezone.now()
    entries.add(pair.host.at(pair.bond), starts=at + timedelta(days=1), minutes=60, at=at)
    there = address_of(pair.host)
    ask = pair.guest.client.__class__()
    assert b"VEVENT" in ask.get(there).content

    if how == "another":
        assert address_of(pair.host) != there
    elif how == "deleted":
        delete_now(pair.host.user.pk, pair.host.ring, at=at)
    else:
        person = pair.host if how == "left" else pair.guest
        leave.leave_bond(pair.bond.pk, person.user.pk, person.ring, at=at)

    answer = ask.get(there)
    assert answer.status_code == 404 or b"VEVENT" not in answer.content


def test_what_lies_at_an_address_opens_with_nothing_that_is_stored(pair: Pair) -> None:
    at = timezone.now()
    entries.add(pair.host.at(pair.bond), starts=at + timedelta(days=1), minutes=60, at=at)
    there = address_of(pair.host)

    assert feeds.found_at(there.removeprefix("/times/").removesuffix(".ics"))
    for wrong in ("0" * 27, "nonsense", there[7:33] + "0"):
        with pytest.raises(feeds.NoFeed):
            feeds.found_at(wrong)


def test_old_entries_go(pair: Pair) -> None:
    place, at = pair.host.at(pair.bond), timezone.now()
    entries.add(place, starts=at, minutes=60, at=at)
    entries.add(place, starts=at, minutes=60, at=at + entries.STAYS + timedelta(hours=2))

    assert len(entries_of(place)) == 1
    assert (
        own.own_of(Shelf.at_hand(pair.host.user.pk, pair.host.ring), at=at, today=at.date()).hours == Hours()
    )
