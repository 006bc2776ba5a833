"""PURE: when the two looks are open, what each has said yes to, and which rows may leave a study's box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from nearer.closeness.checkup.instruments import instruments
from nearer.protocol import Seat
from nearer.statistics.dyads import LEAST_PAIRS
from nearer.statistics.overlap import ALMOST_ONE, APART

WEEKS = 6
BEFORE_LASTS = timedelta(days=14)
AFTER_OPENS = timedelta(weeks=WEEKS)
OVER = AFTER_OPENS + timedelta(weeks=4)
FORM = "csi-16"
"""The questionnaire, for those whom it fits; everybody picks a picture."""


class Wave(IntEnum):
    """Which of the two looks."""

    BEFORE = 0
    AFTER = 1


class What(StrEnum):
    """What somebody says yes to."""

    LOOK = "look"
    GIVE = "give"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is sealed of somebody's yes.

    Attributes:
        seat: whose.
        who: the id of whoever holds that seat; it counts for nobody who holds it later.
        what: a `What`.
        since: from when it counts: the morning after they said so.
        study: to which study one gives; empty for a look.
    """

    seat: str
    who: str
    what: str
    since: str
    study: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no yes."""
        Seat(self.seat), What(self.what), datetime.fromisoformat(self.since)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What is sealed of a look, in its author's drawer.

    Attributes:
        bond: the id of the bond it is about.
        name: what the other was called then.
        begun: on which day the looks began.
        wave: which of the two.
        picture: from 1, apart, to 7, almost one.
        form: the name of the questionnaire; empty for none.
        version: of it.
        answers: the place of each answer among its labels.
    """

    bond: str
    name: str
    begun: str
    wave: int
    picture: int
    form: str = ""
    version: int = 0
    answers: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no answer."""
        date.fromisoformat(self.begun), Wave(self.wave)
        if not APART <= self.picture <= ALMOST_ONE:
            raise ValueError
        self.score  # noqa: B018 - it raises

    @property
    def score(self) -> int | None:
        """The sum of the questionnaire; None where there is none, or one of another version."""
        form = instruments().get(self.form)
        return form.score(self.answers) if form and form.version == self.version else None


@dataclass(frozen=True, kw_only=True)
class Stand:
    """How it stands, for one of the two. Before both have said yes, nothing in it differs by what the other said.

    Attributes:
        look: from when my yes to the looks counts; None for none.
        give: from when my yes to giving counts; None for none.
        begun: on which day the looks began; None while they do not go on.
        wave: which of them is open today.
        is_giving: whether both have said yes to giving.
    """

    look: datetime | None = None
    give: datetime | None = None
    begun: date | None = None
    wave: Wave | None = None
    is_giving: bool = False

    @property
    def after_opens(self) -> date | None:
        """On which day the second look opens."""
        return self.begun + AFTER_OPENS if self.begun else None

    @property
    def ends(self) -> date | None:
        """Until which day the open look is open; it is no longer on that day."""
        if self.begun is None:
            return None
        return self.begun + (BEFORE_LASTS if self.wave == Wave.BEFORE else OVER)


def stand(
    seat: Seat, people: Mapping[Seat, str], wishes: Iterable[Wish], *, study: str, today: date, at: datetime
) -> Stand:
    """Return how it stands for one of the two.

    Args:
        seat: whose eyes.
        people: the id of whoever holds each seat.
        wishes: all that both said yes to.
        study: the id of the study one may give to; empty for none.
        today: the day it is where they live.
        at: now.
    """
    counted = [wish for wish in wishes if people.get(Seat(wish.seat)) == wish.who]
    looks, gives = _since(counted, What.LOOK, ""), _since(counted, What.GIVE, study)
    begins = _both(looks, at)
    age = today - begins.date() if begins else None
    if begins and age is not None and age >= OVER:
        looks, begins = {}, None
    return Stand(
        look=looks.get(seat),
        give=gives.get(seat) if study else None,
        begun=begins.date() if begins else None,
        wave=_open(age) if begins and age is not None else None,
        is_giving=bool(study and _both(gives, at)),
    )


def is_over(people: Mapping[Seat, str], wishes: Iterable[Wish], *, today: date, at: datetime) -> bool:
    """Whether the two looks lie behind both, so that a new yes begins new ones."""
    counted = [wish for wish in wishes if people.get(Seat(wish.seat)) == wish.who]
    begins = _both(_since(counted, What.LOOK, ""), at)
    return begins is not None and today - begins.date() >= OVER


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a study's box, opened.

    Attributes:
        pair: the made-up name of two people.
        person: 1 or 2, drawn by lot.
        wave: before, or after.
        picture: as in `Answers`, like all below.
        form: the name of the questionnaire.
        version: of it.
        answers: the place of each answer among its labels.
    """

    pair: str
    person: int
    wave: Wave
    picture: int
    form: str = ""
    version: int = 0
    answers: tuple[int, ...] = ()


def may_leave(rows: Sequence[Row], least: int = LEAST_PAIRS) -> list[Row]:
    """Return the rows that may leave a box: of a look that both of a pair gave, and that enough pairs gave.

    Of one person alone nothing leaves, and nothing of a look that fewer than ten pairs gave: among so few somebody might be
    recognised.

    Args:
        rows: all that opened.
        least: how many pairs it takes.

    Returns:
        Them, by pair, look and person.
    """
    found: list[Row] = []
    for wave in Wave:
        here = {(row.pair, row.person): row for row in rows if row.wave is wave}
        whole = {pair for pair, _ in here if {(pair, 1), (pair, 2)} <= here.keys()}
        if len(whole) >= least:
            found += [row for (pair, _), row in here.items() if pair in whole]
    return sorted(found, key=lambda row: (row.pair, row.wave, row.person))


def _since(wishes: Iterable[Wish], what: What, study: str) -> dict[Seat, datetime]:
    return {
        Seat(wish.seat): datetime.fromisoformat(wish.since)
        for wish in wishes
        if (wish.what, wish.study) == (what, study)
    }


def _both(since: Mapping[Seat, datetime], at: datetime) -> datetime | None:
    latest = max(since.values()) if len(since) == len(Seat) else None
    return latest if latest and latest <= at else None


def _open(age: timedelta) -> Wave | None:
    if timedelta(0) <= age < BEFORE_LASTS:
        return Wave.BEFORE
    return Wave.AFTER if AFTER_OPENS <= age < OVER else None
