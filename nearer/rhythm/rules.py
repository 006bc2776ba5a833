"""PURE: what of a rhythm the two have agreed on, and what of it one of them may see.

An hour is agreed as a plan is: one suggests it, the other says yes. A season, and how often the two were together, take a
wish of each; a wish is its owner's alone, and one that is missing looks like one that has not been said yet. Nothing here
counts what was left out, and nothing that is over asks for anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from nearer.closeness.picture.rules import monday_of
from nearer.protocol import Seat

DAYS, HOURS = range(7), (8, 10, 12, 15, 17, 19, 20, 21)
"""Days from Monday on, and about when, where whoever suggests it lives."""

MINUTES = 60
WEEK, SEASON, TALK = timedelta(days=7), timedelta(days=21), timedelta(days=14)
"""A season lasts three weeks. For two weeks after it, Today has the talk that closes it; then nothing is said of it."""

COUNTED, LEARNS_FROM = timedelta(days=30), timedelta(weeks=26)
WAITS = 6 * WEEK
"""How long what was chosen for a week and not done comes before the rest."""

WORDS_MOST = 300


class What(StrEnum):
    """What each may wish for."""

    SEASON = "season"
    TOGETHER = "together"


@dataclass(frozen=True, kw_only=True)
class Hour:
    """What is sealed of an hour a week.

    Attributes:
        seat: who suggested it. A yes counts only from the other's hand, which is sealed with it.
        begins: its first time.
        zone: where whoever suggested it lived then. It keeps to the clock there: so both always mean the same moment, and where
            clocks change apart it is the other who finds it at another hour for some weeks.
        said_yes: when the other did; empty until then.
        entry: the id of what stands in calendars; empty for nothing.
    """

    seat: str
    begins: str
    said_yes: str = ""
    entry: str = ""
    zone: str = "UTC"

    def __post_init__(self) -> None:
        """Refuse what is no hour, or nowhere."""
        try:
            Seat(self.seat), datetime.fromisoformat(self.begins), ZoneInfo(self.zone)
        except (KeyError, OSError):
            raise ValueError from None

    @property
    def starts(self) -> datetime:
        """Its first time, by the clock it keeps to."""
        return datetime.fromisoformat(self.begins).astimezone(ZoneInfo(self.zone))


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An hour as it lies there.

    Attributes:
        ref: its id.
        by: the seat of whoever sealed it last.
        hour: what it is.
    """

    ref: UUID
    by: str
    hour: Hour

    @property
    def is_agreed(self) -> bool:
        """Whether both want it."""
        return bool(self.hour.said_yes) and self.by == Seat(self.hour.seat).other


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is sealed when somebody would like something of this.

    Attributes:
        seat: who.
        what: a season, or to see how often the two were together.
        since: from when it counts: the morning after they said so.
    """

    seat: str
    what: str
    since: str

    def __post_init__(self) -> None:
        """Refuse what is no wish."""
        Seat(self.seat), What(self.what), datetime.fromisoformat(self.since)

    @property
    def counts(self) -> datetime:
        """From when on."""
        return datetime.fromisoformat(self.since)


@dataclass(frozen=True, kw_only=True)
class Season:
    """What is sealed once both would like one.

    Attributes:
        since: by seat, from when each one's wish counts; the later of the two is its beginning.
    """

    since: dict[str, str]

    def __post_init__(self) -> None:
        """Refuse what is not both's."""
        if {Seat(seat) for seat in self.since} != set(Seat):
            raise ValueError

    @property
    def begins(self) -> datetime:
        """When it begins."""
        return max(datetime.fromisoformat(since) for since in self.since.values())

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.begins + SEASON


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is sealed of a closing talk: what to keep and what to change, sealed until both have written.

    Attributes:
        seat: whose.
        season: when that season began.
        keep: what to keep; at most 300 characters.
        change: what to change.
    """

    seat: str
    season: str
    keep: str = ""
    change: str = ""

    def __post_init__(self) -> None:
        """Refuse what belongs to nobody, or to no season."""
        Seat(self.seat), datetime.fromisoformat(self.season)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back after it had opened."""
        return not (self.keep or self.change)


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What is sealed when one of the two chooses a practice for a week; empty for a week without one.

    Attributes:
        seat: who did, last.
        week: the Monday of it, as a date.
        practice: its slug.
    """

    seat: str
    week: str
    practice: str

    def __post_init__(self) -> None:
        """Refuse what is no week's."""
        Seat(self.seat)
        if (day := date.fromisoformat(self.week)) != monday_of(day):
            raise ValueError


class Phase(StrEnum):
    """Where a season stands, for one of the two."""

    REST = "rest"  # there is none, for whatever reason
    RUNS = "runs"
    TALK = "talk"  # three weeks lie behind the two


@dataclass(frozen=True, kw_only=True)
class Now:
    """What one of the two sees of seasons.

    Attributes:
        phase: where the last one stands.
        begins: when it began, as it is sealed; empty at rest.
        ends: when it is over; None at rest.
        wishes: from when on this person would like one, or another; None for not.
    """

    phase: Phase
    begins: str = ""
    ends: datetime | None = None
    wishes: datetime | None = None


def first_of(day: int, hour: int, *, after: datetime) -> datetime:
    """Return the next time of an hour.

    Args:
        day: 0 for Monday.
        hour: of the day, where whoever says it lives.
        after: now, there.
    """
    there = _on(after.date() + timedelta(days=(day - after.weekday()) % 7), time(hour), after.tzinfo)
    return there if there > after else _on(there.date() + WEEK, time(hour), after.tzinfo)


def next_of(starts: datetime, *, since: datetime) -> datetime:
    """Return the first time of an hour from a moment on.

    Args:
        starts: its first time of all, by the clock it keeps to.
        since: the moment, by any clock: for whoever looks the beginning of their day, so that today's stays today's.
    """
    there = since.astimezone(starts.tzinfo)
    day = max(starts.date(), there.date() + timedelta(days=(starts.weekday() - there.weekday()) % 7))
    comes = _on(day, starts.time(), starts.tzinfo)
    return comes if comes >= since else _on(day + WEEK, starts.time(), starts.tzinfo)


def agreed(offers: Iterable[Offer]) -> Offer | None:
    """Return the hour that both want, if there is one."""
    return next((each for each in offers if each.is_agreed), None)


def suggested(offers: Iterable[Offer]) -> Offer | None:
    """Return an hour that one of the two suggests, if there is one; the one that is agreed stays until the other says yes."""
    return next((each for each in offers if not each.is_agreed), None)


def wish_of(seat: str, what: What, wishes: Iterable[Wish]) -> Wish | None:
    """Return somebody's own wish."""
    return next((each for each in wishes if (each.seat, each.what) == (seat, what)), None)


def both_wish(what: What, wishes: Iterable[Wish], *, at: datetime) -> bool:
    """Say whether both would like something by now."""
    since = {each.seat: each.counts for each in wishes if each.what == what}
    return set(since) == set(Seat) and max(since.values()) <= at


def season_for(seat: str, wishes: Iterable[Wish], seasons: Iterable[Season], *, at: datetime) -> Now:
    """Return what one of the two sees of seasons.

    One that both would like and that has not begun is seen by each as their own wish, and no more.

    Args:
        seat: whose eyes.
        wishes: all wishes of both.
        seasons: all seasons that are kept.
        at: now.
    """
    known = sorted(seasons, key=lambda each: each.begins)
    own = wish_of(seat, What.SEASON, wishes)
    waiting = next((each for each in known if each.begins > at), None)
    wishes_since = datetime.fromisoformat(waiting.since[seat]) if waiting else own.counts if own else None
    begun = [each for each in known if each.begins <= at]
    last = begun[-1] if begun else None
    if last is None or at >= last.ends + TALK:
        return Now(phase=Phase.REST, wishes=wishes_since)
    phase = Phase.RUNS if at < last.ends else Phase.TALK
    return Now(phase=phase, begins=last.begins.isoformat(), ends=last.ends, wishes=wishes_since)


def said_for(seat: str, season: str, said: Iterable[Said]) -> tuple[Said | None, Said | None]:
    """Return what somebody wrote at the end of a season, and what the other did once both have."""
    there = {each.seat: each for each in said if each.season == season}
    mine = there.get(seat)
    return mine, there.get(Seat(seat).other) if mine else None


def days_together(days: Iterable[date], *, today: date) -> int:
    """Return on how many of the last thirty days, today among them, the two did something together."""
    return len({day for day in days if today - COUNTED < day <= today})


def this_week(
    rooms: Sequence[str],
    open_to: Collection[str],
    done: Mapping[str, date],
    chosen: Mapping[date, str],
    *,
    week: date,
    since: date = date.min,
) -> str:
    """Return the practice a week suggests; empty for none.

    What was chosen for the week goes first. Else it is one that was chosen lately and has not been done since, then the one
    that was not done for longest, in the order of the practices; each week in which nothing is done leads on to the next.
    Every other practice has its turn in every other week, and what the week before had is left out: so none is suggested two
    weeks running, whatever was done or chosen meanwhile, and whatever of that is gone by now.

    Args:
        rooms: the slugs of all practices that are installed, in their order.
        open_to: those that may be suggested to whoever looks.
        done: on which day each was done last, before this week.
        chosen: by week, what was chosen for it.
        week: the Monday it is about.
        since: from when on the two could have done something.
    """  # fmt: skip
    if (named := chosen.get(week)) is not None and named in {"", *rooms}:
        return named
    number, before = week.toordinal() // 7, chosen.get(week - WEEK)
    turn = [(n, slug) for n, slug in enumerate(rooms) if (n + number) % 2 == 0]
    free = [(done.get(slug, date.min), n, slug) for n, slug in turn if slug in open_to and slug != before]
    lately = _not_done_since(done, chosen, week)
    if waits := [each for each in free if each[2] in lately]:
        return min(waits)[2]
    begins = max(monday_of(since), *(monday_of(day) + WEEK for day in done.values()), date.min)
    idle = (week - begins) // WEEK
    return sorted(free)[idle // 2 % len(free)][2] if free else ""


def _not_done_since(done: Mapping[str, date], chosen: Mapping[date, str], week: date) -> set[str]:
    earlier = ((monday, slug) for monday, slug in chosen.items() if week - WAITS <= monday < week)
    return {slug for monday, slug in earlier if done.get(slug, date.min) < monday}


def _on(day: date, hour: time, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, hour, tzinfo=zone)
