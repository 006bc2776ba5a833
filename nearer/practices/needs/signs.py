"""Reading me: what somebody's own signs mean, in their words, and the questions the other may ask about them.

A line lies in its owner's drawer. Shown, a copy of it lies on the bond's shelf until its owner takes it back.
What the other noticed is a question, never a fact: its owner confirms it, corrects it, or leaves it, and one
that is left shows to nobody but its owner.

What one was shown does not change unseen. An answer is given once, and where a line, a question or an answer is
taken back, the other finds "withdrawn" there until they fold it away; on its author's own pages nothing is left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.records import keeping
from nearer.records.keeping import Gathered, Kept, Kind, NotThere
from nearer.records.shelf import Shelf

LINE_MOST, QUESTION_MOST = 200, 140
OPEN_MOST = 5
LEFT = "left"
UNANSWERED = ("", LEFT)


class Channel(StrEnum):
    """Where a sign is seen or heard, and what to do about it."""

    VOICE = "voice"
    FACE = "face"
    HANDS = "hands"
    SILENCE = "silence"
    HELPS = "helps"
    NOT = "not"  # what does not help


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of somebody's own guide.

    Attributes:
        channel: what it is about.
        words: the line.
    """

    channel: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A line that its owner shows.

    Attributes:
        seat: whose it is.
        of: the id of the line in their drawer.
        channel: what it is about.
        words: the line; empty once it was taken back.
        withdrawn: whether it was.
    """

    seat: str
    of: str
    channel: str
    words: str
    withdrawn: bool = False


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """Something one noticed in the other, as a question.

    Attributes:
        seat: whoever asks.
        words: what they noticed.
        said: "yes" or "more" once its owner answered, "left" once they left it, empty until then.
        answer: how its owner puts it.
        gone: the seat that took its part back, question or answer; what both took back is not kept.
    """

    seat: str
    words: str
    said: str = ""
    answer: str = ""
    gone: str = ""

    def without(self, seat: str) -> Noticed | None:
        """Return what stays when one of the two takes their part back, or leaves it; None for nothing."""
        if self.gone:
            return self if self.gone == seat else None
        if self.seat == seat:
            return None if self.said == LEFT else replace(self, words="", gone=seat)
        if self.said in UNANSWERED:
            return replace(self, said=LEFT)
        return replace(self, said="", answer="", gone=seat)


LINE = Kind(name="sign", shape=Line)
SHOWN = Kind(name="sign-shown", shape=Shown)
NOTICED = Kind(name="sign-noticed", shape=Noticed)


def gather(place: Place) -> Gathered:
    """Return what a bond keeps of two guides."""
    return keeping.gather(Shelf.of_bond(place), SHOWN, NOTICED)


class Answered(Exception):
    """Whoever asked has an answer by now. It is not put right behind their back."""


def lines_of(found: Gathered, seat: str) -> list[Kept[Shown]]:
    """Return the lines of one of the two as the other finds them, by what they are about; some were taken back."""
    order = list(Channel)
    mine = [kept for kept in found.shown(SHOWN) if kept.document.seat == seat]
    return sorted(mine, key=lambda kept: order.index(Channel(kept.document.channel)))


def shown_by(found: Gathered, seat: str) -> list[Kept[Shown]]:
    """Return the lines that one of the two shows, by what they are about."""
    return [kept for kept in lines_of(found, seat) if not kept.document.withdrawn]


def asked_of(found: Gathered, place: Place) -> list[Kept[Noticed]]:
    """Return the questions that wait for this person, who may leave them; some were taken back."""
    theirs = [kept for kept in found.shown(NOTICED) if kept.document.seat != place.seat]
    return [k for k in theirs if not k.document.said and k.document.gone != place.seat]


def asked_by(found: Gathered, place: Place) -> list[Kept[Noticed]]:
    """Return this person's questions without an answer. Those that were left are among them, and look the same."""
    mine = [kept for kept in found.of(NOTICED) if kept.document.seat == place.seat]
    return [k for k in mine if k.document.said in UNANSWERED and not k.document.gone]


def answered(found: Gathered, seat: str, *, reader: str) -> list[Kept[Noticed]]:
    """Return what was noticed in one of the two and answered by them, but for what the reader took back."""
    about = [k for k in found.shown(NOTICED) if k.document.seat != seat and k.document.gone != reader]
    return [k for k in about if k.document.said not in UNANSWERED or k.document.gone == seat]


def show(place: Place, kept: Kept[Line], *, at: datetime) -> None:
    """Show a line of one's own; one that is shown already stays as it is, and one that was taken back returns.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf, line = Shelf.of_bond(place), kept.document
    shown = Shown(seat=place.seat, of=str(kept.ref), channel=line.channel, words=line.words)
    with keeping.changing(shelf):
        before = [each for each in lines_of(gather(place), place.seat) if each.document.of == shown.of]
        if not before:
            keeping.put(shelf, SHOWN, shown, at=at)
        elif before[0].document.withdrawn:
            keeping.replace(shelf, SHOWN, before[0].ref, shown, at=at)


def take_back(place: Place, of: str) -> None:
    """Take back a line of one's own that was shown, also in a closed bond: the other finds that it was withdrawn."""
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        for kept in shown_by(gather(place), place.seat):
            if kept.document.of == of:
                gone = replace(kept.document, words="", withdrawn=True)
                keeping.replace(shelf, SHOWN, kept.ref, gone, at=kept.at, closed=True)


def fold_away(place: Place, ref: UUID) -> None:
    """Fold away that the other took a line back; a line that is shown stays."""
    shelf = Shelf.of_bond(place)
    for kept in lines_of(gather(place), place.seat.other):
        if kept.ref == ref and kept.document.withdrawn:
            keeping.remove(shelf, SHOWN, ref)


def notice(place: Place, words: str, *, at: datetime, once: str = "") -> None:
    """Ask about something one noticed, once from each page. The oldest of too many that wait is taken back, so that nobody is told of a limit.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        if keeping.came(shelf, NOTICED, once):
            return
        waiting, gone = asked_by(gather(place), place), _taken_back_by(place)
        for kept in waiting[: max(0, len(waiting) - OPEN_MOST + 1)]:
            leave(place, kept.ref)
        for kept in gone[: max(0, len(gone) - OPEN_MOST)]:
            keeping.remove(shelf, NOTICED, kept.ref)  # nor do those pile up
        kept = keeping.put(shelf, NOTICED, Noticed(seat=place.seat, words=words), at=at, once=once)
        news.tell_other(place, new=kept.ref)


def answer(place: Place, ref: UUID, said: str, words: str, *, at: datetime) -> None:
    """Confirm or correct what the other noticed, once; the same answer sent twice is one.

    Raises:
        NotThere: there is no such question for this person.
        Answered: they gave another answer, which the other has.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        asked = keeping.get(shelf, NOTICED, ref).document
        if asked.seat == place.seat or asked.said == LEFT or asked.gone:
            raise NotThere
        if asked.said and (asked.said, asked.answer) != (said, words):
            raise Answered
        if not asked.said:
            keeping.replace(shelf, NOTICED, ref, replace(asked, said=said, answer=words), at=at)


def leave(place: Place, ref: UUID) -> None:
    """Leave a question, which shows to nobody; or take back an answer or a question of one's own; or fold away.

    Of what the other was shown it stays to be seen that it was withdrawn, also in a closed bond.

    Raises:
        NotThere: there is no such question.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        kept = keeping.get(shelf, NOTICED, ref)
        keeping.keep_left(shelf, NOTICED, kept, kept.document.without(place.seat))


def withdraw(place: Place) -> None:
    """Take back every line one shows, every question one asked, and every answer one gave."""
    found = gather(place)
    for line in shown_by(found, place.seat):
        take_back(place, line.document.of)
    for asked in found.of(NOTICED):
        if asked.document.seat == place.seat or asked.document.said not in UNANSWERED:
            leave(place, asked.ref)


def _taken_back_by(place: Place) -> list[Kept[Noticed]]:
    mine = [kept for kept in gather(place).of(NOTICED) if kept.document.seat == place.seat]
    return [k for k in mine if k.document.gone == place.seat and not k.document.said]
