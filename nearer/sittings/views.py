"""The rooms, and the sitting page: one view for every practice."""

from __future__ import annotations

from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.protocol import IllegalMove, Mode, UnreadableMove
from nearer.sittings import actions, queries, reminders
from nearer.sittings.access import sitting_of
from nearer.sittings.header import Header
from nearer.sittings.log import Run, open_run
from nearer.sittings.models import Sitting
from nearer.sittings.parked import PARKED, offer_for, parked_notice, topic_parked
from nearer.sittings.posted import fields_of, typed_in
from nearer.sittings.practice import NoSuchPractice, PracticeConfig, practice, practices
from nearer.sittings.show import FRAGMENT, Notice, respond


@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    """List the practices."""
    return render(request, "sittings/rooms.html", {"rooms": practices(), "tab": "practise"})


@require_safe
def room(request: MemberRequest, slug: str) -> HttpResponse:
    """Show one practice: what will happen, how long it takes, and how to begin."""
    place = request.visit.place
    return render(request, "sittings/room.html", {"room": _room(slug), "place": place, "tab": "practise"})


@require_POST
def start(request: MemberRequest, slug: str) -> HttpResponse:
    """Begin a sitting in the current bond, in one of the ways the room can be held."""
    config, place = _room(slug), request.visit.place
    if place is None:
        return redirect("sittings:room", slug=slug)
    mode = next((mode for mode in Mode if mode == request.POST.get("mode")), Mode.LIVE)
    # One that ended quietly must not be found open: it could neither be played nor ended from its page.
    actions.let_time_pass(place, at=timezone.now())
    try:
        facts = queries.facts_for(place, config.dialogue) | topic_parked(request, place, config)
        begun = actions.start(place, config, facts=facts, mode=mode)
    except (actions.BondNotOpen, actions.NotOffered):
        return redirect("sittings:room", slug=slug)
    return redirect("sittings:sitting", ref=begun.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def sitting(request: MemberRequest, ref: UUID) -> HttpResponse:
    """Show a sitting as this person may see it now, and take their moves."""
    row, place = sitting_of(request, ref)
    if request.method == "POST":
        return _take_move(request, row, place)
    notice = parked_notice() if PARKED in request.GET else None
    return respond(request, open_run(row, place), at=timezone.now(), notice=notice)


def _take_move(request: MemberRequest, row: Sitting, place: Place) -> HttpResponse:
    at, name = timezone.now(), request.POST.get("move", "")
    room = Header.of(row, place).room
    kind = room.kinds.get(name)
    if kind is None:
        unknown = Notice(
            text=_("Choose one of the buttons on this page."), typed=typed_in(request.POST, fields_of(room))
        )
        return respond(request, open_run(row, place), at=at, notice=unknown, status=422)
    form = room.forms[kind](request.POST) if kind in room.forms else None
    if form is not None and not form.is_valid():
        run = open_run(row, place)
        status = 422 if name in run.position.view(run.seat)["legal"] else 409
        notice = None if status == 422 else _missed(form)  # noqa: PLR2004 - the answer's own code
        return respond(request, run, at=at, bound={name: form}, notice=notice, status=status)
    try:
        move = kind(**(form.cleaned_data if form else {}))
        offer = offer_for(request, room, move)
        if offer and form and name in (run := open_run(row, place)).position.view(run.seat)["legal"]:
            return respond(request, run, at=at, bound={name: form}, status=422, offer=offer)
        played = actions.play(ref=row.pk, place=place, move=move, seq=_seq(request), at=at)
    except (actions.TooLate, IllegalMove, UnreadableMove):
        row.refresh_from_db()
        return _too_late(request, open_run(row, place), name, form)
    if played.header.mode == Mode.ASYNC and not played.position.calls_on(played.seat):
        reminders.forget(request, row.pk)
    if request.headers.get(FRAGMENT):
        return respond(request, played, at=at)
    return redirect("sittings:sitting", ref=row.pk)


def _too_late(request: MemberRequest, fresh: Run, name: str, form: Form | None) -> HttpResponse:
    still_open = form is not None and name in fresh.position.view(fresh.seat)["legal"]
    bound = {name: form} if form is not None and still_open else None
    return respond(request, fresh, at=timezone.now(), bound=bound, notice=_missed(form), status=409)


def _missed(form: Form | None) -> Notice:
    typed = "" if form is None else typed_in(form.data, form.fields)
    return Notice(text=_("The two of you have moved on since. This was not sent."), typed=typed)


def _seq(request: HttpRequest) -> int:
    text = request.POST.get("seq", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1  # noqa: PLR2004 - far above any log


def _room(slug: str) -> PracticeConfig:
    try:
        return practice(slug)
    except NoSuchPractice:
        raise Http404 from None
