"""Reading me: what somebody's own signs mean, in their words, and the questions the other may ask about them.

A line lies in its owner's drawer. Shown, a copy of it lies on the bond's shelf until its owner takes it back.
What the other noticed is a question, never a fact: its owner confirms it, corrects it, or leaves it, and one
that is left shows to nobody but its owner.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

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
        words: the line.
    """

    seat: str
    of: str
    channel: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Noticed:
    """Something one noticed in the other, as a question.

    Attributes:
        seat: whoever asks.
        words: what they noticed.
        said: "yes" or "more" once its owner answered, "left" once they left it, empty until then.
        answer: how its owner puts it.
    """

    seat: str
    words: str
    said: str = ""
    answer: str = ""


LINE = Kind(name="sign", shape=Line)
SHOWN = Kind(name="sign-shown", shape=Shown)
NOTICED = Kind(name="sign-noticed", shape=Noticed)


def gather(place: Place) -> Gathered:
    """Return what a bond keeps of two guides."""
    return keeping.gather(Shelf.of_bond(place), SHOWN, NOTICED)


def shown_by(found: Gathered, seat: str) -> list[Kept[Shown]]:
    """Return the lines that one of the two shows, by what they are about."""
    order = list(Channel)
    mine = [kept for kept in found.of(SHOWN) if kept.document.seat == seat]
    return sorted(mine, key=lambda kept: order.index(Channel(kept.document.channel)))


def asked_of(found: Gathered, place: Place) -> list[Kept[Noticed]]:
    """Return the questions that wait for this person, who may leave them."""
    return [k for k in found.of(NOTICED) if k.document.seat != place.seat and not k.document.said]


def asked_by(found: Gathered, place: Place) -> list[Kept[Noticed]]:
    """Return this person's questions without an answer. Those that were left are among them, and look the same."""
    return [k for k in found.of(NOTICED) if k.document.seat == place.seat and k.document.said in UNANSWERED]


def answered(found: Gathered, seat: str) -> list[Kept[Noticed]]:
    """Return what was noticed in one of the two and answered by them."""
    return [k for k in found.of(NOTICED) if k.document.seat != seat and k.document.said not in UNANSWERED]


def show(place: Place, kept: Kept[Line], *, at: datetime) -> None:
    """Show a line of one's own; one that is shown already stays as it is.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        mine = shown_by(gather(place), place.seat)
        if all(each.document.of != str(kept.ref) for each in mine):
            line = kept.document
            shown = Shown(seat=place.seat, of=str(kept.ref), channel=line.channel, words=line.words)
            keeping.put(shelf, SHOWN, shown, at=at)


def take_back(place: Place, of: str) -> None:
    """Take back a line of one's own that was shown, also in a closed bond."""
    shelf = Shelf.of_bond(place)
    for kept in shown_by(gather(place), place.seat):
        if kept.document.of == of:
            keeping.remove(shelf, SHOWN, kept.ref)


def notice(place: Place, words: str, *, at: datetime) -> None:
    """Ask about something one noticed. The oldest of too many that wait goes, so that nobody is told of a limit.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        mine = asked_by(gather(place), place)
        for kept in mine[: max(0, len(mine) - OPEN_MOST + 1)]:
            keeping.remove(shelf, NOTICED, kept.ref)
        keeping.put(shelf, NOTICED, Noticed(seat=place.seat, words=words), at=at)


def answer(place: Place, ref: UUID, said: str, words: str, *, at: datetime) -> None:
    """Confirm or correct what the other noticed.

    Raises:
        NotThere: there is no such question for this person.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        kept = _question(place, ref)
        keeping.replace(shelf, NOTICED, ref, replace(kept.document, said=said, answer=words), at=at)


def leave(place: Place, ref: UUID) -> None:
    """Leave a question, which shows to nobody; or take back an answer of one's own, or one's own question.

    Raises:
        NotThere: there is no such question.
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    kept = keeping.get(shelf, NOTICED, ref)
    is_answered, mine = kept.document.said not in UNANSWERED, kept.document.seat == place.seat
    if mine and is_answered:
        raise NotThere
    if mine or is_answered:
        keeping.remove(shelf, NOTICED, ref)
    else:
        keeping.replace(shelf, NOTICED, ref, replace(kept.document, said=LEFT), at=kept.at)


def _question(place: Place, ref: UUID) -> Kept[Noticed]:
    kept = keeping.get(Shelf.of_bond(place), NOTICED, ref)
    if kept.document.seat == place.seat or kept.document.said == LEFT:
        raise NotThere
    return kept
