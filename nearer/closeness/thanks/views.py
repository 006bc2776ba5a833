"""The page of appreciations."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from nearer.bonds.decorators import paired
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.closeness.picture.rules import monday_of
from nearer.closeness.thanks import keeping as thanks
from nearer.closeness.thanks.forms import ThanksForm
from nearer.records import putaway, seen
from nearer.records.keeping import BondNotOpen, ref_in
from nearer.web.no_room import needs_no_room
from nearer.web.sure import before_it_goes
from nearer.web.unsent import given_back
from nearer.web.words import words_of

WHERE = "thanks"


@require_http_methods(["GET", "HEAD", "POST"])
@paired
def page(request: MemberRequest, place: Place) -> HttpResponse:
    """Show what the two appreciate, and take this week's line."""
    form = ThanksForm(request.POST or None)
    if request.method != "POST":
        return _page(request, place, form)
    if place.bond.state != Bond.State.OPEN:
        return given_back(request, "words", then=_there(place))
    if not form.is_valid():
        return _page(request, place, form)
    words = form.cleaned_data["words"]
    if hint := before_it_goes(request, words):
        return _page(request, place, form, hint=hint)
    try:
        kept = thanks.say(place, words, at=timezone.now())
    except BondNotOpen:
        kept = False
    return _there(place) if kept else given_back(request, "words", then=_there(place))


@require_POST
@paired
def give(request: MemberRequest, place: Place) -> HttpResponse:
    """Give one's own alone."""
    if ref := ref_in(request.POST.get("record", "")):
        with suppress(BondNotOpen):
            thanks.give(place, ref, at=timezone.now())
    return _there(place)


@needs_no_room()
@require_POST
@paired
def take_back(request: MemberRequest, place: Place) -> HttpResponse:
    """Take one's own back."""
    if ref := ref_in(request.POST.get("record", "")):
        with suppress(BondNotOpen):
            thanks.take_back(place, ref, at=timezone.now())
    return _there(place)


def _there(place: Place) -> HttpResponse:
    return redirect("closeness:thanks", place.bond.pk)


def _page(request: MemberRequest, place: Place, form: ThanksForm, *, hint: object = None) -> HttpResponse:
    at = timezone.now()
    found = thanks.items_in(putaway.gather(place, request.ring, thanks.THANKS), place, at=at)
    this_week = next(
        (item for item in found if item.mine and item.thanks.monday == monday_of(timezone.localdate(at))),
        None,
    )
    if any(item.is_open and not item.mine for item in found):
        seen.note(request, place, WHERE, at=at)
    if this_week and not form.is_bound and not this_week.is_open:
        form = ThanksForm(initial={"words": this_week.thanks.words})
    theirs = place.their_card
    context = {
        "place": place, "name": theirs.name if theirs else "", "form": form, "hint": hint, "tab": "us",
        "is_open": place.bond.state == Bond.State.OPEN, "this_week": this_week,
        "waiting": [item for item in found if not item.is_open],
        "opened": [
            (item, words_of(item.thanks.words, withdrawn=item.thanks.is_withdrawn)) for item in found if item.is_open
        ],
    }  # fmt: skip
    wrong = bool(form.errors or hint)
    return render(
        request,
        "closeness/thanks.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
    )
