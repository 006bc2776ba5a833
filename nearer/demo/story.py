"""PURE: what happens in the demo, read from its files; the words are data, and so is who says them when."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STORY = Path(__file__).parent / "story"


def people() -> dict[str, Any]:
    """Return who the two are, as `people.toml` says."""
    return tomllib.loads((STORY / "people.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing somebody does.

    Attributes:
        who: their username.
        page: the page they open for it, or "page → link" for where a link on it leads that holds these letters; "here" for
            the one they are on, "" for the sitting.
        form: which of its forms they send: a kind of move, or the end of an address; "" for none, only to look.
        fields: what they fill in.
        hours: how much time passes before it.
    """

    who: str
    page: str = ""
    form: str = ""
    fields: Mapping[str, Any]
    hours: float = 0


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What happens in one go.

    Attributes:
        at: when it begins.
        by: who begins a sitting; "" where none is begun.
        room: its practice.
        mode: how it is held.
        steps: what is done, in turn.
    """

    at: datetime
    by: str = ""
    room: str = ""
    mode: str = ""
    steps: tuple[Step, ...]


def scenes(files: Iterable[Path], *, today: date, zone: tzinfo) -> list[Scene]:
    """Return all scenes in the order in which they happen.

    Args:
        files: TOML, as described in `docs/demo.md`.
        today: the day on which the story has come to its end.
        zone: where the two live.

    Raises:
        ValueError: a scene is not as it should be; the message says which.
    """
    told = [
        _scene(each, today, zone)
        for path in sorted(files)
        for each in tomllib.loads(path.read_text(encoding="utf-8"))["scene"]
    ]
    return sorted(told, key=lambda scene: scene.at)


def _scene(told: Mapping[str, Any], today: date, zone: tzinfo) -> Scene:
    try:
        hours = float(told.get("pause", 0))
        steps = tuple(_step(each, hours) for each in told["steps"])
        by, room, mode = told.get("by", ""), told.get("room", ""), told.get("mode", "")
        return Scene(at=_moment(told, today, zone), by=by, room=room, mode=mode, steps=steps)
    except (KeyError, TypeError, ValueError) as problem:
        raise ValueError(f"{told}: {problem!r}") from problem


def _moment(told: Mapping[str, Any], today: date, zone: tzinfo) -> datetime:
    """Return when a scene begins: some days ago, or on a day of one of the weeks before this one."""
    if "ago" in told:
        day = today - timedelta(days=told["ago"])
    else:
        monday = today - timedelta(days=today.weekday())
        day = monday - timedelta(weeks=told["week"]) + timedelta(days=DAYS.index(told["day"]))
    return datetime.combine(day, time.fromisoformat(told["at"]), zone)


def _step(told: list[Any], hours: float) -> Step:
    """Return a step: [who, move, fields?], [who, page, address?, fields?], or either with hours at its end."""
    rest = list(told)
    waits = rest.pop() if isinstance(rest[-1], int | float) else hours
    fields = rest.pop() if isinstance(rest[-1], dict) else {}
    who, *where = rest
    page, form = where if len(where) > 1 else ((where[0], "") if where[0].startswith("/") else ("", where[0]))
    return Step(who=who, page=page, form=form, fields=fields, hours=waits)
