"""A telling: something one of the two puts before the other outside a sitting, and how the other receives it.

A hope that is shared, a heads-up and an apology are told the same way. Each has words under a few headings, says what
it wants, and is received in one of a few ways. What it never has is a field for advice. `seen_by` is the one way by
which a telling reaches anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from nearer.practices.closer.moves import Care
from nearer.protocol import Seat

PART_MOST, ANSWER_MOST = 400, 400


class Sort(StrEnum):
    """What is told."""

    HOPE = "hope"  # a hope, a worry or an insecurity
    AHEAD = "ahead"  # a heads-up
    REPAIR = "repair"  # an apology


class Wish(StrEnum):
    """What whoever tells it would like."""

    LISTEN = "listen"
    HELP = "help"
    VIEW = "view"
    NOTHING = "nothing"


class Way(StrEnum):
    """How it can be received."""

    THANK = "thank"
    BACK = "back"
    TOUCHED = "touched"
    WANT = "want"
    VIEW = "view"
    GOOD = "good"
    NOT_YET = "not_yet"


PARTS = {
    Sort.HOPE: ("words",),
    Sort.AHEAD: ("deciding", "feel", "think"),
    Sort.REPAIR: ("did", "landed", "part", "next"),
}
WISHES = {
    Sort.HOPE: (Wish.LISTEN, Wish.HELP, Wish.NOTHING),
    Sort.AHEAD: (Wish.NOTHING, Wish.VIEW),
    Sort.REPAIR: (Wish.NOTHING,),
}
CARE = tuple(Way(care.value) for care in Care)
"""The four ways to receive what somebody shared, as in a sitting."""
SAYS_BACK = frozenset({Way.BACK, Way.VIEW})
"""These hold the other's words again, and go when those are withdrawn."""
WORDY = SAYS_BACK | {Way.TOUCHED}
"""These are nothing without words."""


class NotOpen(Exception):
    """This is not theirs to do, or not any more."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is sealed.

    Attributes:
        seat: who tells it.
        sort: what it is.
        said: the words by heading; none once they were withdrawn.
        wish: what its author would like.
        by: until which day a view is asked for, as 2026-01-31.
        of: the id of what it was copied from, in its author's drawer.
        way: how it was received; empty for not yet.
        words: in what words.
        view: the view that was asked for.
        reply: what its author would like, where that was asked.
        gone: the seat that took its part back.
    """

    seat: str
    sort: str
    said: dict[str, str] = field(default_factory=dict)
    wish: str = Wish.NOTHING
    by: str = ""
    of: str = ""
    way: str = ""
    words: str = ""
    view: str = ""
    reply: str = ""
    gone: str = ""

    def __post_init__(self) -> None:
        """Refuse what fits no telling."""
        seats, way = {"", *Seat}, self.way == "" or self.way in list(Way)
        if not (
            self.seat and {self.seat, self.gone} <= seats and way and self.wish in WISHES[Sort(self.sort)]
        ):
            raise ValueError
        if self.by:
            date.fromisoformat(self.by)

    @property
    def ways(self) -> tuple[Way, ...]:
        """How the other can receive it now; "thank you, not yet" leaves all of it open, and so does an answer taken back."""
        if self.gone == self.seat or self.way not in {"", Way.NOT_YET}:
            return ()
        match self.sort:
            case Sort.HOPE:
                return CARE
            case Sort.AHEAD:
                return (Way.VIEW,) if self.wish == Wish.VIEW else (Way.THANK,)
        return tuple(way for way in (Way.GOOD, Way.BACK, Way.NOT_YET) if way != self.way)

    def answered(self, seat: str, way: Way, words: str, view: str = "") -> Told:
        """Return it as the other received it; the same answer sent twice is one.

        Raises:
            NotOpen: it is their own, was withdrawn, or is received by now, or this is no way to.
        """
        answered = replace(self, way=way, words=words, view=view if way is Way.VIEW else "", gone="")
        if seat == self.seat or not (way in self.ways or answered == self):
            raise NotOpen
        return answered

    def may_reply(self, seat: str) -> bool:
        """Whether somebody was asked what they would like, and has not said."""
        return seat == self.seat and self.way == Way.WANT and not (self.reply or self.gone)

    def replied(self, seat: str, words: str) -> Told:
        """Return it with what its author would like; the same sent twice is one.

        Raises:
            NotOpen: nobody asked, or they have said.
        """
        replied = replace(self, reply=words)
        if not (self.may_reply(seat) or (seat == self.seat and replied == self)):
            raise NotOpen
        return replied

    def without(self, seat: str) -> Told | None:
        """Return what stays when one of the two takes their part back, or folds away that the other did; None for nothing.

        A say-back is made of the words, and goes with them.
        """
        if self.gone and self.gone != self.seat and seat == self.seat:
            return Told(seat=self.seat, sort=self.sort, gone=seat)
        if self.gone:
            return self if self.gone == seat else None
        if seat == self.seat:
            rest = Told(seat=self.seat, sort=self.sort, gone=seat)
            return rest if self.way in SAYS_BACK else replace(rest, way=self.way, words=self.words)
        return replace(self, way="", words="", view="", gone=seat) if self.way else self

    def seen_by(self, seat: str) -> Seen | None:
        """Return what a seat may see of it: of one's own that was withdrawn, nothing."""
        mine = self.seat == seat
        if self.gone == seat and (mine or not self.said):
            return None
        return Seen(
            mine=mine, sort=Sort(self.sort), wish=Wish(self.wish), by=date.fromisoformat(self.by) if self.by else None,
            said=tuple((part, self.said[part]) for part in PARTS[Sort(self.sort)] if self.said.get(part)),
            withdrawn=self.gone == self.seat, of=self.of if mine else "",
            way=Way(self.way) if self.way else None, words=self.words, view=self.view, reply=self.reply,
            answer_withdrawn=self.gone not in {"", self.seat},
            ways=() if mine else self.ways, may_reply=self.may_reply(seat),
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A telling as one of the two sees it.

    Attributes:
        mine: whether they told it.
        sort: what it is.
        wish: what its author would like.
        by: until which day.
        said: heading and words, in order.
        withdrawn: whether its author took the words back.
        of: what it was copied from, for its author.
        way: how it was received.
        words: in what words.
        view: the view that was asked for.
        reply: what its author said they would like.
        answer_withdrawn: whether whoever received it took their answer back.
        ways: how this person can receive it now.
        may_reply: whether this person was asked what they would like.
    """

    mine: bool
    sort: Sort
    wish: Wish
    by: date | None
    said: tuple[tuple[str, str], ...]
    withdrawn: bool
    of: str
    way: Way | None
    words: str
    view: str
    reply: str
    answer_withdrawn: bool
    ways: tuple[Way, ...]
    may_reply: bool

    @property
    def waits(self) -> bool:
        """Whether this person has something to say to it and has not."""
        return self.may_reply or (bool(self.ways) and self.way is None and not self.answer_withdrawn)
