"""Takes out of a calendar file what says when somebody is busy, and nothing else, before a library reads it. Pure.

Files are large because of words, pictures and years that are over, and broken mostly there. So lines are joined before
they are decoded, anything may be missing at the end, and a name of a zone is first looked up among those there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from nearer.calendars.zone_names import known

MOST_ZONES, MOST_ZONE_LINES = 60, 400
MOST_RULES, MOST_DATES, MOST_STEPS = 4, 3000, 100_000
MOST_OF_ALL, A_SERIES, AN_EVENT = 400_000, 500, 100  # in such steps
MOST_LINES, MOST_ENTRIES, MOST_NEAR = 600_000, 60_000, 12_000
"""More of them than anybody has in ten megabytes; and how many of those may be looked into."""
AROUND, LONGEST = timedelta(days=3), timedelta(days=400)
FOUND = timedelta(days=4 * 366)
"""So many more days would have to be gone through for what it costs to work out those that are asked for."""
# Every line has its break before it: that is what is looked for, many times as fast as where a line begins.
LINES = re.compile(
    rb"\n((?:BEGIN|END|UID|DTSTART|DTEND|DURATION|RRULE|EXRULE|RDATE|EXDATE|RECURRENCE-ID|TRANSP|STATUS|SEQUENCE"
    rb"|TZID|TZOFFSETFROM|TZOFFSETTO|FREEBUSY|X-WR-TIMEZONE|X-MICROSOFT-CDO-BUSYSTATUS)[;:][^\n]*)",
    re.IGNORECASE,
)
PARTS = re.compile(r'([A-Za-z-]+)((?:;[A-Za-z-]+=(?:"[^"]*"|[^";:]*))*):(.*)', re.DOTALL)
PARAMETER = re.compile(r';(VALUE|TZID|RANGE|FBTYPE)=("[^"]*"|[^";:]*)', re.IGNORECASE)
DATED = {"DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"}
A_NUMBER = re.compile(r"\d{1,9}")
A_DAY = re.compile(r"\d{8}")
A_TIME = re.compile(r"\d{8}(T\d{6}Z?)?")
RULES = {"RRULE", "EXRULE"}
OF_TIMES = DATED | RULES | {"DURATION", "FREEBUSY"}
OF_AN_EVENT = {"UID", "TRANSP", "STATUS", "SEQUENCE", "EXRULE"}
LEAP = re.compile(r"(\d{8}T\d{4})60|(\d{8}T)240000")
UNTIL_A_DAY = re.compile(r"(UNTIL=\d{8})(?!T)")
A_CALENDAR = re.compile(rb"^\s*BEGIN:VCALENDAR", re.MULTILINE | re.IGNORECASE)
# In whole years, how often a rule comes round, which is what it costs to go through.
STEPS_A_YEAR = {"YEARLY": 1, "MONTHLY": 12, "WEEKLY": 53, "DAILY": 366, "HOURLY": 8784}
MULTIPLY = ("BYHOUR", "BYMINUTE", "BYSECOND")
STEPS_OF_A_ZONE = {"STANDARD", "DAYLIGHT"}
UNMARKED = {b"B\0E\0": "utf-16-le", b"\0B\0E": "utf-16-be"}
"""How a file in two bytes a letter begins that does not say so."""
WITHIN = {"VEVENT", "VFREEBUSY", "VTIMEZONE", *STEPS_OF_A_ZONE}
BEGINS = re.compile(
    rb"\nBEGIN:(VEVENT|VFREEBUSY|VTIMEZONE|VTODO|VJOURNAL)[^\S\n]*$", re.MULTILINE | re.IGNORECASE
)
HEAD = re.compile(rb"\n(?:BEGIN:VCALENDAR|METHOD(?:;[^\n:]*)?:[^\S\n]*(\w*))", re.IGNORECASE)
HAS_START = re.compile(rb"\nDTSTART[;:]", re.IGNORECASE)
STARTS = re.compile(rb"\nDTSTART[^\n]*?:(\d{8})", re.IGNORECASE)
ENDS = re.compile(rb"\nDTEND[^\n]*?:(\d{8})", re.IGNORECASE)
REPEATS = re.compile(rb"\n(?:RRULE|RDATE|RECURRENCE-ID)[;:]", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: its name, and the parameters and value of it that matter."""

    name: str
    value: str
    parameters: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        named = "".join(f';{name}="{value}"' for name, value in self.parameters.items())
        return f"{self.name}{named}:{self.value}"

    @property
    def days(self) -> list[str]:
        """The days its dates begin with, as they are written."""
        return [value[:8] for value in self.value.split(",") if A_DAY.match(value)]


OFF = Line(name="STATUS", value="CANCELLED")
"""That an event is called off, for those of a calendar that is sent to say so."""


@dataclass(frozen=True, kw_only=True)
class Slim:
    """What is left.

    Attributes:
        is_calendar: whether it was a calendar at all.
        text: one, with events that touch the time that is asked for.
        left_out: how many entries cannot be read within reason.
        is_endless: whether all together are more than can be gone through.
    """

    is_calendar: bool
    text: str = ""
    left_out: int = 0
    is_endless: bool = False


def slim(raw: bytes, *, since: date, until: date) -> Slim:
    """Return what matters of a calendar file.

    Args:
        raw: the file as it was sent.
        since: the first day that is asked for.
        until: the last one.
    """
    whole = _unfolded(raw)
    if whole.count(b"\n") > MOST_LINES or whole.count(b"\nBEGIN:V") > MOST_ENTRIES:
        return Slim(is_calendar=True, is_endless=True)
    found = _found(whole, since - AROUND, until + AROUND)
    if found is None:
        return Slim(is_calendar=False)
    if len(found.events) > MOST_NEAR:
        return Slim(is_calendar=True, is_endless=True)
    near = [kept for event in found.events if (kept := _near(event, since - AROUND, until + AROUND))]
    sound = [event for event in near if _is_sound(event, until)]
    is_endless = _cost(sound, until) > MOST_OF_ALL
    text, left_out = "" if is_endless else _written(sound, found), found.lost + len(near) - len(sound)
    return Slim(is_calendar=True, text=text, left_out=left_out, is_endless=is_endless)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What is in a file; `lost` is how many events begin nobody knows when."""

    events: list[list[Line]]
    zones: list[list[Line]]
    zone: str
    lost: int


def _found(whole: bytes, since: date, until: date) -> _Found | None:
    """Return the events that may touch a time, and the zones a file explains and names; None for no calendar.

    Of more events than may be looked into, it is one too many and no more.
    """
    events: list[list[Line]] = []
    zones: list[list[Line]] = []
    zone, is_calendar, is_off, lost = "", False, False, 0
    for what, piece in _pieces(whole):
        is_calendar = is_calendar or bool(what) or A_CALENDAR.search(piece[:1000]) is not None
        lost += what == "VEVENT" and bool(HAS_START.search(piece)) and not STARTS.search(piece)
        if what == "VEVENT" and is_off:
            events.insert(0, _called_off(_block(piece)))  # of two that say the same of it, the first counts
        elif what == "VFREEBUSY" or (what == "VEVENT" and _may_touch(piece, since, until)):
            events.extend(_events(what, _block(piece)))
        elif what == "VTIMEZONE":
            zones.append(_block(piece))
        elif not what:
            zone = next((line.value for line in _lines(piece) if line.name == "X-WR-TIMEZONE"), "")
        for head in HEAD.finditer(piece):  # a further calendar begins after the last event of one
            is_off = (head[1] or b"").upper() == b"CANCEL"
        if len(events) > MOST_NEAR:
            return _Found(events=events, zones=[], zone="", lost=lost)
    return _Found(events=_standing(events), zones=zones, zone=known(zone), lost=lost) if is_calendar else None


def _written(events: list[list[Line]], found: _Found) -> str:
    unknown = {line.parameters["TZID"] for event in events for line in event if "TZID" in line.parameters}
    zones = _zones(found.zones, unknown)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-"]
    lines += [f"X-WR-TIMEZONE:{found.zone}"] if found.zone else []
    lines += [line for each in zones for line in each]
    for event in events:
        lines += ["BEGIN:VEVENT", *(str(_placed(line, zones)) for line in event), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _unfolded(raw: bytes) -> bytes:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = raw.decode("utf-16", errors="replace").encode()
    elif coding := UNMARKED.get(raw[:4]):
        raw = raw.decode(coding, errors="replace").encode()
    raw = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    # Joined as bytes: some fold in the middle of a character.
    return b"\n" + raw.replace(b"\n ", b"").replace(b"\n\t", b"")


def _lines(piece: bytes) -> Iterator[Line]:
    for found in LINES.finditer(piece):
        whole = found[1]
        try:
            text = whole.decode()
        except UnicodeDecodeError:
            text = whole.decode("latin-1")
        if parts := PARTS.match(text[:2000]):
            name, value = parts[1].upper(), (parts[3] + text[2000:]).strip()
            value = value.upper() if name in OF_TIMES else value
            if name in DATED:  # after a parameter that holds a colon, and says so nowhere
                value = value.rpartition(":")[2]
            # A second is added to some days, and some end at 24; nothing that reads times here knows either.
            value = LEAP.sub(lambda at: f"{at[1]}59" if at[1] else f"{at[2]}235959", value)
            yield Line(name=name, value=value, parameters=_parameters(parts[2], value))


def _parameters(text: str, value: str) -> dict[str, str]:
    found = {name.upper(): said.strip('"') for name, said in PARAMETER.findall(text)}
    if value.upper().endswith("Z") or not found.get("TZID", "x").isprintable():
        found.pop("TZID", None)
    return {name: said for name, said in found.items() if said}


def _pieces(whole: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what a file consists of, from where each piece begins to where the next one does, whatever is missing."""
    begun, what = 0, ""
    for found in BEGINS.finditer(whole):
        yield what, whole[begun : found.start()]
        begun, what = found.start(), found[1].decode().upper()
    yield what, whole[begun:]


def _may_touch(piece: bytes, since: date, until: date) -> bool:
    """Say at a glance whether an event could touch the time that is asked for."""
    starts: list[bytes] = STARTS.findall(piece)
    ends: list[bytes] = ENDS.findall(piece)
    if not starts or REPEATS.search(piece):
        return bool(starts)
    early = since if ends else since - LONGEST
    return max(ends or starts) >= f"{early:%Y%m%d}".encode() and min(starts) <= f"{until:%Y%m%d}".encode()


def _block(piece: bytes) -> list[Line]:
    """Return the lines of one event or zone, without those of an alarm and the like within it."""
    lines: list[Line] = []
    inside: list[str] = []
    for line in _lines(piece):
        what = line.value.upper()
        if line.name == "BEGIN":
            inside.append(what)
        if set(inside) <= WITHIN and (line.name not in {"BEGIN", "END"} or what in STEPS_OF_A_ZONE):
            lines.append(line)
        if line.name == "END":
            if what == inside[0]:
                break
            inside = inside[: inside.index(what)] if what in inside else inside
    return lines


def _events(name: str, lines: list[Line]) -> Iterator[list[Line]]:
    """Yield an event; or one for each busy period that a calendar publishes in the place of events."""
    if name == "VEVENT":
        yield lines
        return
    for line in lines:
        if line.name == "FREEBUSY" and line.parameters.get("FBTYPE", "").upper() != "FREE":
            for period in line.value.split(","):
                begin, _, end = period.partition("/")
                how = "DURATION" if end.startswith("P") else "DTEND"
                yield [Line(name="DTSTART", value=begin), Line(name=how, value=end)]


def _called_off(event: list[Line]) -> list[Line]:
    """Return an event of a calendar that is sent to call off what it holds; it need not say so, nor when it was."""
    kept = {line.name: line for line in event} | {"STATUS": OFF}
    if "RECURRENCE-ID" in kept:
        kept.setdefault("DTSTART", replace(kept["RECURRENCE-ID"], name="DTSTART"))
    return list(kept.values())


def _standing(events: list[list[Line]]) -> list[list[Line]]:
    """Return the events without those that are called off whole, by name: what was sent anew since has a higher number.

    Who calls off without a number, against the standard, means the event and no version of it: then all of that name are off.
    """
    off: dict[str, int] = {}
    said = [{line.name: line.value for line in event} for event in events]
    for each, event in zip(said, events, strict=True):
        if any(line is OFF for line in event) and not _is_override(event):
            off[each.get("UID", "")] = max(_number(each, MOST_STEPS), off.get(each.get("UID", ""), 0))
    numbered = zip(said, events, strict=True)
    return [event for each, event in numbered if _number(each, 0) > off.get(each.get("UID") or "?", -1)]


def _number(said: dict[str, str], unsaid: int) -> int:
    number = said.get("SEQUENCE", "")
    return int(number) if A_NUMBER.fullmatch(number) else unsaid


def _near(event: list[Line], since: date, until: date) -> list[Line] | None:
    """Return an event without the dates that are far from what is asked for; None if nothing of it is near."""
    first, last, early = (f"{day:%Y%m%d}" for day in (since, until, since - LONGEST))
    kept, starts = [], [line for line in event if line.name == "DTSTART"][:1]
    if not starts or not starts[0].days or _is_not_busy(event):
        return None
    for line in event:
        if line.name in {"RDATE", "EXDATE"}:
            dates = [each for each in line.value.split(",") if early <= each[:8] <= last]
            if dates:
                kept.append(Line(name=line.name, value=",".join(dates), parameters=line.parameters))
        elif line.name in RULES and "T" in starts[0].value:
            # Of times, a last day that is named alone is meant with all its hours.
            kept.append(replace(line, value=UNTIL_A_DAY.sub(r"\1T235959", line.value)))
        elif line.name not in {"TZID", "DTSTART"} or line is starts[0]:
            kept.append(line)
    return None if _is_far(kept, early, last) or _is_over(kept, first) else kept


def _is_not_busy(event: list[Line]) -> bool:
    said = {(line.name, line.value.upper()) for line in event}
    return ("TRANSP", "TRANSPARENT") in said and not _is_override(event)


def _is_override(event: list[Line]) -> bool:
    return any(line.name == "RECURRENCE-ID" for line in event)


def _is_far(event: list[Line], early: str, last: str) -> bool:
    """Say whether none of an event's dates comes near, going by their days alone."""
    repeats = any(line.name == "RRULE" or "RANGE" in line.parameters for line in event)
    days = [
        day
        for line in event
        if line.name in {"DTSTART", "DTEND", "RECURRENCE-ID", "RDATE"}
        for day in line.days
    ]
    return min(days) > last or (not repeats and max(days) < early)


def _is_over(event: list[Line], first: str) -> bool:
    """Say whether a series, or a single event that says when it ends, ended before."""
    names = {line.name for line in event}
    if names & {"RDATE", "RECURRENCE-ID"}:
        return False
    if "RRULE" in names:
        ends = [re.search(r"UNTIL=(\d{8})", line.value.upper()) for line in event if line.name == "RRULE"]
        longest = date.fromisoformat(first) - LONGEST
        return all(end and end[1] < f"{longest:%Y%m%d}" for end in ends)
    return max((day for line in event if line.name == "DTEND" for day in line.days), default=first) < first


def _is_sound(event: list[Line], until: date) -> bool:
    """Say whether an event can be gone through within reason."""
    dates = sum(len(line.days) for line in event if line.name in {"RDATE", "EXDATE"})
    rules = sum(line.name in RULES for line in event)
    return dates <= MOST_DATES and rules <= MOST_RULES and _way(event, until) <= MOST_STEPS


def _cost(events: list[list[Line]], until: date) -> int:
    ways = [_way(event, until + FOUND) for event in events]
    return sum(way + A_SERIES if way else AN_EVENT for way in ways)


def _way(event: list[Line], until: date) -> int:
    """Return how many steps it takes to go through the rules of an event."""
    start = next(line.days[0] for line in event if line.name == "DTSTART")
    years = until.year - int(start[:4]) + 1
    return sum(_steps(line.value.upper(), years) for line in event if line.name in RULES)


def _steps(rule: str, years: int) -> int:
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    often = STEPS_A_YEAR.get(parts.get("FREQ", ""), MOST_STEPS + 1)
    interval, count = parts.get("INTERVAL", "1"), parts.get("COUNT", "")
    if not interval.isdigit() or not int(interval):
        return MOST_STEPS + 1
    steps = often * max(years, 1) // int(interval)
    if count.isdigit() and often <= MOST_STEPS:
        steps = min(steps, int(count))
    for name in MULTIPLY:
        steps *= parts.get(name, "").count(",") + 1
    return steps + 1


def _zones(found: list[list[Line]], unknown: set[str]) -> list[list[str]]:
    """Return the lines of the zones that the file itself has to explain."""
    zones = []
    for lines in found[:MOST_ZONES]:
        tzid = next((line.value for line in lines if line.name == "TZID"), "")
        if tzid in unknown and not known(tzid) and len(lines) <= MOST_ZONE_LINES and _is_a_zone(lines):
            kept = [line for line in lines if line.name not in OF_AN_EVENT]
            zones.append(
                ["BEGIN:VTIMEZONE", *(f"{line.name}:{line.value}" for line in kept), "END:VTIMEZONE"]
            )
    return zones


def _is_a_zone(lines: list[Line]) -> bool:
    rules = [line.value.upper() for line in lines if line.name == "RRULE"]
    offsets = [line.value for line in lines if line.name.startswith("TZOFFSET")]
    dates = [each for line in lines if line.name in DATED for each in line.value.split(",")]
    return (
        all("FREQ=YEARLY" in rule and not re.search("BYHOUR|BYMINUTE|BYSECOND", rule) for rule in rules)
        and all(re.fullmatch(r"[+-](0\d|1[0-5])[0-5]\d([0-5]\d)?", offset) for offset in offsets)
        and len(offsets) >= len(("from", "to"))
        and all(A_TIME.fullmatch(each) for each in dates)
    )


def _placed(line: Line, zones: list[list[str]]) -> Line:
    """Return a line in a zone that is known; in one that nobody explains it counts by its owner's clock."""
    tzid = line.parameters.get("TZID", "")
    if not tzid:
        return line
    there = known(tzid) or (tzid if any(f"TZID:{tzid}" in zone for zone in zones) else "")
    others = {name: said for name, said in line.parameters.items() if name != "TZID"}
    return Line(name=line.name, value=line.value, parameters=others | ({"TZID": there} if there else {}))
