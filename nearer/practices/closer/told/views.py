"""The pages on which two people tell each other something, and receive it in their own time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.parts.advice import received
from nearer.practices.closer.apps import CloserConfig
from nearer.practices.closer.headsup.forms import HeadsUpForm
from nearer.practices.closer.repair.forms import RepairForm
from nearer.practices.closer.repair.hints import hint
from nearer.practices.closer.told import keeping as tellings
from nearer.practices.closer.told.forms import AnswerForm, ReplyForm
from nearer.practices.closer.told.keeping import TOLD
from nearer.practices.closer.told.rules import PARTS, NotOpen, Sort, Told, Wish
from nearer.records import between, keeping, putaway
from nearer.records.keeping import BondNotOpen, NotThere, ref_in
from nearer.records.shelf import Shelf
from nearer.sittings.page.between import around, in_bond
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


AGAIN, LATE = HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT
PAGES = {
    Sort.HOPE: Page(name="closer:notes", template="closer/between/notes.html"),
    Sort.AHEAD: Page(name="closer:ahead", template="closer/between/ahead.html", form=HeadsUpForm),
    Sort.REPAIR: Page(name="closer:again", template="closer/between/again.html", form=RepairForm, hint=hint),
}


@require_safe
@in_bond(CloserConfig.label)
def notes(request: MemberRequest, place: Place) -> HttpResponse:
    """Show the hopes and worries that the two shared."""
    return _page(request, place, Sort.HOPE)


@require_http_methods(["GET", "HEAD", "POST"])
@in_bond(CloserConfig.label)
def ahead(request: MemberRequest, place: Place) -> HttpResponse:
    """Show the heads-ups of the two, and take a new one."""
    return _tell(request, place, Sort.AHEAD)


@require_http_methods(["GET", "HEAD", "POST"])
@in_bond(CloserConfig.label)
def again(request: MemberRequest, place: Place) -> HttpResponse:
    """Show the apologies of the two, and take a new one."""
    return _tell(request, place, Sort.REPAIR)


def _tell(request: MemberRequest, place: Place, sort: Sort) -> HttpResponse:
    page, show = PAGES[sort], partial(_page, request, place, sort)
    if page.form is None or request.method != "POST":
        return show()
    form = page.form(request.POST)
    if not form.is_valid():
        return show(form=form, status=AGAIN)
    given = form.cleaned_data
    said = {part: given[part] for part in PARTS[sort] if given[part]}
    wish = given.get("wish", Wish.NOTHING)
    if found := before_it_goes(request, *said.values(), more=page.hint(said)):
        return show(form=form, hint=found, status=AGAIN)
    by = given["by"].isoformat() if wish is Wish.VIEW else ""
    try:
        told = Told(seat=place.seat, sort=sort, said=said, wish=wish, by=by)
        tellings.tell(place, told, at=timezone.now(), once=mark_of(request))
    except BondNotOpen:
        return show(form=form, notice=_late(_("Nothing new can be kept here."), *said.values()), status=LATE)
    return redirect(f"{reverse(page.name)}#told")


@require_POST
@in_bond(CloserConfig.label)
def answer(request: MemberRequest, place: Place) -> HttpResponse:
    """Receive what the other told, or say what one would like where that was asked."""
    ref, room = ref_in(request.POST.get("record", "")), redirect("sittings:room", slug=CloserConfig.label)
    try:
        told = keeping.get(Shelf.of_bond(place), TOLD, ref).document if ref else None
    except NotThere:
        return given_back(request, "words", "view", then=room)
    if ref is None or told is None:
        return room
    replies = request.POST.get("way") == "reply"
    form = (ReplyForm if replies else AnswerForm)(request.POST)
    show = partial(_page, request, place, Sort(told.sort))
    found = form.is_valid() and _hint(request, form.cleaned_data, replies=replies)
    if found or not form.is_valid():
        return show(answer=form, at_fault=str(ref), answer_hint=found, status=AGAIN)
    try:
        (tellings.reply if replies else tellings.answer)(place, ref, **form.cleaned_data, at=timezone.now())
    except (NotOpen, NotThere, BondNotOpen):
        if (told.seat == place.seat) is not replies:
            raise Http404 from None
        return show(
            notice=_late(
                _("This has moved on since. Your words were not sent."),
                *map(request.POST.get, ("words", "view")),
            ),
            status=LATE,
        )
    return redirect(f"{reverse(PAGES[Sort(told.sort)].name)}#t-{ref}")


def _hint(request: MemberRequest, given: Mapping[str, str], *, replies: bool) -> object:
    more = None if replies else received(given["words"])
    return before_it_goes(request, given["words"], given.get("view", ""), more=more)


@require_POST
@in_bond(CloserConfig.label)
def take_back(request: MemberRequest, place: Place) -> HttpResponse:
    """Take back one's part of a telling, or fold away that the other did; one that is gone needs no word."""
    ref, named = ref_in(request.POST.get("record", "")), request.POST.get("on", "")
    if ref:
        with suppress(BondNotOpen):
            between.take_back(place, TOLD, ref)
    return redirect(next((PAGES[sort].name for sort in Sort if sort == named), PAGES[Sort.HOPE].name))


def _page(
    request: MemberRequest,
    place: Place,
    sort: Sort,
    *,
    form: forms.Form | None = None,
    answer: forms.Form | None = None,
    at_fault: str = "",
    status: int = HTTPStatus.OK,
    **more: Any,  # Any: a hint, a notice
) -> HttpResponse:
    page = PAGES[sort]
    items = tellings.items_in(putaway.gather(place, request.ring, TOLD), place, sort)
    between.look(request, place, page.name, items, at=timezone.now())
    context = {
        **around(place),
        "waiting": [item for item in items if item.seen.waits], "items": [item for item in items if not item.seen.waits],
        "sort": sort, "form": form or (page.form() if page.form else None),
        "answer": answer or AnswerForm(), "at_fault": at_fault, **more,
    }  # fmt: skip
    return render(request, page.template, context, status=status)


def _late(text: str, *typed: str | None) -> Notice:
    return Notice(text=text, typed="\n".join(filter(None, typed)))
