"""The pages on which two people tell each other something, and receive it in their own time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.bonds.visit import MemberRequest
from nearer.parts.advice import received
from nearer.practices.closer.apps import CloserConfig
from nearer.practices.closer.headsup.forms import HeadsUpForm
from nearer.practices.closer.items import look
from nearer.practices.closer.repair.forms import RepairForm
from nearer.practices.closer.repair.hints import hint
from nearer.practices.closer.told import keeping as tellings
from nearer.practices.closer.told.forms import AnswerForm, ReplyForm
from nearer.practices.closer.told.keeping import TOLD
from nearer.practices.closer.told.rules import PARTS, NotOpen, Sort, Told, Wish
from nearer.records import keeping, putaway
from nearer.records.keeping import BondNotOpen, NotThere, ref_in
from nearer.records.shelf import Shelf
from nearer.sittings.page.between import around
from nearer.sittings.page.show import Notice
from nearer.web.once import mark_of
from nearer.web.sure import before_it_goes
from nearer.web.unsent import given_back


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of tellings.

    Attributes:
        name: its address.
        template: what draws it.
        form: how one is written there; None where that is done in the drawer.
        hint: what its author might look at once more.
    """

    name: str
    template: str
    form: type[forms.Form] | None = None
    hint: Callable[[Mapping[str, str]], object] = lambda _: None


PAGES = {
    Sort.HOPE: Page(name="closer:notes", template="closer/between/notes.html"),
    Sort.AHEAD: Page(name="closer:ahead", template="closer/between/ahead.html", form=HeadsUpForm),
    Sort.REPAIR: Page(name="closer:again", template="closer/between/again.html", form=RepairForm, hint=hint),
}


@require_safe
def notes(request: MemberRequest) -> HttpResponse:
    """Show the hopes and worries that the two shared."""
    return _page(request, Sort.HOPE)


@require_http_methods(["GET", "HEAD", "POST"])
def ahead(request: MemberRequest) -> HttpResponse:
    """Show the heads-ups of the two, and take a new one."""
    return _tell(request, Sort.AHEAD)


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: MemberRequest) -> HttpResponse:
    """Show the apologies of the two, and take a new one."""
    return _tell(request, Sort.REPAIR)


def _tell(request: MemberRequest, sort: Sort) -> HttpResponse:
    page, place = PAGES[sort], request.visit.place
    if page.form is None or place is None or request.method != "POST":
        return _page(request, sort)
    form = page.form(request.POST)
    if not form.is_valid():
        return _page(request, sort, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    given = form.cleaned_data
    said = {part: given[part] for part in PARTS[sort] if given[part]}
    wish = given.get("wish", Wish.NOTHING)
    if found := before_it_goes(request, *said.values(), more=page.hint(said)):
        return _page(request, sort, form=form, hint=found, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    by = given["by"].isoformat() if wish is Wish.VIEW else ""
    try:
        told = Told(seat=place.seat, sort=sort, said=said, wish=wish, by=by)
        tellings.tell(place, told, at=timezone.now(), once=mark_of(request))
    except BondNotOpen:
        return _page(request, sort, form=form, notice=_shut(said), status=HTTPStatus.CONFLICT)
    return redirect(page.name)


@require_POST
def answer(request: MemberRequest) -> HttpResponse:
    """Receive what the other told, or say what one would like where that was asked."""
    place, ref = request.visit.place, ref_in(request.POST.get("record", ""))
    if place is None or ref is None:
        return redirect("sittings:room", slug=CloserConfig.label)
    try:
        told = keeping.get(Shelf.of_bond(place), TOLD, ref).document
    except NotThere:
        return given_back(request, "words", "view", then=redirect("sittings:room", slug=CloserConfig.label))
    sort, replies = Sort(told.sort), request.POST.get("way") == "reply"
    form = (ReplyForm if replies else AnswerForm)(request.POST)
    found = form.is_valid() and _hint(request, form.cleaned_data, replies=replies)
    if found or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _page(request, sort, answer=form, at_fault=str(ref), answer_hint=found, status=status)
    given = form.cleaned_data
    try:
        if replies:
            tellings.reply(place, ref, given["words"], at=timezone.now())
        else:
            tellings.answer(place, ref, **given, at=timezone.now())
    except NotOpen:
        if (told.seat == place.seat) is not replies:
            raise Http404 from None
        return _page(request, sort, notice=_moved_on(request.POST), status=HTTPStatus.CONFLICT)
    except (NotThere, BondNotOpen):
        return _page(request, sort, notice=_moved_on(request.POST), status=HTTPStatus.CONFLICT)
    return redirect(PAGES[sort].name)


def _hint(request: MemberRequest, given: Mapping[str, str], *, replies: bool) -> object:
    more = None if replies else received(given["words"])
    return before_it_goes(request, given["words"], given.get("view", ""), more=more)


@require_POST
def take_back(request: MemberRequest) -> HttpResponse:
    """Take back one's part of a telling, or fold away that the other did; one that is gone needs no word."""
    place, ref = request.visit.place, ref_in(request.POST.get("record", ""))
    named = request.POST.get("on", "")
    if place and ref:
        with suppress(BondNotOpen):
            tellings.take_back(place, ref)
    return redirect(next((PAGES[sort].name for sort in Sort if sort == named), PAGES[Sort.HOPE].name))


def _page(
    request: MemberRequest,
    sort: Sort,
    *,
    form: forms.Form | None = None,
    answer: forms.Form | None = None,
    at_fault: str = "",
    status: int = HTTPStatus.OK,
    **more: Any,  # Any: a hint, a notice
) -> HttpResponse:
    place, page, at = request.visit.place, PAGES[sort], timezone.now()
    if place is None:
        return redirect("sittings:room", slug=CloserConfig.label)
    items = tellings.items_in(putaway.gather(place, request.ring, TOLD), place, sort)
    look(request, place, page.name, items, at=at)
    context = {
        **around(place),
        "waiting": [item for item in items if item.seen.waits], "items": [item for item in items if not item.seen.waits],
        "sort": sort, "form": form or (page.form() if page.form else None),
        "answer": answer or AnswerForm(), "at_fault": at_fault, **more,
    }  # fmt: skip
    return render(request, page.template, context, status=status)


def _moved_on(given: Mapping[str, str]) -> Notice:
    typed = "\n".join(text for name in ("words", "view") if (text := given.get(name, "")))
    return Notice(text=_("This has moved on since. Your words were not sent."), typed=typed)


def _shut(said: Mapping[str, str]) -> Notice:
    return Notice(text=_("Nothing new can be kept here."), typed="\n".join(said.values()))
