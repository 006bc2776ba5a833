"""What goes into somebody's own copy: what they said, what they keep, and what was opened to them.

Of the other it holds what was opened, and nothing else: nothing private, sealed or withdrawn, and no count of
anything. The shape is described in docs/export.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.utils.translation import gettext as _

from nearer.bonds.place import Place
from nearer.bonds.visit import PrivateRequest
from nearer.keepsakes import items as keepsakes
from nearer.leaving import copies
from nearer.library import bookmarks
from nearer.library.models import Comment
from nearer.plans import lines, parking
from nearer.protocol import Words
from nearer.pulse import readings
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings import reminders, sayings
from nearer.sittings.log import arrived, open_runs
from nearer.sittings.models import Sitting

FORMAT, VERSION = "nearer-export", 1
AT_ONCE = 50

# Any: plain JSON values throughout.
type Plain = dict[str, Any]


def account(request: PrivateRequest, *, at: datetime) -> Plain:
    """Return what is known of the person themselves.

    Args:
        request: theirs, with the drawer open.
        at: now.
    """
    user, face = request.user, request.visit.face
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_on": at.date().isoformat(),
        "account": {
            "username": user.username, "since": _day(user.made_on), "name": face.name, "ink": face.ink,
            "theme": face.theme, "home_screen": face.sign, "not_suggested": list(face.unwanted),
        },
    }  # fmt: skip


def private(request: PrivateRequest) -> Plain:
    """Return what the person keeps for themselves alone, and what they read and said in the library."""
    user, ring = request.user.pk, request.ring
    drawer, hand = Shelf.of_person(user, ring, request.drawer), Shelf.at_hand(user, ring)
    return {
        "kept_for_me": [_copy(kept) for kept in keeping.find(drawer, copies.COPY)],
        "readings": [_reading(kept) for kept in keeping.find(drawer, readings.READING)],
        "reminders": [{"at": kept.document.at} for kept in keeping.find(hand, reminders.WISH)],
        "bookmarks": bookmarks.marked(user, ring=ring),
        "comments": [
            {"article": comment.article.slug, "at": comment.at.isoformat(), "text": comment.text}
            for comment in Comment.objects.filter(voice__account=user)
            .select_related("article")
            .order_by("at")
        ],
    }


def space(place: Place, *, at: datetime) -> Plain:
    """Return what stands in a bond of the person, but for its sittings and files."""
    theirs, first = place.their_card, place.first
    return {
        "with": theirs.name if theirs else "",
        "kin": place.kin,
        "since": _day(place.bond.made_on),
        "state": str(place.bond.state),
        "first_question": _first(first) if first else None,
        "plans": [_plan(line) for line in lines.lines_of(place, at=at).lines],
        "parked": [words_of(item.text, mine=item.mine) for item in parking.items_of(place)],
        "keepsakes": [_keepsake(item) for item in keepsakes.items_of(place, at=at) if not item.is_gone],
    }


def sittings(place: Place, *, at: datetime) -> Iterator[Plain]:
    """Yield the sittings of a bond in which something is left to read, oldest first."""
    rows = Sitting.objects.filter(bond=place.bond, entries__isnull=False).distinct().order_by("day", "pk")
    refs = list(rows.values_list("pk", flat=True))
    for some in batched(refs, AT_ONCE, strict=False):
        found = Sitting.objects.in_bulk(some)
        for run in open_runs([found[ref] for ref in some if ref in found], place):
            said = sayings.own_and_opened(arrived(run, at))
            if said:
                yield {
                    "practice": run.header.practice,
                    "title": str(run.header.room.title),
                    "held": str(run.header.mode),
                    "day": run.sitting.day.isoformat(),
                    "words": [words_of(each.words, mine=each.seat is run.seat) for each in said],
                }


def words_of(words: Words, *, mine: bool) -> Plain:
    """Return words as they are written down: whose, how they read, and what became of them."""
    plain: Plain = {"mine": mine, "text": "" if words.withdrawn else str(words)}
    if words.withdrawn:
        plain["withdrawn"] = True
    if words.earlier:
        plain["earlier"] = list(words.earlier)
    return plain


def file_name(item: keepsakes.Item) -> str:
    """Return the name under which a keepsake's file lies in the copy."""
    ending = "webp" if item.is_photo else "m4a"
    return f"files/{item.ref}.{ending}"


def _copy(kept: keeping.Kept[copies.Copy]) -> Plain:
    document = kept.document
    words = [
        {key: value for key, value in part.items() if value or key in {"mine", "text"}}
        for part in document.parts
    ]
    return {"title": document.title, "with": document.name, "kept_on": _day(kept.day), "words": words}


def _reading(kept: keeping.Kept[readings.Reading]) -> Plain:
    said = {item: getattr(kept.document, item) for item in readings.ITEMS}
    return {"with": kept.document.name, "at": kept.at.isoformat(), **said}


def _first(first: Any) -> Plain:
    mine = words_of(first.mine, mine=True) if first.mine else None
    return {
        "question": str(first.question),
        "mine": mine,
        "theirs": words_of(first.theirs, mine=False) if first.is_open else None,
    }


def _plan(line: lines.Line) -> Plain:
    plain: Plain = {"mine": line.mine, "cue": line.cue, "act": line.act, "stand": str(line.stand)}
    return plain | ({"earlier": [list(pair) for pair in line.earlier]} if line.earlier else {})


def _keepsake(item: keepsakes.Item) -> Plain:
    return {
        "mine": item.mine, "day": _day(item.day), "sort": str(item.what.sort), "words": item.what.words,
        "description": item.what.alt, "file": file_name(item),
    }  # fmt: skip


def _day(day: date) -> str:
    return day.isoformat()


def label_of(held: str) -> str:
    """Return how a sitting was held, in words."""
    return {"live": _("live"), "one": _("on one phone"), "async": _("in letters")}.get(held, held)
