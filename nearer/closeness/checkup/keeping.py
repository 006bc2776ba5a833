"""Check-ups as they are kept: in their author's drawer, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from nearer.bonds.place import Place
from nearer.closeness.checkup.comparing import HALF_YEAR, TOGETHER, compared
from nearer.closeness.checkup.instruments import Instrument, instruments
from nearer.closeness.picture.rules import Week
from nearer.records import keeping
from nearer.records.keeping import Kept, Kind
from nearer.records.shelf import Shelf
from nearer.statistics.change import Change

GOOD_MOST = 300
STEPS, PICTURES = 2, 4
"""By how many pictures a half-year has to differ from the one before, and how many it needs."""


@dataclass(frozen=True, kw_only=True)
class Checkup:
    """What is sealed.

    Attributes:
        bond: the id of the bond it is about.
        name: what the other was called then.
        good: what is going well, in own words.
        form: the name of the questionnaire; empty for none.
        version: of it.
        answers: the place of each answer among its labels.
    """

    bond: str
    name: str
    good: str = ""
    form: str = ""
    version: int = 0
    answers: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no answer to a questionnaire we know."""
        if self.form in instruments() and self.version == instruments()[self.form].version:
            instruments()[self.form].score(self.answers)

    @property
    def score(self) -> int | None:
        """The sum; None where there is no questionnaire, or one of another version."""
        form = instruments().get(self.form)
        return form.score(self.answers) if form and form.version == self.version else None


CHECKUP = Kind(name="check-up", shape=Checkup)


def own(drawer: Shelf, place: Place) -> list[Kept[Checkup]]:
    """Return somebody's own check-ups in a bond, newest first.

    Raises:
        VaultError: their drawer is closed.
    """
    mine = [kept for kept in keeping.find(drawer, CHECKUP) if kept.document.bond == str(place.bond.pk)]
    return mine[::-1]


def said_of(form: Instrument, found: list[Kept[Checkup]]) -> Change | None:
    """Return how the answers to a questionnaire differ from those of the half-year before; None while there are none to compare.

    Args:
        form: which questionnaire.
        found: somebody's check-ups, newest first.
    """
    same = [
        (kept.at, float(score))
        for kept in found
        if kept.document.form == form.name and (score := kept.document.score) is not None
    ]
    return compared(form, [((same[0][0] - at).days, score) for at, score in same]) if same else None


def pictures_say(weeks: tuple[Week, ...], *, today: date) -> Change | None:
    """Return how somebody's own pictures of the last half-year differ from those of the one before; None for too few."""
    since = [(today - week.monday, week.mine) for week in weeks if week.mine]
    late = [picture for ago, picture in since if ago <= HALF_YEAR]
    early = [picture for ago, picture in since if HALF_YEAR < ago <= 2 * HALF_YEAR]
    if min(len(late), len(early)) < PICTURES:
        return None
    moved = median(late) - median(early)
    return Change.NONE if abs(moved) < STEPS else Change.UP if moved > 0 else Change.DOWN


def is_low(kept: Kept[Checkup]) -> bool:
    """Whether its author reads a kind sentence, and where to find somebody to talk with."""
    form, score = instruments().get(kept.document.form), kept.document.score
    return form is not None and score is not None and score < form.cut


def is_soon(found: list[Kept[Checkup]], *, at: datetime) -> bool:
    """Whether the last one was so recently that there is no need for another yet: less than a season ago with four questions."""
    if not found:
        return False
    form = instruments().get(found[0].document.form)
    return at - found[0].at < timedelta(days=form.again_after if form else TOGETHER.days)
