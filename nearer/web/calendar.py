"""What goes into somebody's own calendar (RFC 5545, RFC 5546): a moment, a dull title, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

LENGTH = timedelta(minutes=10)
FOLD = 75  # octets a line, without its end
SPECIAL = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
PUBLISH, CANCEL = "PUBLISH", "CANCEL"
# RFC 5546 wants an organizer. This one cannot be written to, and says nothing of anybody.
NOBODY = "mailto:nobody@calendar.invalid"


@dataclass(frozen=True, kw_only=True)
class Event:
    """One time in a calendar.

    Attributes:
        uid: the same as long as it is the same event, so that what is sent later changes it.
        title: what the calendar shows, perhaps on a locked screen.
        starts: when it begins.
        ends: when it is over.
        changed: when it was last moved.
        sequence: how often it was.
        is_off: whether it is cancelled.
    """

    uid: UUID
    title: str
    starts: datetime
    ends: datetime
    changed: datetime
    sequence: int = 0
    is_off: bool = False


def file_of(events: Iterable[Event], *, method: str = "", name: str = "") -> bytes:
    """Return a calendar file. Times are written in UTC, so every calendar shows them in its own zone.

    Args:
        events: what is in it.
        method: PUBLISH or CANCEL for what is to change a calendar, nothing for one to subscribe to.
        name: what the calendar is called, where it is subscribed to.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Calendar//EN", "CALSCALE:GREGORIAN"]
    lines += [f"METHOD:{method}"] if method else []
    lines += [f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"] if name else []
    for event in events:
        lines += [
            "BEGIN:VEVENT", f"UID:{event.uid}", f"SEQUENCE:{event.sequence}", f"DTSTAMP:{_utc(event.changed)}",
            f"DTSTART:{_utc(event.starts)}", f"DTEND:{_utc(event.ends)}", f"SUMMARY:{_text(event.title)}",
            f"ORGANIZER:{NOBODY}", "CLASS:PRIVATE", f"STATUS:{'CANCELLED' if event.is_off else 'CONFIRMED'}",
            f"TRANSP:{'TRANSPARENT' if event.is_off else 'OPAQUE'}", "END:VEVENT",
        ]  # fmt: skip
    return _bytes([*lines, "END:VCALENDAR"])


def one_event(*, title: str, starts: datetime, made: datetime, uid: UUID | None = None) -> bytes:
    """Return a calendar file with one event that rings when it starts.

    Args:
        title: what the calendar shows, perhaps on a locked screen.
        starts: when; times are written in UTC, so every calendar shows them in its own zone.
        made: now.
        uid: the event's id; a random one unless given, so that it leads back to nothing.
    """
    said = _text(title)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Nearer//EN",
        "BEGIN:VEVENT", f"UID:{uid or uuid4()}", f"DTSTAMP:{_utc(made)}", f"DTSTART:{_utc(starts)}",
        f"DTEND:{_utc(starts + LENGTH)}", f"SUMMARY:{said}", "CLASS:PRIVATE", "TRANSP:TRANSPARENT",
        "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{said}", "TRIGGER:PT0S", "END:VALARM",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return _bytes(lines)


def _bytes(lines: Iterable[str]) -> bytes:
    return b"".join(b"\r\n ".join(_folded(line)) + b"\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n").translate(SPECIAL)


def _folded(line: str) -> Iterator[bytes]:
    """Yield the pieces of a line; a character of several octets is never torn apart."""
    piece = b""
    room = FOLD
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > room:
            yield piece
            piece, room = b"", FOLD - 1  # the space that goes on with a line counts too
        piece += octets
    yield piece
