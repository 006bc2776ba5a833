"""Calendar files made to break what reads them: each ends soon, in little memory, with busy blocks or a sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from drills.figures import Figure, Ground, at_most, exactly, time_of, told

MOST_SECONDS, MOST_MEMORY = 2.0, 100.0
SINCE = 29_900_000
HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
# Reads one file in the workshop, and says what the workshop took: its own process knows that best.
READS = """
import json, resource, sys
from nearer.calendars.order import Order
from nearer.files.rewritten import NotRewritten
from nearer.files.workshop import Trade, rewrite
raw = sys.stdin.buffer.read()
try:
    rewrite(Order(zone="Europe/Berlin", since={since}, until={since} + 182 * 1440).before(raw), Trade.CALENDAR)
    came = "blocks"
except NotRewritten as refused:
    came = str(refused.why)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([came, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def drill(ground: Ground) -> list[Figure]:
    """Have each file read in a process of its own, and note what that took."""
    names = list(FILES)[: ground.size(short=2, long=len(FILES))]
    seen = {name: _read(FILES[name]().encode("latin-1")) for name in names}
    slowest, largest = max(seen, key=lambda name: seen[name][1]), max(seen, key=lambda name: seen[name][2])
    return [
        told("files", len(seen)),
        exactly(
            "that came out as anything but blocks or a sentence", [n for n in seen if not seen[n][0]], []
        ),
        time_of(at_most(f"the slowest, {slowest}", round(seen[slowest][1], 2), MOST_SECONDS, " s")),
        at_most(f"the one that took most memory, {largest}", round(seen[largest][2], 1), MOST_MEMORY, " MB"),
    ]


def _read(raw: bytes) -> tuple[str, float, float]:
    program = [sys.executable, "-c", READS.format(since=SINCE)]
    done = subprocess.run(program, input=raw, capture_output=True, check=True, timeout=60)
    came, seconds, memory = json.loads(done.stdout)
    return came, seconds, memory


def _event(number: int, *lines: str) -> str:
    day = datetime(2026, 11, 30, 10, tzinfo=UTC) + timedelta(days=number % 180)
    return "\r\n".join(
        ["BEGIN:VEVENT", f"UID:{number}", f"DTSTART:{day:%Y%m%dT%H%M%SZ}", *lines, "END:VEVENT", ""]
    )


def _minutes(number: int) -> str:
    begin = datetime(2026, 11, 30, tzinfo=UTC)
    return ",".join(f"{begin + timedelta(minutes=each):%Y%m%dT%H%M%SZ}" for each in range(number))


def _ten_megabytes() -> str:
    return HEAD + "".join(_event(each, "DURATION:PT1H", "DESCRIPTION:" + "ö" * 1900) for each in range(5000))


def _many_series() -> str:
    rule = "RRULE:FREQ=DAILY"
    return HEAD + "".join(
        _event(each, rule).replace("DTSTART:2026", "DTSTART:1970") for each in range(20_000)
    )


def _zones() -> str:
    rule = "DTSTART;TZID=X:20200101T000000\r\nRRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200"
    zone = f"BEGIN:VTIMEZONE\r\nTZID:X\r\n{f'BEGIN:STANDARD\r\n{rule}\r\nEND:STANDARD\r\n' * 150}END:VTIMEZONE\r\n"
    return HEAD + zone * 50 + "".join(_event(n).replace("DTSTART:", "DTSTART;TZID=X:") for n in range(5000))


FILES: dict[str, Callable[[], str]] = {
    "ten megabytes of words": _ten_megabytes,
    "a rule per second without end": lambda: HEAD + _event(1, "RRULE:FREQ=SECONDLY"),
    "a hundred thousand dates": lambda: HEAD + _event(1, f"RDATE:{_minutes(100_000)}"),
    "a hundred thousand exceptions": lambda: HEAD + _event(1, "RRULE:FREQ=DAILY", f"EXDATE:{_minutes(100_000)}"),
    "twenty thousand daily series since 1970": _many_series,
    "zones that name themselves": _zones,
    "eleven megabytes of beginnings": lambda: "BEGIN:VEVENT\r\n" * 750_000,
    "one line of ten megabytes": lambda: HEAD + "BEGIN:VEVENT\r\nDTSTART;" + "A=b;" * 2_500_000 + ":20261205",
    "ten million empty lines": lambda: "\n" * 10_000_000,
    "carriage returns alone": lambda: _ten_megabytes().replace("\r\n", "\r"),
    "no ends": lambda: _ten_megabytes().replace("END:VEVENT", ""),
    "folded everywhere": lambda: HEAD + "BEGIN:VEVENT\r\nSUMMARY:" + "x\r\n " * 2_500_000 + "\r\nEND:VEVENT",
    "five thousand events on one day": lambda: HEAD + "".join(_event(180 * n, "DURATION:PT1M") for n in range(5000)),
    "hourly for twenty years": lambda: HEAD + "".join(
        _event(n, "DURATION:PT1M", "RRULE:FREQ=HOURLY").replace("2026", "2017") for n in range(4)
    ),
}  # fmt: skip
