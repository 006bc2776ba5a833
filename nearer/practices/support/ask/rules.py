"""An ask: one card that one of the two puts before the other, and how the other answers. PURE.

It is open for a day and then gone, whatever became of it. Unanswered for two hours it shows its author, and nobody else, a way
to be kind to themselves. Whether the other looked, muted it or has no room shows nowhere; `seen_by` is the one way by which an
ask reaches anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from nearer.practices.support.moves import Wish
from nearer.protocol import Seat

WORDS_MOST, LINE_MOST = 140, 200
OPEN_FOR = timedelta(hours=24)
KIND_AFTER = timedelta(hours=2)
MEETS_FOR = timedelta(hours=1)
"""After this, an answer "now" has become a sitting, or nothing; and so has the time for which one was promised."""


class Answer(StrEnum):
    """How it can be answered. None of them is a no."""

    NOW = "now"
    AT = "at"  # at a time today
    LINE = "line"  # one caring line
    FULL = "full"  # I have no room just now


class When(StrEnum):
    """When somebody who is full has room again."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    UNSURE = "unsure"


class NotOpen(Exception):
    """This is not theirs to answer."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is sealed.

    Attributes:
        seat: who asks.
        wish: for what.
        made: when, as 2026-01-31T14:00:00+00:00.
        words: a few words to it.
        answer: how it was answered; empty for not yet.
        at: for which moment.
        line: in what words.
        when: when there is room again.
        sitting: the id of the sitting it led into.
    """

    seat: str
    wish: str
    made: str
    words: str = ""
    answer: str = ""
    at: str = ""
    line: str = ""
    when: str = ""
    sitting: str = ""

    def __post_init__(self) -> None:
        """Refuse what fits no ask."""
        Seat(self.seat), Wish(self.wish), datetime.fromisoformat(self.made)
        if self.answer:
            Answer(self.answer)
        if self.when:
            When(self.when)
        if self.at:
            datetime.fromisoformat(self.at)

    def is_over(self, at: datetime, *, changed: datetime | None = None) -> bool:
        """Whether its day is over, or the two met on it some time ago.

        Args:
            at: now.
            changed: when something was last done with it.
        """
        meets = datetime.fromisoformat(self.at) if self.at else changed if self.answer == Answer.NOW else None
        met = meets is not None and at - meets >= MEETS_FOR
        return met or at - datetime.fromisoformat(self.made) >= OPEN_FOR

    def answered(self, seat: str, answer: Answer, **given: str) -> Asked:
        """Return it as the other answered it; a later answer takes the place of an earlier one.

        Raises:
            NotOpen: it is their own.
        """
        if seat == self.seat:
            raise NotOpen
        bare = replace(self, at="", line="", when="", sitting="")
        return replace(bare, answer=answer, **given)

    def without(self, seat: str) -> Asked | None:
        """Return what stays when one of the two takes their part back; None for nothing."""
        if seat == self.seat:
            return None
        return replace(self, answer="", at="", line="", when="", sitting="")

    def seen_by(self, seat: str, *, at: datetime, changed: datetime) -> Seen | None:
        """Return what a seat may see of it now; None once it is over. See `is_over`.

        Args:
            seat: whose page it is.
            at: now, where they are.
            changed: when something was last done with it, in the same zone.
        """
        if self.is_over(at, changed=changed):
            return None
        mine = self.seat == seat
        waited = at - datetime.fromisoformat(self.made) >= KIND_AFTER
        return Seen(
            mine=mine, wish=Wish(self.wish), words=self.words, answer=Answer(self.answer) if self.answer else None,
            at=datetime.fromisoformat(self.at) if self.at else None, line=self.line,
            when=self._when(days=(at.date() - changed.date()).days), sitting=self.sitting,
            is_long=mine and waited and not self.answer,
        )  # fmt: skip

    def _when(self, *, days: int) -> When | None:
        """Return when there is room again, as it reads so many days after it was said."""
        if days > 0 and self.when != When.UNSURE:
            return When.TODAY if self.when == When.TOMORROW and days == 1 else None
        return When(self.when) if self.when else None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An ask as one of the two sees it.

    Attributes:
        mine: whether they asked.
        wish: for what.
        words: a few words to it.
        answer: how it was answered.
        at: for which moment.
        line: in what words.
        when: when there is room again.
        sitting: the id of the sitting it led into.
        is_long: whether its author may want to be kind to themselves meanwhile.
    """

    mine: bool
    wish: Wish
    words: str
    answer: Answer | None
    at: datetime | None
    line: str
    when: When | None
    sitting: str
    is_long: bool
