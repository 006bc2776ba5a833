"""What goes into somebody's own copy of what is theirs alone: their account, their drawer, their library."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from nearer.bonds.visit import PrivateRequest
from nearer.calendars import own
from nearer.calendars.free import FIRST_DAY, Hours, Part, moment
from nearer.closeness import belongings as closeness
from nearer.leaving import copies
from nearer.leaving.export import library
from nearer.leaving.export.words import parts_of
from nearer.library import bookmarks
from nearer.notices import channels, wishes
from nearer.plans import looks
from nearer.pulse import readings
from nearer.records import keeping
from nearer.records.drawer import drawer_of
from nearer.records.shelf import Shelf
from nearer.sittings.letters import reminders
from nearer.sittings.practice import practices
from nearer.study import belongings as study

FORMAT, VERSION = "nearer-export", 2

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
        "made_on": timezone.localdate(at).isoformat(),
        "account": {
            "username": user.username, "since": user.made_on.isoformat(), "name": face.name, "ink": face.ink,
            "theme": face.theme, "home_screen": face.sign, "not_suggested": list(face.unwanted),
            "zone": face.zone,
        },
    }  # fmt: skip


def private(request: PrivateRequest) -> Plain:
    """Return what the person keeps for themselves alone, and what they read and said in the library.

    Raises:
        VaultError: something of it does not open.
    """
    user, ring, drawer = request.user.pk, request.ring, drawer_of(request)
    found = keeping.gather(drawer, copies.COPY, readings.READING, looks.NOTE)
    at_hand = keeping.gather(Shelf.at_hand(user, ring), reminders.WISH, *own.KINDS)
    return {
        "kept_for_me": [_copy(kept) for kept in found.of(copies.COPY)],
        "readings": [_reading(kept) for kept in found.of(readings.READING)],
        "plan_notes": [_note(kept) for kept in found.of(looks.NOTE)],
        "practices": [
            *(
                part
                for room in practices()
                for part in parts_of(room.dialogue.slug, room.belongings.own(drawer))
            ),
            *parts_of(closeness.NAME, closeness.own(drawer)),
            *parts_of(study.NAME, study.own(drawer)),
        ],
        "notices": _notices(user, ring.profile),
        "reminders": [{"at": kept.document.at} for kept in at_hand.of(reminders.WISH)],
        "own_time": _own_time(at_hand),
        "bookmarks": bookmarks.marked(user, ring=ring),
        "library": library.names(user),
        "comments": library.said(user),
    }


def _notices(user: UUID, profile: bytes) -> Plain | None:
    """Return when and where somebody is called; None when they are not."""
    chosen = wishes.chosen_by(user)
    if chosen is None:
        return None
    wish = {
        name: said.isoformat("minutes") if isinstance(said, time) else said
        for name, said in asdict(chosen.wish).items()
    }
    places = channels.channels_of(user, profile)
    return wish | {
        "places": [
            {"sort": str(each.sort), "name": each.name, "since": each.since.isoformat() if each.since else ""}
            for each in places
        ]
    }


def _own_time(found: keeping.Gathered) -> Plain:
    halves = [half for kept in found.of(own.HALVES) for half in kept.document.halves]
    return {
        "days": [_days(kept.document.hours) for kept in found.of(own.DAYS)],
        "half_days": [
            {"day": (FIRST_DAY + timedelta(days=day)).isoformat(), "part": Part(part).name.lower()}
            for day, part in halves
        ],
        "calendars": [_calendar(kept) for kept in found.of(own.CALENDAR)],
    }


def _days(hours: Hours) -> Plain:
    clock = (f"{minute // 60:02}:{minute % 60:02}" for minute in (hours.wakes, hours.sleeps))
    return dict(zip(("from", "until"), clock, strict=True)) | {"energy": list(hours.energy)}


def _calendar(kept: keeping.Kept[own.Calendar]) -> Plain:
    busy = [[moment(begin).isoformat(), moment(end).isoformat()] for begin, end in kept.document.busy]
    return {"address": kept.document.address, "read_on": kept.day.isoformat(), "busy": busy}


def _copy(kept: keeping.Kept[copies.Copy]) -> Plain:
    document = kept.document
    words = [
        {key: value for key, value in part.items() if value or key in {"mine", "text"}}
        for part in document.parts
    ]
    day = kept.day.isoformat()
    return {"title": document.title, "with": document.name, "kept_on": day, "words": words}


def _reading(kept: keeping.Kept[readings.Reading]) -> Plain:
    said = {item: getattr(kept.document, item) for item in readings.ITEMS}
    return {"with": kept.document.name, "at": kept.at.isoformat(), **said}


def _note(kept: keeping.Kept[looks.Note]) -> Plain:
    note = kept.document
    return {
        "cue": note.cue, "act": note.act, "on": kept.day.isoformat(), "happened": note.happened, "helped": note.helped,
    }  # fmt: skip
