"""Reads a calendar file into busy blocks: begin and end of each, and nothing else. Pure, and run in the workshop.

The work is `icalendar`'s and `recurring-ical-events`'; before them stands `slim`, which hands them what they need. An
entry that cannot be read is left out and counted; all others stand.
"""

from __future__ import annotations

import json
import signal
import zoneinfo
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import recurring_ical_events
import x_wr_timezone
from dateutil.rrule import rrulestr
from icalendar import Calendar
from icalendar.cal import Component

from nearer.calendars.free import Span, merged, minute_of, moment
from nearer.calendars.order import Order, parted
from nearer.calendars.slim import slim
from nearer.calendars.zone_names import known
from nearer.files.rewritten import NotRewritten, Rewritten, Why

SECONDS = 1.2  # of computing
MOST_FOUND = 20_000
SAMPLE = b"""BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:Europe/Berlin\r\nBEGIN:VTIMEZONE\r\nTZID:Ours\r\nBEGIN:STANDARD\r
DTSTART:19701101T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r
END:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Ours:20260105T100000\r
DURATION:PT1H\r\nRRULE:FREQ=DAILY\r\nEXDATE;TZID=Ours:20260107T100000\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:a\r
RECURRENCE-ID;TZID=Ours:20260106T100000\r\nDTSTART:20260106T120000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""

_zones: list[zoneinfo.ZoneInfo] = []


def warm_up() -> None:
    """Load everything that reading a calendar may need, every zone among it, while files can still be opened."""
    _zones.extend(zoneinfo.ZoneInfo(name) for name in sorted(zoneinfo.available_timezones()))
    since = datetime(2026, 1, 5, tzinfo=UTC)
    order = Order(zone="Europe/Berlin", since=minute_of(since), until=minute_of(since) + 5000)
    rewrite(order.before(SAMPLE))


def rewrite(raw: bytes) -> Rewritten:
    """Return the busy blocks of a calendar as JSON: `busy`, and how many entries were `left_out`.

    Args:
        raw: an order, and the file as it was sent.

    Raises:
        NotRewritten: it is no calendar, or takes longer than it may.
    """
    order, sent = parted(raw)
    with _in_time():
        busy, left_out = read(
            sent, zone=zoneinfo.ZoneInfo(known(order.zone) or "UTC"), span=(order.since, order.until)
        )
    return Rewritten(content=json.dumps({"busy": busy, "left_out": left_out}).encode())


def read(raw: bytes, *, zone: tzinfo, span: Span) -> tuple[list[Span], int]:
    """Return when a calendar is busy, and how many entries could not be read.

    Args:
        raw: the file.
        zone: where its owner lives: whole days, and times that name no zone, are by their clock.
        span: the minutes that are asked for.

    Raises:
        NotRewritten: it is no calendar.
    """
    since, until = moment(span[0]), moment(span[1])
    kept = slim(raw, since=since.date(), until=until.date())
    if not kept.is_calendar:
        raise NotRewritten(Why.UNREADABLE)
    if kept.is_endless:
        raise NotRewritten(Why.TOO_LONG)
    calendar = Calendar.from_ical(kept.text)
    found: list[Span] = []
    left_out = kept.left_out
    for series in _series(x_wr_timezone.to_standard(calendar)):
        try:
            found.extend(_spans(series, since, until, zone))
        except NotRewritten:
            raise
        except Exception:  # noqa: BLE001 - what a library makes of nonsense may be anything; the others stand
            left_out += 1
        if len(found) > MOST_FOUND:
            raise NotRewritten(Why.TOO_LONG)
    return merged((max(begin, span[0]), min(end, span[1])) for begin, end in found), left_out


def _series(calendar: Calendar) -> Iterator[Calendar]:
    """Yield each event with what was changed of it, as a calendar of its own.

    Events that share an id although none is a change of another are different ones: some makers give all theirs one id.
    """
    together: dict[str, Calendar] = defaultdict(Calendar)
    begun: dict[str, tuple[object, object]] = {}
    for number, event in enumerate(calendar.walk("VEVENT")):
        name = str(event.get("UID") or number)
        if "RECURRENCE-ID" not in event:
            what = event.get("SEQUENCE", 0), event.get("DTSTART")
            first = begun.setdefault(name, what)
            name = name if first[0] != what[0] or first == what else f"{name} {number}"
        together[name].add_component(event)
    yield from together.values()


def _spans(series: Calendar, since: datetime, until: datetime, zone: tzinfo) -> Iterator[Span]:
    if any(event.errors for event in series.subcomponents):
        raise ValueError
    # A day more on either side: times without a zone are compared by a clock that is not the owner's.
    around = timedelta(days=2)
    for event in series.walk("VEVENT"):
        _leave_out(event, since - around, until + around)
    query = recurring_ical_events.of(series)
    for event in query.between(since - around, until + around):
        if _is_busy(event):
            begin, end = _moment(event.start, zone), _moment(event.end, zone)
            last = end.timestamp()
            if isinstance(event.start, datetime):  # where clocks go forward, an hour of it would be lost
                last = max(last, begin.timestamp() + (end - begin).total_seconds())
            yield minute_of(begin), -(-int(last) // 60)


def _leave_out(event: Component, since: datetime, until: datetime) -> None:
    """Name the days that a rule takes out of a series (EXRULE, RFC 2445): the library knows such days alone."""
    found = event.pop("EXRULE", [])
    for rule in found if isinstance(found, list) else [found]:
        first: date = event.start  # type: ignore[attr-defined]  # of an event; this is what all kinds have
        begin = first if isinstance(first, datetime) else datetime.combine(first, time())
        # Compared by the clock that the series itself goes by, whichever the end of the rule is written in.
        ends = [_by(end, begin.tzinfo) for end in rule.pop("UNTIL", [])]
        days = rrulestr(rule.to_ical().decode(), dtstart=begin.replace(tzinfo=None))
        for day in days.between(_by(since, begin.tzinfo), _by(until, begin.tzinfo), inc=True):
            if not ends or day <= max(ends):
                event.add("EXDATE", day.replace(tzinfo=begin.tzinfo) if begin is first else day.date())


def _by(when: date, zone: tzinfo | None) -> datetime:
    """Return a time as a clock on the wall shows it; of a day alone, its end."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time.max)
    return (when.astimezone(zone) if when.tzinfo and zone else when).replace(tzinfo=None)


def _is_busy(event: Component) -> bool:
    said = [str(event.get(name, "")).upper() for name in ("TRANSP", "STATUS", "X-MICROSOFT-CDO-BUSYSTATUS")]
    return said[0] != "TRANSPARENT" and said[1] != "CANCELLED" and said[2] != "FREE"


def _moment(when: date, zone: tzinfo) -> datetime:
    if not isinstance(when, datetime):
        when = datetime.combine(when, time())
    return when if when.tzinfo else when.replace(tzinfo=zone)


@contextmanager
def _in_time() -> Iterator[None]:
    is_over = False

    def over(*_: object) -> None:
        nonlocal is_over
        is_over = True
        raise NotRewritten(Why.TOO_LONG)

    signal.signal(signal.SIGVTALRM, over)
    # Again and again: whatever is interrupted may swallow it, or say something else instead.
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS, SECONDS / 20)
    try:
        yield
    except MemoryError:
        raise NotRewritten(Why.TOO_LONG) from None
    except Exception:
        if not is_over:
            raise
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    if is_over:
        raise NotRewritten(Why.TOO_LONG)
