"""The pages on which somebody asks for something now, and the other answers."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nearer import clock
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.practices.support.apps import ROOM
from nearer.practices.support.ask import keeping as asks
from nearer.practices.support.ask import muting
from nearer.practices.support.ask.forms import AnswerForm, AskForm
from nearer.practices.support.ask.keeping import ASKED
from nearer.practices.support.ask.rules import NotOpen
from nearer.practices.support.cards import cards
from nearer.practices.support.known import keeping as known
from nearer.records import between, keeping, one_each, putaway
from nearer.records.keeping import BondNotOpen, NotThere, ref_in
from nearer.sittings.page.between import around, in_bond
from nearer.sittings.page.show import Notice
from nearer.sittings.run import actions
from nearer.web.once import mark_of
from nearer.web.sure import before_it_goes
from nearer.web.unsent import given_back


@require_http_methods(["GET", "HEAD", "POST"])
@in_bond(ROOM)
def ask(request: MemberRequest, place: Place) -> HttpResponse:
    """Show what is asked for, by both; take a new one."""
    form = AskForm(request.POST or None)
    if request.method != "POST":
        return _page(request, place)
    if not form.is_valid():
        return _page(request, place, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if hint := before_it_goes(request, form.cleaned_data["words"]):
        return _page(request, place, form=form, hint=hint, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        asks.ask(place, **form.cleaned_data, at=clock.now(), once=mark_of(request))
    except BondNotOpen:
        notice = Notice(text=_("Nothing new can be kept here."), typed=form.cleaned_data["words"])
        return _page(request, place, form=form, notice=notice, status=HTTPStatus.CONFLICT)
    return redirect("support:ask")


@require_POST
@in_bond(ROOM)
def answer(request: MemberRequest, place: Place) -> HttpResponse:
    """Answer what the other asked for; "now" leads into the room."""
    ref, form = ref_in(request.POST.get("record", "")), AnswerForm(request.POST)
    if ref is None:
        return redirect("support:ask")
    if not keeping.is_still(ref):
        return given_back(request, "line", "full", then=redirect("support:ask"))
    if not form.is_valid():
        return _page(request, place, answer=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if hint := before_it_goes(request, form.given.get("line", "")):
        return _page(request, place, answer=form, hint_answer=hint, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        opened = asks.answer(place, ref, form.cleaned_data["answer"], form.given, at=clock.now())
    except NotOpen:
        raise Http404 from None
    except (NotThere, BondNotOpen, actions.BondNotOpen):
        typed = form.cleaned_data["line"] or form.cleaned_data["full"]
        notice = Notice(text=_("This has moved on since. Your words were not sent."), typed=typed)
        return _page(request, place, notice=notice, status=HTTPStatus.CONFLICT)
    return redirect("sittings:sitting", ref=opened) if opened else redirect("support:ask")


@require_POST
@in_bond(ROOM)
def take_back(request: MemberRequest, place: Place) -> HttpResponse:
    """Take back one's ask, or one's answer."""
    if ref := ref_in(request.POST.get("record", "")):
        with suppress(BondNotOpen):
            between.take_back(place, ASKED, ref)
    return redirect("support:ask")


@require_POST
@in_bond(ROOM)
def mute(request: MemberRequest, place: Place) -> HttpResponse:
    """Keep asks off one's own Today, or let them come there again. The other never learns of it."""
    muting.mute(place, request.ring, on=request.POST.get("on") == "yes", at=clock.now())
    return redirect("support:ask")


def _page(
    request: MemberRequest,
    place: Place,
    *,
    form: AskForm | None = None,
    answer: AnswerForm | None = None,
    status: int = HTTPStatus.OK,
    **more: Any,  # Any: a hint, a notice
) -> HttpResponse:
    at = clock.now()
    found = putaway.gather(place, request.ring, ASKED, known.SHOWN)
    items = asks.items_in(found, place, at=at)
    asks.clear(found, place, at=at)
    own = form is not None or "own" in request.GET  # what one asks for oneself has the page to itself
    context = {
        **around(place),
        "own": own, "theirs": None if own else next((item for item in items if not item.seen.mine), None),
        "mine": next((item for item in items if item.seen.mine), None),
        "form": form or AskForm(), "answer": answer or AnswerForm(), "cards": cards(),
        "comforts": one_each.of(found, known.SHOWN, place.seat.other, shown=True), "is_muted": muting.is_muted(place, request.ring), **more,
    }  # fmt: skip
    return render(request, "support/between/ask.html", context, status=status)
