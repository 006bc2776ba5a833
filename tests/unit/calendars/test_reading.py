"""Calendar files in the manner of those who make them, and files made to break what reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from nearer.calendars import reading
from nearer.calendars.free import minute_of, moment
from nearer.calendars.order import Order
from nearer.files.rewritten import NotRewritten, Why
from tests.house.tree import ROOT

FILES = ROOT / "tests/vectors/calendars"
BERLIN = ZoneInfo("Europe/Berlin")
SINCE, UNTIL = datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 1, 10, tzinfo=UTC)
# What each is busy with, from its first entries on; the clocks go back on 25 October in Europe, on 1 November in New York.
BUSY = {
    "apple": (4, "10-30T22:30/00:00 11-06T23:00/23:00 11-10T13:00/14:00 11-13T23:30/01:00"),
    "exchange": (2, "10-29T14:00/15:00 11-12T15:00/16:00"),
    "fastmail": (5, "10-03T10:00/12:00 10-04T09:00/11:00 10-10T09:00/11:00 11-05T01:00/02:00 11-06T01:00/03:00"),
    "google": (14, ("10-05T07:00/08:00 10-12T07:00/08:00 10-19T07:00/08:00 10-26T08:00/09:00 11-02T08:00/09:00 "
               "11-03T17:00/18:30 11-17T13:00/14:00 11-23T08:00/09:00")),
    "nextcloud": (12, "10-24T08:00/09:30 10-31T09:00/10:30 11-07T11:00/12:30 11-14T11:00/12:30"),
    "outlook": (11, ("10-20T08:30/09:30 10-21T08:30/09:30 10-22T08:30/09:30 10-23T08:30/09:30 10-24T08:30/09:30 "
                "10-25T09:30/10:30")),
    "proton": (4, "10-31T23:00/23:30 11-10T23:00/23:00 11-30T23:00/23:30"),
    "rota": (2, "10-24T19:00/05:00 11-05T20:00/05:00"),
    "school": (2, "11-02T07:00/08:45 12-21T23:00/23:00"),
    "thunderbird": (8, ("10-20T07:00/07:30 10-21T07:00/07:30 10-22T07:00/07:30 10-23T07:00/07:30 10-24T07:00/07:30 "
                    "10-25T08:00/08:30")),
}  # fmt: skip


def read(raw: bytes | str, zone: ZoneInfo = BERLIN) -> tuple[list[str], int]:
    content = raw if isinstance(raw, bytes) else raw.encode()
    busy, left_out = reading.read(content, zone=zone, span=(minute_of(SINCE), minute_of(UNTIL)))
    return [f"{moment(a).isoformat()[5:16]}/{moment(b).isoformat()[11:16]}" for a, b in busy], left_out


def calendar(*events: str, end: str = "END:VCALENDAR\r\n") -> str:
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(events) + end


def event(*lines: str, uid: str = "a") -> str:
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT", ""])


HOUR = ("DTSTART:20261105T100000Z", "DTEND:20261105T110000Z")
ONE_HOUR = ["11-05T10:00/11:00"]


@pytest.mark.parametrize("path", sorted(FILES.glob("*.ics")), ids=lambda path: path.stem)
def test_what_each_maker_writes_is_read(path: Path) -> None:
    busy, left_out = read(path.read_bytes())

    number, first = BUSY[path.stem]
    assert (len(busy), left_out) == (number, 0)
    assert busy[: len(first.split())] == first.split()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda raw: b"\xef\xbb\xbf" + raw, id="a mark of byte order"),
        pytest.param(lambda raw: raw.decode().encode("utf-16"), id="in UTF-16"),
        pytest.param(lambda raw: raw.decode().encode("utf-16-le"), id="in UTF-16 that does not say so"),
        pytest.param(lambda raw: raw.decode().encode("utf-16-be"), id="the other way round"),
        pytest.param(lambda raw: raw.replace(b"\r\n", b"\r"), id="carriage returns alone"),
        pytest.param(lambda raw: raw.replace(b"\r\n", b"\n"), id="line feeds alone"),
        pytest.param(lambda raw: raw.replace(b"END:VEVENT\r\nEND:VCALENDAR\r\n", b""), id="cut off"),
        pytest.param(
            lambda raw: raw.replace(b"END:VEVENT", b"").replace(b"END:VCALENDAR", b""), id="no ends"
        ),
        pytest.param(lambda raw: raw.replace(b"SUMMARY:", b"SUMMARY:" + "ö".encode("latin-1")), id="latin-1"),
        pytest.param(
            lambda raw: raw.replace(b"SUMMARY:", b"SUMMARY:\xc3\r\n \xb6"), id="folded in a character"
        ),
        pytest.param(
            lambda raw: raw.replace(b"DTSTART:2026", b"DTST\r\n ART:20\r\n\t26"), id="folded everywhere"
        ),
        pytest.param(
            lambda raw: raw.replace(b"BEGIN", b"begin").replace(b"DTEND", b"dtend"), id="in small letters"
        ),
        pytest.param(
            lambda raw: raw.replace(b"SUMMARY", b"BEGIN:VALARM\r\nDURATION:P9D\r\nX"),
            id="an alarm without end",
        ),
        pytest.param(
            lambda raw: raw.replace(
                b"DTSTART", b"BEGIN:VALARM\r\nDTSTART:20200101T000000Z\r\nEND:VALARM\r\nDTSTART"
            ),
            id="an alarm first",
        ),
        pytest.param(lambda raw: b"\x00\x01" + raw, id="bytes before it"),
    ],
)
def test_how_a_file_is_written_does_not_matter(change: object) -> None:
    plain = calendar(event(*HOUR, "SUMMARY:x")).encode()

    assert read(change(plain)) == (ONE_HOUR, 0)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("lines", "busy"),
    [
        (("DTSTART;VALUE=DATE:20261105",), ["11-04T23:00/23:00"]),
        (("DTSTART;VALUE=DATE:20261105", "DTEND;VALUE=DATE:20261108"), ["11-04T23:00/23:00"]),
        (("DTSTART:20261105T100000", "DURATION:PT1H"), ["11-05T09:00/10:00"]),
        (("DTSTART;TZID=Nowhere/Known:20261105T100000", "DURATION:PT1H"), ["11-05T09:00/10:00"]),
        (("DTSTART;TZID=Tokyo Standard Time:20261105T100000", "DURATION:PT1H"), ["11-05T01:00/02:00"]),
        ((*HOUR, "TRANSP:TRANSPARENT"), []),
        ((*HOUR, "STATUS:CANCELLED"), []),
        ((*HOUR, "X-MICROSOFT-CDO-BUSYSTATUS:FREE"), []),
        (("DTSTART:20261105T100000Z",), []),
        (("DTSTART:20261105T100000Z", "DTEND:20261105T090000Z"), ["11-05T09:00/10:00"]),
        (("DTSTART:20260930T220000Z", "DTEND:20261001T010000Z"), ["10-01T00:00/01:00"]),
        (("DTSTART:20260901T000000Z", "DTEND:20270301T000000Z"), ["10-01T00:00/00:00"]),
        # Before both changes of the clock and after: by the clock of the wall.
        (("DTSTART;TZID=Europe/Berlin:20260328T023000", "DURATION:PT30M", "RRULE:FREQ=MONTHLY;COUNT=9"),
         ["10-28T01:30/02:00", "11-28T01:30/02:00"]),
        (("DTSTART;TZID=Europe/Berlin:20261025T013000", "DTEND;TZID=Europe/Berlin:20261025T033000"),
         ["10-24T23:30/02:30"]),
        # A producer's zone with a colon in it, and nothing around that.
        (("DTSTART;TZID=UTC+01:00:20261105T100000", "DURATION:PT1H"), ["11-05T09:00/10:00"]),
        # A second that is added to a day.
        (("DTSTART:20261105T100000Z", "DTEND:20261105T105960Z"), ONE_HOUR),
        (("DTSTART:20261105T095960Z", "DTEND:20261105T110000Z"), ["11-05T09:59/11:00"]),
        # A day that ends at 24, small letters, and a last day that is named without a time.
        (("DTSTART:20261105T220000Z", "DTEND:20261105T240000Z"), ["11-05T22:00/00:00"]),
        (("dtstart:20261105t100000z", "duration:pt1h", "rrule:freq=daily;count=1"), ONE_HOUR),
        (("DTSTART;TZID=Europe/Berlin:20261105T110000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20261106"),
         [*ONE_HOUR, "11-06T10:00/11:00"]),
        # Of daily ones, a rule takes out what it names: every other, until a day, in another zone, the first of all.
        ((*HOUR, "RRULE:FREQ=DAILY;COUNT=4", "EXRULE:FREQ=DAILY;INTERVAL=2"),
         ["11-06T10:00/11:00", "11-08T10:00/11:00"]),
        ((*HOUR, "RRULE:FREQ=DAILY;COUNT=4", "EXRULE:FREQ=DAILY;UNTIL=20261106"),
         ["11-07T10:00/11:00", "11-08T10:00/11:00"]),
        (("DTSTART;TZID=Europe/Berlin:20261024T110000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3",
          "EXRULE:FREQ=DAILY;UNTIL=20261025T100000Z"), ["10-26T10:00/11:00"]),
        (("DTSTART;VALUE=DATE:20261105", "RRULE:FREQ=DAILY;COUNT=3", "EXRULE:FREQ=WEEKLY;BYDAY=FR"),
         ["11-04T23:00/23:00", "11-06T23:00/23:00"]),
        ((*HOUR, "RRULE:FREQ=DAILY;COUNT=4", "EXRULE:FREQ=WEEKLY;BYDAY=FR", "EXRULE:FREQ=WEEKLY;BYDAY=SA",
          "EXDATE:20261105T100000Z"), ["11-08T10:00/11:00"]),
    ],
)  # fmt: skip
def test_what_counts_as_busy(lines: tuple[str, ...], busy: list[str]) -> None:
    assert read(calendar(event(*lines))) == (busy, 0)


@pytest.mark.parametrize("method", ["METHOD:CANCEL", "method;x=1:cancel", "METHOD: CANCEL "])
def test_a_file_that_calls_off_makes_nobody_busy(method: str) -> None:
    off = f"BEGIN:VCALENDAR\r\n{method}\r\n"
    asked, other = calendar(event(*HOUR)), event("DTSTART:20261106T100000Z", "DURATION:PT1H", uid="b")

    assert read(off + event(*HOUR, "STATUS:CONFIRMED") + "END:VCALENDAR\r\n") == ([], 0)
    assert read(asked + off + event(*HOUR) + "END:VCALENDAR\r\n" + calendar(other)) == (
        ["11-06T10:00/11:00"],
        0,
    )


def test_of_a_series_one_is_called_off_by_name_and_nothing_else() -> None:
    series = calendar(event(*HOUR, "RRULE:FREQ=DAILY;COUNT=2"))
    off = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n"

    assert read(series + off + event("RECURRENCE-ID:20261106T100000Z", "SEQUENCE:1"))[0] == ONE_HOUR


@pytest.mark.parametrize(
    ("lines", "busy"),
    [
        pytest.param((), [], id="by its name alone"),
        pytest.param(("SEQUENCE:2",), [], id="with the number that came last"),
        pytest.param(("SEQUENCE:1",), ["11-05T10:00/11:00", "11-06T12:00/13:00"], id="sent anew since"),
        pytest.param((*HOUR, "SEQUENCE:2"), [], id="with the time it had"),
        pytest.param(("DTSTART:20261105T120000Z", "SEQUENCE:3"), [], id="with another time"),
        pytest.param(("RECURRENCE-ID:20261106T100000Z", "SEQUENCE:3"), ONE_HOUR, id="one of them"),
    ],
)
def test_a_whole_series_is_called_off_by_its_name(lines: tuple[str, ...], busy: list[str]) -> None:
    series = event(*HOUR, "RRULE:FREQ=DAILY;COUNT=2", "SEQUENCE:2")
    moved = event("RECURRENCE-ID:20261106T100000Z", "DTSTART:20261106T120000Z", "DURATION:PT1H", "SEQUENCE:2")
    off = f"BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n{event(*lines)}END:VCALENDAR\r\n"

    assert read(calendar(series, moved) + off) == (busy, 0)
    assert read(off + calendar(series, moved)) == (busy, 0)
    other = event(*HOUR, uid="b")
    assert read(calendar(series, moved, other) + off)[0] == (busy if len(busy) > 1 else ONE_HOUR)


def test_where_clocks_go_forward_no_hour_of_it_is_lost() -> None:
    start = datetime(2027, 3, 1, tzinfo=UTC)
    night = calendar(event("DTSTART;TZID=Europe/Berlin:20270328T023000", "DURATION:PT1H"))

    busy, _ = reading.read(night.encode(), zone=BERLIN, span=(minute_of(start), minute_of(start) + 60 * 1440))

    assert [(moment(a).isoformat()[5:16], b - a) for a, b in busy] == [("03-28T01:30", 60)]


def test_events_that_share_an_id_are_all_there_and_the_latest_of_one_is() -> None:
    later = ("DTSTART:20261106T100000Z", "DTEND:20261106T110000Z")

    assert read(calendar(event(*HOUR), event(*later)))[0] == [*ONE_HOUR, "11-06T10:00/11:00"]
    assert read(calendar(event(*HOUR), event(*later, "SEQUENCE:1")))[0] == ["11-06T10:00/11:00"]


def test_a_time_that_is_published_as_free_is_not_busy_and_an_event_without_a_time_is_counted() -> None:
    said = "FREEBUSY:20261105T100000Z/PT1H\r\nFREEBUSY;FBTYPE=FREE:20261106T100000Z/PT1H"
    there = f"BEGIN:VFREEBUSY\r\n{said}\r\nEND:VFREEBUSY\r\n"

    assert read(calendar(there, event("DTSTART:soon"))) == (ONE_HOUR, 1)


def minutes(number: int) -> str:
    days = -(-number // (24 * 60))
    times = [f"T{each // 60:02}{each % 60:02}00Z" for each in range(24 * 60)]
    dates = [f"{date(2026, 11, 1) + timedelta(days=each):%Y%m%d}" for each in range(days)]
    return ",".join([day + time for day in dates for time in times][:number])


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param(event("DTSTART:20200101T000000Z", "RRULE:FREQ=SECONDLY"), id="every second without end"),
        pytest.param(event("DTSTART:19000101T000000Z", "RRULE:FREQ=MINUTELY"), id="every minute since 1900"),
        pytest.param(event(*HOUR, "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8;BYMINUTE=" + ",".join(map(str, range(60)))),
                     id="every minute in other words"),
        pytest.param(event(*HOUR, f"RDATE:{minutes(100_000)}"), id="a hundred thousand dates"),
        pytest.param(event(*HOUR, "RRULE:FREQ=NEVER"), id="a rule that is none"),
        pytest.param(event(*HOUR, "RRULE:FREQ=DAILY", "EXRULE:FREQ=SECONDLY"), id="every second but none"),
        pytest.param(event(*HOUR, "RRULE:FREQ=DAILY;INTERVAL=0;UNTIL=x"), id="a rule without sense"),
        pytest.param(event(*HOUR, "RRULE:FREQ=DAILY;INTERVAL=0"), id="a rule that never goes on"),
    ],
)  # fmt: skip
def test_one_entry_made_to_break_it_is_left_out_and_counted(hostile: str) -> None:
    busy, left_out = read(calendar(hostile, event(*HOUR, uid="b")))

    assert busy == ONE_HOUR
    assert left_out == 1


@pytest.mark.parametrize(
    "zone",
    [
        (
            "TZID:X\r\nBEGIN:STANDARD\r\nDTSTART;TZID=X:20200101T000000\r\nRRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0100\r\n"
            "TZOFFSETTO:+0200\r\nEND:STANDARD"
        ),
        "TZID:X\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+9900\r\nTZOFFSETTO:bad\r\nEND:STANDARD",
        "TZID:X",
        "TZID:X\r\nBEGIN:STANDARD\r\nDTSTART:1970\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD",
        "TZID:X\r\nBEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:VTIMEZONE\r\nTZID:X",
        "BEGIN:STANDARD\r\n" * 500 + "TZID:X",
    ],
)
def test_a_zone_that_makes_no_sense_counts_as_ones_own_clock(zone: str) -> None:
    said = f"BEGIN:VTIMEZONE\r\n{zone}\r\nEND:VTIMEZONE\r\n"
    there = event("DTSTART;TZID=X:20261105T110000", "DTEND;TZID=X:20261105T120000")

    assert read(calendar(said, there)) == (ONE_HOUR, 0)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>Log in</html>",
        b"<p>No BEGIN:VCALENDAR here</p>",
        b"\x00" * 1000,
        b"DTSTART:20261105T100000Z",
    ],
)
def test_what_is_no_calendar_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(NotRewritten) as refused:
        read(raw)

    assert refused.value.why is Why.UNREADABLE


def test_more_than_can_be_gone_through_is_said_to_be_too_much() -> None:
    daily = [event("DTSTART:19700101T100000Z", "RRULE:FREQ=DAILY", uid=str(each)) for each in range(100)]

    with pytest.raises(NotRewritten) as refused:
        read(calendar(*daily))

    assert refused.value.why is Why.TOO_LONG


SINGLE, DAILY = ("DTSTART:20261105T100000Z",), ("DTSTART:19700101T100000Z", "RRULE:FREQ=DAILY")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("BEGIN:VEVENT\r\n" * 70_000, id="beginnings"),
        pytest.param("\n" * 700_000, id="empty lines"),
        pytest.param(calendar(*(event(*SINGLE, uid=str(each)) for each in range(5000))), id="events"),
        pytest.param(calendar(*(event(*DAILY, uid=str(each)) for each in range(13_000))), id="series"),
        pytest.param(
            calendar(*(event("DTSTART:20170101T100000Z", "RRULE:FREQ=HOURLY", uid=each) for each in "abcd")),
            id="hours",
        ),
    ],
)
def test_more_than_anybody_has_is_refused_before_any_of_it_is_gone_through(
    raw: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(icalendar.Calendar, "from_ical", lambda _: pytest.fail("it was gone through"))

    with pytest.raises(NotRewritten) as refused:
        read(raw)

    assert refused.value.why is Why.TOO_LONG


def test_years_that_are_over_cost_nothing_and_are_not_in_it() -> None:
    old = [
        event(f"DTSTART:20{each % 20 + 5:02}0105T100000Z", "DURATION:PT1H", uid=str(each))
        for each in range(3000)
    ]

    assert read(calendar(*old, event(*HOUR, uid="b"))) == (ONE_HOUR, 0)


def test_more_than_memory_holds_is_said_to_be_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(reading, "read", full)
    with pytest.raises(NotRewritten) as refused:
        reading.rewrite(Order(zone="UTC", since=0, until=1).before(b""))
    assert refused.value.why is Why.TOO_LONG
