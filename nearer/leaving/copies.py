"""Kept copies: what was shown to somebody, kept for themselves alone.

A copy is made of what the server shows this person now, never of what a page sends. It lies in their drawer:
it stays when they leave, when the bond is closed, and when the other withdraws the words; and no byte of
anything the other gets is different for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.plans import lines, parking
from nearer.protocol import Words
from nearer.records import keeping
from nearer.records.keeping import Kind
from nearer.records.shelf import Shelf
from nearer.sittings.models import Sitting
from nearer.sittings.run.log import arrived, open_run
from nearer.sittings.taking_back import sayings


@dataclass(frozen=True, kw_only=True)
class Part:
    """Words in a copy.

    Attributes:
        mine: whether they are one's own.
        text: as they read; empty when they were withdrawn.
        earlier: how they read before they were edited, oldest first.
        withdrawn: whether their author had taken them back.
    """

    mine: bool
    text: str
    earlier: tuple[str, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, kw_only=True)
class Copy:
    """What is sealed.

    Attributes:
        bond: the id of the bond.
        name: what the other was called.
        title: what it is a copy of.
        parts: the words.
    """

    bond: str
    name: str
    title: str
    parts: tuple[dict[str, Any], ...] = field(repr=False)

    @property
    def words(self) -> list[Part]:
        """The words in it, in order."""
        return [Part(**part) for part in self.parts]


COPY = Kind(name="kept copy", shape=Copy)


def keep(place: Place, shelf: Shelf, what: str, record: UUID, *, at: datetime) -> bool:
    """Keep what this person is shown; the same words twice are one copy.

    Args:
        place: who, and in which bond.
        shelf: their own; the drawer may be shut.
        what: "sitting", "plan", "parked" or "first".
        record: its id.
        at: now.

    Returns:
        Whether there was anything.
    """
    title, parts = SHOWN[what](place, record, at) if what in SHOWN else ("", [])
    if not parts:
        return False
    theirs = place.their_card
    copy = Copy(
        bond=str(place.bond.pk), name=theirs.name if theirs else "", title=str(title),
        parts=tuple(asdict(part) for part in parts),
    )  # fmt: skip
    same = hashlib.sha256(json.dumps(asdict(copy), sort_keys=True).encode()).hexdigest()
    keeping.put(shelf, COPY, copy, at=at, about=f"{what} {record} {same}")
    return True


def _of_sitting(place: Place, record: UUID, at: datetime) -> tuple[str, list[Part]]:
    sitting = Sitting.objects.filter(pk=record, bond=place.bond).first()
    run = open_run(sitting, place) if sitting else None
    if run is None or not sayings.may_look_back(run):
        return "", []
    said = sayings.sayings(arrived(run, at))
    return run.header.room.title, [_part(each.words, mine=each.seat is place.seat) for each in said]


def _of_plan(place: Place, record: UUID, at: datetime) -> tuple[str, list[Part]]:
    line = next((line for line in lines.lines_of(place, at=at).lines if line.ref == record), None)
    if line is None or line.stand is lines.Stand.WITHDRAWN:
        return "", []
    earlier = tuple(_sentence(*pair) for pair in line.earlier)
    return _("A plan"), [Part(mine=line.mine, text=_sentence(line.cue, line.act), earlier=earlier)]


def _of_parked(place: Place, record: UUID, at: datetime) -> tuple[str, list[Part]]:
    item = next((item for item in parking.items_of(place) if item.ref == record), None)
    return _("The parking place"), [_part(item.text, mine=item.mine)] if item else []


def _of_first(place: Place, record: UUID, at: datetime) -> tuple[str, list[Part]]:
    first = place.first
    if first is None or not first.is_open or place.bond.state not in {Bond.State.OPEN, Bond.State.CLOSED}:
        return "", []
    return str(first.question), [_part(first.theirs, mine=False), _part(first.mine, mine=True)]


def _sentence(cue: str, act: str) -> str:
    return _("When %(cue)s, then we %(act)s.") % {"cue": cue, "act": act}


def _part(words: Words, *, mine: bool) -> Part:
    text = "" if words.withdrawn else str(words)
    return Part(mine=mine, text=text, earlier=words.earlier, withdrawn=words.withdrawn)


type Shown = Callable[[Place, UUID, datetime], tuple[str, list[Part]]]
SHOWN: Mapping[str, Shown] = {
    "sitting": _of_sitting,
    "plan": _of_plan,
    "parked": _of_parked,
    "first": _of_first,
}
