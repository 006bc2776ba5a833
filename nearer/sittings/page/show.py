"""What one person may see of a sitting now, ready for a page. Content leaves the server through here only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render

from nearer.bonds.visit import MemberRequest
from nearer.protocol import Dialogue, Mode, Move, Seat
from nearer.protocol.moves import leads_on
from nearer.records import cards
from nearer.sittings.letters import night
from nearer.sittings.letters.turns import newest
from nearer.sittings.one_phone import table
from nearer.sittings.page.after import after
from nearer.sittings.practice import PracticeConfig
from nearer.sittings.run.actions import last_unheard
from nearer.sittings.run.log import Run, heard, lapsed, told

FRAGMENT = "X-Fragment"
# After a sitting: which of what it offers comes next.
THEN = "then"
# With no more than these, and signs, a page waits.
STAY = ("Leave", "Pause")
# Of the phone's owner: what a page may know that shows nothing of either of them.
BARE = ("seat", "mode", "over", "paused", "lobby", "legal")


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A sentence above the stage, with what the person typed when it was not sent.

    Attributes:
        text: the sentence.
        typed: their words, to copy.
        is_good: whether it tells of something that went well.
        where: the part of the page that it belongs to, "park"; without that part it stands at the top.
    """

    text: str
    typed: str = ""
    is_good: bool = False
    where: str = ""


@dataclass(frozen=True, kw_only=True)
class Names:
    """The two as this page calls them."""

    me: str
    you: str


def shown(run: Run) -> dict[str, Any]:
    """Return the projection for whoever is looking."""
    if run.sitting.is_over and not run.log:
        done, leaves = run.header.done, run.header.outcome.get("leaves", False)
        return {
            "seat": run.seat, "over": True, "done": done, "ended": not done, "kept": False, "leaves": leaves, "legal": [],
        }  # fmt: skip
    view = run.position.view(run.seat)
    if run.sitting.is_over and run.header.keeps:
        view |= {"over": True, "done": True, "ended": False, "kept": True, "legal": []}
    return view


def respond(
    request: MemberRequest,
    run: Run,
    *,
    at: datetime,
    bound: dict[str, Form] | None = None,
    notice: Notice | None = None,
    status: int = 200,
    seat: Seat | None = None,
    **more: Any,  # Any: what a template uses beside the stage
) -> HttpResponse:
    """Render the sitting: the whole page, or only the stage when the page's script asks for it.

    A time that has passed counts without being stored: once, so that all of the page is of one moment.
    On one phone `seat` names who says that they hold it, and whose form it is that came back with errors.
    """
    template = "sittings/stage.html" if request.headers.get(FRAGMENT) else "sittings/sitting.html"
    run = lapsed(run, at)
    page = context(run, at=at, bound=bound, notice=notice) | more
    if night.rests(run.header, at) and not (bound or page["view"]["over"]):
        page |= at_night(page["view"], at)
    if run.header.mode == Mode.ONE:
        sits = table.sits(request, run.sitting.pk)
        page |= {"one": True, "sits": sits}
        if not page["view"]["over"]:
            page |= on_one_phone(run, page, at=at, sits=sits, seat=seat, bound=bound)
    # Plans are agreed to and pulses given on pages of one's own: not on a phone that lies between two people.
    if page["view"].get("done") and not page.get("sits"):
        passed = request.GET.get(THEN) == "pulse"
        follows = after(run, request.ring, at=at, passed=passed)
        goes_on = cards.ending(request, run.place, at=at) if follows else []
        page |= {"after": follows, "goes_on": goes_on, "place": run.place}
    return render(request, template, page, status=status)


def at_night(view: dict[str, Any], at: datetime) -> dict[str, Any]:  # Any: plain values
    """Return what letters that rest at night change on a page: of where the two are nothing is on it."""
    until = night.morning(at)
    bare = {name: view[name] for name in BARE} | {"paused": False, "lobby": False, "legal": ["Leave"]}
    return {
        "view": bare | {"due": until, "waits": view["waits"]},
        "forms": {},
        "letter": None,
        "night": until,
        "step": "night",
    }


def context(
    run: Run, *, at: datetime, bound: dict[str, Form] | None = None, notice: Notice | None = None
) -> dict[str, Any]:
    """Return everything a room's templates may use.

    Args:
        run: the sitting as it is by now.
        at: now.
        bound: a form that came back with errors.
        notice: what is said above the stage.
    """
    theirs = run.place.their_card
    names = Names(me=run.place.my_card.name, you=theirs.name if theirs else "")
    view = shown(run)
    stage = stage_context(run.header.room, run.position, view, at=at, bound=bound, notice=notice, names=names)
    if run.header.mode != Mode.ONE:  # there each half has forms of its own, which begin with nothing
        for name, form in stage["forms"].items():
            if not (form.is_bound or form.initial):
                form.initial = run.header.room.recall(run.place, name, view)
    in_letters = view.get("mode") is Mode.ASYNC
    # The whole count would tell that something is on its way, or that the other has sealed their answer.
    counts = {"seq": heard(run), "told": told(run)} if run.log else {"seq": run.sitting.seq, "told": None}
    back: dict[str, Any] = {"may_take_back": not view["over"] and last_unheard(run) is not None}
    letter = letter_in(view, run.header.room, newest(run)) if in_letters else None
    if in_letters and not (view["over"] or view["lobby"]):
        back["keeping"] = {"both": run.header.keeps, "mine": run.seat in run.header.keepers}
    about = {"sitting": run.sitting, "ref": run.sitting.pk, "tab": "practise", "letter": letter}
    return {**stage, **about, **counts, **back}


def letter_in(
    view: dict[str, Any], room: PracticeConfig, sent: Move | None
) -> dict[str, Any] | None:  # Any: plain values
    """Return what the other wrote last, when an answer to it is open: it stands alone, before what it asks for.

    Args:
        view: as the reader has it.
        room: the practice.
        sent: what reached the reader last, while they have not gone on from it.
    """
    said = [saying for saying in view.get("said", ()) if saying["words"]]
    if not said or getattr(sent, "words", None) != said[-1]["words"]:
        return None
    answers = [room.kinds[name] for name in view["legal"] if name not in STAY]
    is_open = any(leads_on(kind) and not kind.sealed for kind in answers)
    return said[-1] if is_open and not said[-1]["mine"] else None


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
    open_now = {
        name: room.form(kind, position.mode) for name, kind in room.kinds.items() if name in view["legal"]
    }
    forms = {name: form for name, form in open_now.items() if form is not None}
    return {
        "view": view,
        "room": room,
        "stage_templates": room.steps(view.get("stage", "")),
        "frame": room.frame("page"),
        "kept_templates": room.keepsakes,
        "step": "over" if view["over"] else position.step_for(view["seat"]),
        "names": names,
        "forms": forms | (bound or {}),
        "notice": notice,
        "now": at,
        # Without JavaScript a page that waits asks again by itself; letters take their days.
        "waiting": not view["over"]
        and view.get("mode") is not Mode.ASYNC
        and not any(leads_on(room.kinds[name]) and name not in STAY for name in view["legal"]),
    }


def on_one_phone(
    run: Run,
    page: dict[str, Any],
    *,
    at: datetime,
    sits: bool,
    seat: Seat | None,
    bound: dict[str, Form] | None,
) -> dict[str, Any]:
    """Return what a sitting on one phone changes on its page.

    Args:
        run: the sitting as it is by now, opened by whoever is signed in.
        page: their own page of it.
        at: now.
        sits: whether this browser is the phone between them.
        seat: who says that they hold it, or whose form came back with errors.
        bound: that form.
    """
    if not sits:
        bare = {name: page["view"][name] for name in BARE} | {"paused": False, "lobby": False}
        view, started = bare | {"legal": ["Leave"]}, run.seat == run.header.starter
        alone = {"view": view, "dock_view": view, "forms": {}, "started_by_me": started, "waiting": True}
        return {**alone, "lies": table.Lies.ELSEWHERE, "step": table.Lies.ELSEWHERE}
    position, owner = run.position, run.seat
    common = {"waiting": False, "dock_view": page["view"], "owner": owner, "owner_name": page["names"].me}
    if not position.running:
        return common
    lies, whose = table.lying(position, owner=owner, holding=seat)
    common |= {"lies": lies, "step": f"{page['step']}-{lies}-{whose}"}
    if lies is table.Lies.HALVES:
        parts = [_part(run, at, each, bound if each is (seat or owner) else None) for each in Seat]
        return common | {"halves": sorted(parts, key=lambda part: part["view"]["started_by_me"])}
    if lies is table.Lies.ALONE:
        part = _part(run, at, whose, bound)
        return {**part, **common, "holding": whose, "notice": page["notice"]}
    bare = {name: page["view"][name] for name in BARE}
    name = page["names"].me if whose is owner else page["names"].you
    said = Notice(text=page["notice"].text) if page["notice"] else None
    return {**common, "view": bare, "forms": {}, "notice": said, "whose": whose, "name": name}


def _part(run: Run, at: datetime, seat: Seat, bound: dict[str, Form] | None) -> dict[str, Any]:
    """Return one seat's page of a shared phone, with the ids of its forms kept apart from the other's."""
    mine, theirs = run.place.my_card, run.place.their_card or run.place.my_card
    me, you = (mine, theirs) if seat is run.seat else (theirs, mine)
    position, names = run.position, Names(me=me.name, you=you.name)
    part = stage_context(run.header.room, position, position.view(seat), at=at, names=names, bound=bound)
    for form in part["forms"].values():
        form.auto_id = f"id_{seat}_%s"
    return {**part, "me": me.ink, "you": you.ink, "half_frame": run.header.room.frame("half")}
