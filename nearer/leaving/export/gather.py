"""What goes into somebody's own copy of the spaces they are in: what they said, and what was opened to them.

Of the other it holds what was opened, and nothing else: nothing private, sealed or withdrawn, and no count of
anything. Of a space one left there are one's own words alone, for as long as one could come back or withdraw
them; what the other said there one has where one kept a copy. The shape is described in docs/export.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.utils.translation import gettext as _

from nearer.bonds import first
from nearer.bonds.paper import First
from nearer.bonds.place import Place, places_of
from nearer.bonds.visit import PrivateRequest
from nearer.calendars import entry as entries
from nearer.closeness import belongings as closeness
from nearer.home import ways_back
from nearer.keepsakes import items as keepsakes
from nearer.leaving.export.words import parts_of, words_of
from nearer.plans import later, lines, looks, parking
from nearer.records import keeping
from nearer.records.drawer import drawer_of
from nearer.records.keeping import Gathered
from nearer.records.shelf import Shelf
from nearer.rhythm import belongings as rhythm
from nearer.sittings.models import Sitting
from nearer.sittings.practice import practice, practices
from nearer.sittings.run.log import arrived, open_runs
from nearer.sittings.taking_back import sayings

AT_ONCE = 50
KINDS = (*lines.KINDS, parking.PARKED, later.LATER, keepsakes.KEEPSAKE, entries.ENTRY)

# Any: plain JSON values throughout.
type Plain = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Space:
    """A space somebody takes their words along from.

    Attributes:
        place: theirs.
        was_left: whether they left it; then only their own words are in the copy.
    """

    place: Place
    was_left: bool = False

    def holds(self, *, mine: bool) -> bool:
        """Say whether words are taken along, by whose they are."""
        return mine or not self.was_left


def spaces_of(request: PrivateRequest, *, at: datetime) -> list[Space]:
    """Return the spaces somebody is in, and after them those they left and could come back to.

    Args:
        request: theirs, with the drawer open.
        at: now.
    """
    left = ways_back.left_by(drawer_of(request), at=at)
    return [
        *(Space(place=place) for place in places_of(request.user.pk, ring=request.ring)),
        *(Space(place=each.place, was_left=True) for each in left),
    ]


def space(space: Space, *, at: datetime) -> Plain:
    """Return what stands in a space, but for its sittings and files."""
    place, found = space.place, keeping.gather(Shelf.of_bond(space.place), *KINDS)
    theirs, asked = place.their_card, first.taken_along(place)
    parts = [(room.dialogue.slug, room.belongings.shared(place)) for room in practices()]
    parts += [(closeness.NAME, closeness.shared(place)), (rhythm.NAME, rhythm.shared(place))]
    return {
        "with": theirs.name if theirs else "",
        "kin": place.kin,
        "since": _day(place.since),
        "state": "left" if space.was_left else str(place.bond.state),
        "first_question": _first(asked, space) if asked else None,
        "plans": _plans(found, space, at),
        "parked": [
            words_of(item.text, mine=item.mine)
            for item in parking.items_in(found, place)
            if space.holds(mine=item.mine)
        ],
        "keepsakes": [_keepsake(item) for item in kept_in(found, space, at=at)],
        "times": [
            {"starts": kept.document.starts.isoformat(), "minutes": kept.document.minutes}
            for kept in entries.entries_in(found)
            if space.holds(mine=False) and not kept.document.is_off
        ],
        "come_back_to": [_later(kept.document) for kept in found.of(later.LATER)],
        "practices": [
            plain for name, kept in parts for plain in parts_of(name, kept, only_mine=space.was_left)
        ],
    }


def sittings(space: Space, *, at: datetime) -> Iterator[Plain]:
    """Yield the sittings of a space in which something is left to read, oldest first."""
    place = space.place
    rows = Sitting.objects.filter(bond=place.bond, entries__isnull=False).distinct().order_by("day", "pk")
    refs = list(rows.values_list("pk", flat=True))
    for some in batched(refs, AT_ONCE, strict=False):
        found = Sitting.objects.in_bulk(some)
        for run in open_runs([found[ref] for ref in some if ref in found], place):
            said = sayings.own_and_opened(arrived(run, at))
            words = [
                words_of(each.words, mine=each.seat is run.seat)
                for each in said
                if space.holds(mine=each.seat is run.seat)
            ]
            if words:
                yield {
                    "practice": run.header.practice,
                    "title": str(run.header.room.title),
                    "held": str(run.header.mode),
                    "day": run.header.day(run.sitting).isoformat(),
                    "words": words,
                }


def files(space: Space, *, at: datetime) -> Iterator[tuple[str, bytes]]:
    """Yield the keepsakes of a space, each with the name under which it lies in the copy."""
    for item, content in keepsakes.open_all(space.place, at=at):
        if space.holds(mine=item.mine):
            yield file_name(item), content


def kept_in(found: Gathered, space: Space, *, at: datetime) -> list[keepsakes.Item]:
    """Return the keepsakes that are taken along, among what was gathered."""
    items = keepsakes.items_in(found, space.place, at=at)
    return [item for item in items if not item.is_gone and space.holds(mine=item.mine)]


def file_name(item: keepsakes.Item) -> str:
    """Return the name under which a keepsake's file lies in the copy."""
    ending = "webp" if item.is_photo else "m4a"
    return f"files/{item.ref}.{ending}"


def label_of(held: str) -> str:
    """Return how a sitting was held, in words."""
    return {"live": _("live"), "one": _("on one phone"), "async": _("in letters")}.get(held, held)


def _first(asked: First, space: Space) -> Plain:
    mine = words_of(asked.mine, mine=True) if asked.mine else None
    is_open = asked.is_open and space.holds(mine=False)
    return {
        "question": str(asked.question),
        "mine": mine,
        "theirs": words_of(asked.theirs, mine=False) if is_open else None,
    }


def _plans(found: Gathered, space: Space, at: datetime) -> list[Plain]:
    seat = space.place.seat
    said = {
        each.document.plan: each.document.verdict
        for each in found.of(looks.SAID)
        if each.document.seat == seat
    }
    shown = [line for line in lines.lines_in(found, space.place, at=at).lines if space.holds(mine=line.mine)]
    return [_plan(line, said.get(str(line.ref), "")) for line in shown]


def _plan(line: lines.Line, said: str) -> Plain:
    plain: Plain = {"mine": line.mine, "cue": line.cue, "act": line.act, "stand": str(line.stand)}
    both = str(line.look) if line.look in list(looks.Verdict) else ""
    more = {
        "by": line.by.isoformat() if line.by else "",
        "look": {"mine": said} if said else {"both": both} if both else {},
        "earlier": [list(pair) for pair in line.earlier],
    }
    return plain | {name: value for name, value in more.items() if value}


def _later(wish: later.Later) -> Plain:
    return {
        "practice": wish.practice,
        "title": str(practice(wish.practice).title),
        "day": wish.day.isoformat(),
    }


def _keepsake(item: keepsakes.Item) -> Plain:
    return {
        "mine": item.mine, "day": _day(item.day), "sort": str(item.what.sort), "words": item.what.words,
        "description": item.what.alt, "file": file_name(item) if item.what.file else "", "page": item.what.leaf,
    }  # fmt: skip


def _day(day: date) -> str:
    return day.isoformat()
