"""The shelf of keepsakes: looking, listening, adding, taking back."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
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
from nearer.keepsakes.forms import PhotoForm, VoiceForm
from nearer.keepsakes.items import Sort
from nearer.records import putaway, seen
from nearer.records.keeping import BondNotOpen, NotThere, ref_in
from nearer.web.middleware import permissions
from nearer.web.no_room import needs_no_room
from nearer.web.once import mark_of
from nearer.web.unsent import given_back

A_PAGE = 8
# What is sent to browsers was written by the workshop, so there are two kinds and no others.
KINDS = {Sort.PHOTO: ("image/webp", "photo.webp"), Sort.VOICE: ("audio/mp4", "voice.m4a")}


@require_safe
@paired
def shelf(request: MemberRequest, place: Place) -> HttpResponse:
    """Show what the two keep, newest first."""
    at = timezone.now()
    found = items.items_in(putaway.gather(place, request.ring, items.KEEPSAKE), place, at=at)
    if items.new_in(found, seen.until(seen.gathered(request), place, items.SHELF), at=at):
        seen.note(request, place, items.SHELF, at=at)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"place": place, "page": page, "is_open": place.bond.state == Bond.State.OPEN, "tab": "us"}
    return render(request, "keepsakes/shelf.html", context)


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


def _add(request: MemberRequest, place: Place, form_class: type[forms.Form], sort: Sort) -> HttpResponse:
    form = form_class(request.POST or None, request.FILES or None)
    then = redirect("keepsakes:shelf", place.bond.pk)
    if place.bond.state != Bond.State.OPEN:
        return given_back(request, *form.fields, then=then)
    if request.method == "POST" and form.is_valid():
        made, words = form.cleaned_data.pop("file"), form.cleaned_data
        try:
            items.add(place, made, sort=sort, at=timezone.now(), once=mark_of(request), **words)
        except ShelfFull:
            form.add_error(None, _("The shelf is full. Take one of yours back, and there is room again."))
        except BondNotOpen:
            return given_back(request, *form.fields, then=then)
        else:
            return then
    context = {"form": form, "place": place, "tab": "us"}
    return render(request, f"keepsakes/{sort}.html", context, status=422 if form.errors else 200)
