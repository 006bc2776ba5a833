"""Calendar files in the workshop: shut in, in little memory and time, and with nothing but busy blocks coming out."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from nearer.calendars.free import minute_of
from nearer.calendars.order import Order
from nearer.files.rewritten import NotRewritten, Why
from nearer.files.workshop import Trade, rewrite

SINCE = minute_of(datetime(2026, 11, 1, tzinfo=UTC))
HEAD = "BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:Asia/Tokyo\r\n"


def read(text: str) -> dict[str, object]:
    order = Order(zone="Pacific/Auckland", since=SINCE, until=SINCE + 30 * 1440)
    found: dict[str, object] = json.loads(rewrite(order.before(text.encode()), Trade.CALENDAR).content)
    return found


def event(day: int, *lines: str) -> str:
    return "\r\n".join([
        "BEGIN:VEVENT", f"UID:{day}", f"DTSTART;TZID=America/Lima:202611{day:02}T100000",
        "DURATION:PT1H", "SUMMARY:canary47", *lines, "END:VEVENT", "",
    ])  # fmt: skip


def test_nothing_comes_out_but_when_somebody_is_busy() -> None:
    found = read(HEAD + event(5, "LOCATION:canary47") + event(6))

    begin = minute_of(datetime(2026, 11, 5, 15, tzinfo=UTC))
    assert found == {"busy": [[begin, begin + 60], [begin + 1440, begin + 1500]], "left_out": 0}


@pytest.mark.parametrize(
    "large",
    [
        pytest.param(
            HEAD + "".join(event(each % 28 + 1, "DESCRIPTION:" + "x" * 900) for each in range(9000)),
            id="words",
        ),
        pytest.param("BEGIN:VEVENT\r\n" * 700_000, id="beginnings"),
        pytest.param(HEAD + "BEGIN:VEVENT\r\nDTSTART;" + "A=b;" * 2_500_000 + ":20261105", id="one line"),
    ],
)
def test_ten_megabytes_are_read_or_refused_with_a_reason(large: str) -> None:
    # How far its seconds of computing reach is the machine's affair.
    why = None
    try:
        found = set(read(large))
    except NotRewritten as refused:
        found, why = set(), refused.why

    assert (found, why) in [({"busy", "left_out"}, None), (set(), Why.TOO_LONG)]


def test_what_takes_too_long_is_refused() -> None:
    slow = "".join(
        f"BEGIN:VEVENT\r\nUID:{each}\r\nDTSTART:20261101T000000Z\r\nDURATION:PT1M\r\n"
        "RRULE:FREQ=HOURLY;COUNT=90000\r\nEND:VEVENT\r\n"
        for each in range(40)
    )

    with pytest.raises(NotRewritten):
        read(HEAD + slow)
