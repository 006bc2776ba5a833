"""One event for somebody's own calendar (RFC 5545): a moment, a dull title, an alarm, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

LENGTH = timedelta(minutes=10)
FOLD = 75  # octets a line, without its end
SPECIAL = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


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
