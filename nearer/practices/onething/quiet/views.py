"""The page with the three questions, for oneself alone."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts.again import needs_drawer
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.practices.onething.quiet import looked
from nearer.practices.onething.quiet.looked import LOOKED, MOST, PROMPTS, Looked
from nearer.practices.onething.views import ROOM
from nearer.records import keeping
from nearer.records.drawer import drawer_of
from nearer.records.keeping import ref_in
from nearer.records.shelf import Shelf
from nearer.web.fields import WordsField
from nearer.web.once import mark_of


class LookedForm(forms.Form):
    """Three questions; each may stay empty."""

    seen = WordsField(label=PROMPTS["seen"], limit=MOST, lines=4, required=False)
    hard = WordsField(label=PROMPTS["hard"], limit=MOST, lines=3, required=False)
    next = WordsField(label=PROMPTS["next"], limit=MOST, lines=3, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def alone(request: PrivateRequest) -> HttpResponse:
    """Show the three questions with what somebody wrote before, and keep what they write now."""
    place = request.visit.place
    if place is None:
        return redirect("sittings:room", slug=ROOM)
    form, drawer = LookedForm(request.POST or None), drawer_of(request)
    if form.is_valid():
        said, at = Looked(bond=str(place.bond.pk), **form.cleaned_data), timezone.now()
        looked.keep(drawer, said, at=at, once=mark_of(request))
        looked.let_be(place, _hand(request), at=at)
        return redirect("onething:alone")
    context = {"form": form, "found": looked.own(drawer, str(place.bond.pk)), "prompts": PROMPTS, "tab": "us"}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "onething/alone.html", context, status=status)


@require_POST
@needs_drawer
def forget(request: PrivateRequest) -> HttpResponse:
    """Let one of them go; one that is gone needs no word."""
    if ref := ref_in(request.POST.get("record", "")):
        keeping.remove(drawer_of(request), LOOKED, ref)
    return redirect("onething:alone")


@require_POST
def not_now(request: MemberRequest) -> HttpResponse:
    """Let it be for this time."""
    if (place := request.visit.place) and request.ring.private:
        looked.let_be(place, _hand(request), at=timezone.now())
    return redirect("home:today")


def _hand(request: MemberRequest) -> Shelf:
    return Shelf.at_hand(request.user.pk, request.ring)
