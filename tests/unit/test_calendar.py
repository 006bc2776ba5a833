"""One event in a calendar file, as RFC 5545 wants it."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

from nearer.web.calendar import one_event

UID = UUID(int=7)
MADE = datetime(2027, 3, 26, 13, 10, tzinfo=UTC)


def lines(title: str) -> list[bytes]:
    event = one_event(title=title, starts=MADE + timedelta(days=1), made=MADE, uid=UID)
    assert event.endswith(b"\r\n")
    return event.split(b"\r\n")[:-1]


def test_it_is_a_whole_event_with_an_alarm_when_it_starts() -> None:
    assert lines("Something is waiting for you.") == [
        b"BEGIN:VCALENDAR",
        b"VERSION:2.0",
        b"PRODID:-//Nearer//EN",
        b"BEGIN:VEVENT",
        b"UID:00000000-0000-0000-0000-000000000007",
        b"DTSTAMP:20270326T131000Z",
        b"DTSTART:20270327T131000Z",
        b"DTEND:20270327T132000Z",
        b"SUMMARY:Something is waiting for you.",
        b"CLASS:PRIVATE",
        b"TRANSP:TRANSPARENT",
        b"BEGIN:VALARM",
        b"ACTION:DISPLAY",
        b"DESCRIPTION:Something is waiting for you.",
        b"TRIGGER:PT0S",
        b"END:VALARM",
        b"END:VEVENT",
        b"END:VCALENDAR",
    ]


def test_long_lines_are_folded_between_characters() -> None:
    title = "Ein Brief wartet auf dich, irgendwann, ganz in Ruhe – " * 3 + "über 💌"
    folded = b"\r\n".join(lines(title))

    assert all(len(line) <= 75 for line in folded.split(b"\r\n"))
    for line in folded.split(b"\r\n"):
        line.decode()
    assert "über 💌" in folded.replace(b"\r\n ", b"").decode()


def test_signs_with_a_meaning_are_taken_as_they_are() -> None:
    event = b"\r\n".join(lines("a, b; c\\d\r\nEND:VCALENDAR"))

    assert b"SUMMARY:a\\, b\\; c\\\\d\\nEND:VCALENDAR\r\n" in event


def test_times_are_in_utc_whatever_zone_they_came_in() -> None:
    berlin = timezone(timedelta(hours=2))
    event = one_event(title="x", starts=datetime(2027, 3, 28, 15, 10, tzinfo=berlin), made=MADE)

    assert b"DTSTART:20270328T131000Z" in event


def test_every_event_has_its_own_id() -> None:
    one, two = (one_event(title="x", starts=MADE, made=MADE) for _ in range(2))

    assert one != two
