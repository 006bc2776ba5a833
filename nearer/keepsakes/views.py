"""Keepsakes: adding one, looking at it or listening to it, taking it back. The book they stand in: `book_views`."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.bonds.decorators import paired
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.files.serving import serve
from nearer.files.storing import Gone, ShelfFull
from nearer.keepsakes import items
from nearer.keepsakes.forms import LeafForm, LineForm, PhotoForm, VoiceForm
from nearer.keepsakes.items import Sort
from nearer.records.keeping import BondNotOpen, NotThere, ref_in
from nearer.web.middleware import permissions
from nearer.web.no_room import needs_no_room
from nearer.web.once import mark_of
from nearer.web.sure import before_it_goes
from nearer.web.unsent import given_back

# What is sent to browsers was written by the workshop, so there are two kinds and no others.
KINDS = {Sort.PHOTO: ("image/webp", "photo.webp"), Sort.VOICE: ("audio/mp4", "voice.m4a")}

ADDS = {Sort.PHOTO: "keepsakes:photo", Sort.VOICE: "keepsakes:voice", Sort.LINE: "keepsakes:line"}


@require_http_methods(["GET", "HEAD", "POST"])
@paired
def line(request: MemberRequest, place: Place) -> HttpResponse:
    """Write a line for both."""
    return _add(request, place, LineForm, Sort.LINE)


@require_http_methods(["GET", "HEAD", "POST"])
@paired
def photo(request: MemberRequest, place: Place) -> HttpResponse:
    """Choose a photo for both."""
    return _add(request, place, PhotoForm, Sort.PHOTO)


@require_http_methods(["GET", "HEAD", "POST"])
@paired
def voice(request: MemberRequest, place: Place) -> HttpResponse:
    """Record or choose a voice note for both. This page alone may ask for the microphone."""
    response = _add(request, place, VoiceForm, Sort.VOICE)
    response.headers["Permissions-Policy"] = permissions("microphone")
    return response


@require_safe
def file(request: MemberRequest, bond: UUID, keepsake: UUID) -> HttpResponse:
    """Send a keepsake's file, opened in memory, to one of the two."""
    try:
        item, content = items.open_one(request.visit.take(bond), keepsake, at=timezone.now())
    except (NotThere, Gone):
        raise Http404 from None
    kind, name = KINDS[Sort(item.what.sort)]
    return serve(request, content, kind=kind, name=name)


@needs_no_room()
@require_POST
@paired
def take_back(request: MemberRequest, place: Place) -> HttpResponse:
    """Take one's own keepsake back; one that is gone already needs no word."""
    if ref := ref_in(request.POST.get("record", "")):
        with suppress(NotThere, BondNotOpen):
            items.take_back(place, ref, at=timezone.now())
    return redirect("keepsakes:shelf", place.bond.pk)


def _shares(place: Place, leaf: str) -> bool:
    """Say whether a page is named on which something may stand here; what is no page of this book's is none."""
    ref = ref_in(leaf)
    return ref is not None and items.shares(place, ref, at=timezone.now())


def _add(request: MemberRequest, place: Place, form_class: type[LeafForm], sort: Sort) -> HttpResponse:
    named = request.GET.get("leaf", "")
    if named and not _shares(place, named):
        return redirect(ADDS[sort], place.bond.pk)
    form = form_class(request.POST or None, request.FILES or None, initial={"leaf": named})
    then = redirect("keepsakes:shelf", place.bond.pk)
    if place.bond.state != Bond.State.OPEN:
        return given_back(request, *form.fields, then=then)
    hint: object = None
    if request.method == "POST" and form.is_valid():
        hint = before_it_goes(request, form.cleaned_data["words"]) if sort is Sort.LINE else None
        if not hint and (answer := _keep(request, place, form, sort)):
            return answer
    context = {"form": form, "place": place, "hint": hint, "tab": "us"}
    return render(request, f"keepsakes/{sort}.html", context, status=422 if form.errors or hint else 200)


def _keep(request: MemberRequest, place: Place, form: LeafForm, sort: Sort) -> HttpResponse | None:
    """Keep what was sent, and answer; nothing where the book has no room for it."""
    then, said = redirect("keepsakes:shelf", place.bond.pk), dict(form.cleaned_data)
    made, leaf = said.pop("file", None), said.pop("leaf")
    try:
        where = leaf if _shares(place, leaf) else ""
        items.add(place, made, sort=sort, leaf=where, at=timezone.now(), once=mark_of(request), **said)
    except ShelfFull:
        form.add_error(None, _("The book is full. Take one of yours back, and there is room again."))
        return None
    except BondNotOpen:
        return given_back(request, *form.fields, then=then)
    return then
