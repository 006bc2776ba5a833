"""Practising with a script: one address, for anybody, that keeps nothing."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nearer.accounts.slowing import limits
from nearer.bonds.cards import other_ink
from nearer.bonds.look import Look, look
from nearer.bonds.visit import Visit
from nearer.protocol import IllegalMove, Mode, UnreadableMove
from nearer.sittings.page.parked import hint_for
from nearer.sittings.page.posted import fields_of, typed_in
from nearer.sittings.page.show import FRAGMENT, Names, Notice, stage_context
from nearer.sittings.partner.rehearsal import ME, Rehearsal, Stale, Unreadable
from nearer.sittings.practice import NoSuchPractice, PracticeConfig, practice
from nearer.web.views import error_page

LISTEN = "Listen"
"""What a page sends when nothing is played, and the script goes on."""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def partner(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a practice with a script, or play one move of it."""
    try:
        room = practice(slug)
    except NoSuchPractice:
        raise Http404 from None
    try:
        limits.check_address(request, limits.PRACTISING)
        if request.method == "POST":
            return _take_move(request, Rehearsal.read(request.POST.get("state", ""), room))
        at = timezone.now()
        return _show(request, Rehearsal.begin(room, at=at, after=_met(request)), at=at)
    except limits.TooMany:
        return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
    except Stale:
        return _gone(request, room, HTTPStatus.GONE)
    except Unreadable:
        return _gone(request, room, HTTPStatus.UNPROCESSABLE_ENTITY)


def _take_move(request: HttpRequest, rehearsal: Rehearsal) -> HttpResponse:
    at, name, room = timezone.now(), request.POST.get("move", ""), rehearsal.room
    if name == LISTEN:
        return _show(request, rehearsal.listen(at), at=at)
    kind = room.kinds.get(name)
    if kind is None:
        typed = typed_in(request.POST, fields_of(room))
        unknown = Notice(text=_("Choose one of the buttons on this page."), typed=typed)
        return _show(request, rehearsal, at=at, notice=unknown, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    form = room.form(kind, Mode.LIVE, request.POST)
    if name not in rehearsal.position.view(ME)["legal"]:
        return _missed(request, rehearsal, form, at)
    if form is not None and not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _show(request, rehearsal, at=at, bound={name: form}, status=status)
    try:
        move = kind(**(form.cleaned_data if form else {}))
        # A parking place belongs to two people; a hint helps one who practises alone as well.
        if form is not None and (hint := hint_for(request, room, move)):
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return _show(request, rehearsal, at=at, bound={name: form}, status=status, **hint)
        played = rehearsal.play(move, at)
    except (IllegalMove, UnreadableMove):
        return _missed(request, rehearsal, form, at)
    return _show(request, played, at=at)


def _missed(request: HttpRequest, rehearsal: Rehearsal, form: Form | None, at: datetime) -> HttpResponse:
    typed = "" if form is None else typed_in(form.data, form.fields)
    notice = Notice(text=_("This was not sent. It belongs to another step."), typed=typed)
    return _show(request, rehearsal, at=at, notice=notice, status=HTTPStatus.CONFLICT)


def _show(
    request: HttpRequest,
    rehearsal: Rehearsal,
    *,
    at: datetime,
    bound: dict[str, Form] | None = None,
    notice: Notice | None = None,
    status: int = HTTPStatus.OK,
    **more: Any,  # Any: what a template uses beside the stage
) -> HttpResponse:
    position = rehearsal.position
    visit: Visit | None = getattr(request, "visit", None)
    names = Names(me=visit.face.name if visit else _("You"), you=rehearsal.persona.name)
    stage = stage_context(
        rehearsal.room, position, position.view(ME), at=at, names=names, bound=bound, notice=notice
    )
    # A page that waits would ask for the address again, and so begin anew.
    own = {
        "rehearsal": rehearsal,
        "state": rehearsal.written(),
        "seq": len(rehearsal.log),
        "waiting": False,
        "tab": "practise",
    }
    template = "stage" if request.headers.get(FRAGMENT) else "rehearsal"
    context = {**stage, **own, **_inks(request), **more}
    return render(request, f"sittings/{template}.html", context, status=status)


def _gone(request: HttpRequest, room: PracticeConfig, status: int) -> HttpResponse:
    typed = typed_in(request.POST, fields_of(room))
    notice = Notice(text=_("This was not sent."), typed=typed) if typed else None
    context = {
        "room": room,
        "stale": status == HTTPStatus.GONE,
        "notice": notice,
        "tab": "practise",
        **_inks(request),
    }
    return render(request, "sittings/rehearsal_gone.html", context, status=status)


def _inks(request: HttpRequest) -> dict[str, Any]:
    """Return the look of the page: the person's own, with an ink for the script that is nobody's."""
    mine = look(request)["look"]
    return {
        "look": Look(me=mine.me, you=other_ink(mine.me), theme=mine.theme, name=mine.name, sign=mine.sign)
    }


def _met(request: HttpRequest) -> int | None:
    """Return the number of the persona somebody has practised with before, if the address tells it."""
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None  # noqa: PLR2004 - far above any number of personas
