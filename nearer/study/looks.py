"""What somebody sees of the two looks: how it stands, their own answers, and what of them lies with a study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError

from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import PrivateRequest
from nearer.closeness.checkup.instruments import Instrument, instruments
from nearer.closeness.checkup.keeping import STEPS
from nearer.database import cannot_store
from nearer.records.drawer import drawer_of
from nearer.records.keeping import Kept
from nearer.records.shelf import Shelf
from nearer.statistics.change import Change, change
from nearer.study import box, giving
from nearer.study import keeping as study
from nearer.study.codebook import Cells, said
from nearer.study.forms import LookForm
from nearer.study.models import Study
from nearer.study.rules import FORM, Answers, Stand, Wave


@dataclass(frozen=True, kw_only=True)
class Look:
    """One look somebody took.

    Attributes:
        kept: what they answered.
        is_given: whether it lies with the study.
        may_give: whether it could go there now.
        leaves: what of it leaves if it is given.
    """

    kept: Kept[Answers]
    is_given: bool
    may_give: bool
    leaves: Cells = field(repr=False)

    @property
    def is_after(self) -> bool:
        """Whether it is the second one."""
        return self.kept.document.wave == Wave.AFTER


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What one of the two sees.

    Attributes:
        now: how it stands.
        looks: their own, newest first.
        there: the study one may give to, or has given to; None where there is none to speak of.
        may_give: whether both could say yes to giving now.
        pair: what the two are called there, once somebody sees that they gave something.
        asked: the questionnaire that fits the two.
    """

    now: Stand
    looks: tuple[Look, ...]
    there: Study | None
    may_give: bool
    pair: str
    asked: Instrument | None

    def form(self, sent: Mapping[str, Any] | None = None) -> LookForm:
        """Return the form of a look."""
        return LookForm(sent, form=self.asked)

    @property
    def is_answered(self) -> bool:
        """Whether the look that is open was taken."""
        return any(_is_of(self.now.begun, self.now.wave, look.kept) for look in self.looks)

    @property
    def is_there(self) -> bool:
        """Whether a look is open, and was not taken."""
        return self.now.wave is not None and not self.is_answered

    @property
    def is_low(self) -> bool:
        """Whether its author reads a kind sentence, and where to find somebody to talk with."""
        score = self.looks[0].kept.document.score if self.looks else None
        return score is not None and score < instruments()[FORM].cut

    @property
    def both(self) -> tuple[Answers, Answers] | None:
        """The first and the second look that belong together, the newest of them; None while one is missing."""
        for look in self.looks:
            begun = date.fromisoformat(look.kept.document.begun)
            first = next((each for each in self.looks if _is_of(begun, Wave.BEFORE, each.kept)), None)
            if look.is_after and first:
                return first.kept.document, look.kept.document
        return None

    @property
    def changed(self) -> Change | None:
        """What may be said of the questionnaire in both; None where there is none to compare."""
        before, after = (each.score for each in self.both) if self.both else (None, None)
        form = instruments()[FORM]
        return None if before is None or after is None else change([before], [after], form.exact)

    @property
    def pictures(self) -> Change | None:
        """What may be said of the pictures in both."""
        if self.both is None:
            return None
        moved = self.both[1].picture - self.both[0].picture
        return Change.NONE if abs(moved) < STEPS else Change.UP if moved > 0 else Change.DOWN


def seen(request: PrivateRequest, place: Place, *, at: datetime) -> Seen:
    """Return what whoever asks sees, with their drawer open."""
    there, hand = box.there(), Shelf.at_hand(request.user.pk, request.ring)
    now = study.stand_of(place, there, at=at)
    pair = giving.pair_of(place, there)
    if pair and not now.is_giving:
        _tidy(place)
        pair = None
    lies = giving.given(hand, pair)
    mine = study.own(drawer_of(request), place)[::-1]
    fits = instruments()[FORM]
    may = there is not None and may_give(place, there, at=at, now=now)
    takes = now.is_giving and there is not None and there.closed_on is None
    return Seen(
        now=now,
        looks=tuple(_look(kept, lies, takes=takes) for kept in mine),
        there=there if may or now.give or lies else None,
        may_give=may,
        pair=box.name_of(pair) if pair and lies else "",
        asked=fits if place.kin in fits.fits else None,
    )


def may_give(place: Place, there: Study, *, at: datetime, now: Stand | None = None) -> bool:
    """Whether the two could say yes to giving: their looks go on, the study takes something, and there is company."""
    now = now or study.stand_of(place, there, at=at)
    is_open = place.bond.state == Bond.State.OPEN and there.closed_on is None
    return is_open and now.begun is not None and box.has_company()


def _tidy(place: Place) -> None:
    """Take out what was given where not both are giving: one of them is gone, or somebody else sits there by now."""
    try:
        giving.take_out(place)
    except DatabaseError as problem:
        if not cannot_store(problem):
            raise


def _look(kept: Kept[Answers], lies: giving.Lies, *, takes: bool) -> Look:
    made = kept.document
    return Look(
        kept=kept,
        is_given=(made.begun, Wave(made.wave)) in lies,
        may_give=takes and made.wave not in {wave for _, wave in lies},
        leaves=said(made.picture, made.form, made.version, made.answers),
    )


def _is_of(begun: date | None, wave: Wave | None, kept: Kept[Answers]) -> bool:
    made = kept.document
    return begun is not None and wave is not None and (made.begun, made.wave) == (begun.isoformat(), wave)
