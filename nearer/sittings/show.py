"""What one person may see of a sitting now, ready for a page. Content leaves the server through here only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from nearer.bonds.visit import MemberRequest
from nearer.protocol import Dialogue, Mode
from nearer.sittings.after import after
from nearer.sittings.log import Run, heard
from nearer.sittings.practice import PracticeConfig

FRAGMENT = "X-Fragment"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A sentence above the stage, with what the person typed when it was not sent.

    Attributes:
        text: the sentence.
        typed: their words, to copy.
        is_good: whether it tells of something that went well.
    """

    text: str
    typed: str = ""
    is_good: bool = False


@dataclass(frozen=True, kw_only=True)
class Names:
    """The two as this page calls them."""

    me: str
    you: str


def shown(run: Run, at: datetime) -> dict[str, Any]:
    """Return the projection for whoever is looking; a time that has passed counts without being stored."""
    if run.sitting.is_over and not run.log:
        done = run.header.done
        return {"seat": run.seat, "over": True, "done": done, "ended": not done, "kept": False, "legal": []}
    position = run.position
    if position.due and position.due <= at:
        position = position.lapse(position.due)
    return position.view(run.seat)


def respond(
    request: MemberRequest,
    run: Run,
    *,
    at: datetime,
    bound: dict[str, Form] | None = None,
    notice: Notice | None = None,
    status: int = 200,
    **more: Any,  # Any: what a template uses beside the stage
) -> HttpResponse:
    """Render the sitting: the whole page, or only the stage when the page's script asks for it."""
    template = "sittings/stage.html" if request.headers.get(FRAGMENT) else "sittings/sitting.html"
    page = context(run, at=at, bound=bound, notice=notice) | more
    if page["view"]["done"]:
        page |= {"after": after(run, request.ring, at=at), "place": run.place}
    return render(request, template, page, status=status)


def context(
    run: Run, *, at: datetime, bound: dict[str, Form] | None = None, notice: Notice | None = None
) -> dict[str, Any]:
    """Return everything a room's templates may use."""
    theirs = run.place.their_card
    names = Names(me=run.place.my_card.name, you=theirs.name if theirs else "")
    stage = stage_context(
        run.header.room, run.position, shown(run, at), at=at, bound=bound, notice=notice, names=names
    )
    # In letters the count would tell that something is on its way.
    seq = heard(run) if stage["view"].get("mode") is Mode.ASYNC else run.sitting.seq
    return {**stage, "sitting": run.sitting, "ref": run.sitting.pk, "seq": seq}


def stage_context(
    room: PracticeConfig,
    position: Dialogue,
    view: dict[str, Any],
    *,
    at: datetime,
    names: Names,
    bound: dict[str, Form] | None = None,
    notice: Notice | None = None,
) -> dict[str, Any]:
    """Return what the stage is drawn from: one seat's view, and the forms of the moves open to it."""
    forms = {
        name: room.forms[kind]()
        for name, kind in room.kinds.items()
        if name in view["legal"] and kind in room.forms
    }
    return {
        "view": view,
        "room": room,
        "stage_templates": room.stages,
        "kept_templates": room.keepsakes,
        "step": "over" if view["over"] else position.step_for(view["seat"]),
        "names": names,
        "forms": forms | (bound or {}),
        "notice": notice,
        "now": at,
        # Without JavaScript a page that waits asks again by itself; letters take their days.
        "waiting": not view["over"]
        and view.get("mode") is not Mode.ASYNC
        and not any(kind not in ("Leave", "Pause", "Nod") for kind in view["legal"]),
    }
