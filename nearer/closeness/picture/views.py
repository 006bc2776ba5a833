"""The page on how close the two feel: this week's picture, the curve, and what one marks beside it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nearer.bonds.decorators import paired
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.closeness.picture import keeping as pictures
from nearer.closeness.picture import own
from nearer.closeness.picture.chart import NARROW, WIDE, drawn
from nearer.closeness.picture.curve import Over, curve
from nearer.closeness.picture.forms import MarkForm, PictureForm
from nearer.closeness.picture.rules import Seen
from nearer.records import keeping, seen
from nearer.records.keeping import BondNotOpen, Kept, ref_in
from nearer.records.shelf import Shelf
from nearer.web.no_room import needs_no_room
from nearer.web.once import mark_of

WHERE = "closeness"


@require_safe
@paired
def page(request: MemberRequest, place: Place) -> HttpResponse:
    """Show all of it."""
    return _page(request, place)


@require_POST
@paired
def pick(request: MemberRequest, place: Place) -> HttpResponse:
    """Pick a picture for this week."""
    form = PictureForm(request.POST)
    if not form.is_valid():
        return _page(request, place, form=form)
    with suppress(BondNotOpen):
        pictures.pick(place, form.cleaned_data["picture"], at=timezone.now())
    return _there(place)


@needs_no_room()
@require_POST
@paired
def take_back(request: MemberRequest, place: Place) -> HttpResponse:
    """Take one's own picture of a week back; where there is none, nothing happens."""
    with suppress(ValueError, BondNotOpen):
        pictures.take_back(place, date.fromisoformat(request.POST.get("week", "")), at=timezone.now())
    return _there(place)


@needs_no_room()
@require_POST
@paired
def wish(request: MemberRequest, place: Place) -> HttpResponse:
    """Say that one would like the curve, or no more."""
    with suppress(BondNotOpen):
        if request.POST.get("curve") == "yes":
            pictures.wish(place, at=timezone.now())
        else:
            pictures.wish_no_more(place, at=timezone.now())
    return _there(place)


@require_POST
@paired
def let_be(request: MemberRequest, place: Place) -> HttpResponse:
    """Let this week be."""
    own.let_be(place, request.ring, at=timezone.now())
    return redirect("home:today")


@require_POST
@paired
def mark(request: MemberRequest, place: Place) -> HttpResponse:
    """Mark something that happened, for oneself."""
    form = MarkForm(request.POST)
    if form.is_valid():
        try:
            own.mark(place, request.ring, at=timezone.now(), once=mark_of(request), **form.cleaned_data)
        except own.Full:
            form.add_error(
                None, _("Thirty marks are there, and that is plenty. Remove one, and there is room again.")
            )
        else:
            return _there(place)
    return _page(request, place, mark_form=form)


@needs_no_room()
@require_POST
@paired
def unmark(request: MemberRequest, place: Place) -> HttpResponse:
    """Remove one's own mark."""
    if ref := ref_in(request.POST.get("record", "")):
        own.unmark(place, request.ring, ref)
    return _there(place)


def _there(place: Place) -> HttpResponse:
    return redirect("closeness:page", place.bond.pk)


def _page(
    request: MemberRequest,
    place: Place,
    *,
    form: PictureForm | None = None,
    mark_form: MarkForm | None = None,
) -> HttpResponse:
    at, hand = timezone.now(), Shelf.at_hand(request.user.pk, request.ring)
    found, mine = keeping.gather_all([(Shelf.of_bond(place), pictures.KINDS), (hand, (own.MARK,))])
    looked, marks = pictures.seen_in(found, place, at=at), own.marks_in(mine, place)
    if looked.now.is_open:
        seen.note(request, place, WHERE, at=at)
    theirs = place.their_card
    context = {
        "place": place, "name": theirs.name if theirs else "", "seen": looked, "marks": marks, "tab": "us",
        "is_open": place.bond.state == Bond.State.OPEN, "is_guest": place.seat == "guest",
        "form": form or PictureForm(initial={"picture": looked.now.mine}),
        "mark_form": mark_form or MarkForm(), **_chart(request, place, looked, marks),
    }  # fmt: skip
    wrong = bool((form and form.errors) or (mark_form and mark_form.errors))
    return render(
        request,
        "closeness/page.html",
        context,
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
    )


def _chart(
    request: MemberRequest, place: Place, looked: Seen, marks: Sequence[Kept[own.Mark]]
) -> dict[str, Any]:
    """Return what draws the curve; nothing where there is none, whatever was asked for."""
    if not looked.curve:
        return {}
    named, days = request.GET.get("over", ""), [each.document.on for each in marks]
    # After a long pause the latest stretch that holds something, rather than an empty one.
    tried = [Over(named)] if named in set(Over) else list(Over)
    pairs = ((over, curve(looked.curve, over, monday=looked.now.monday)) for over in tried)
    first = next(pairs)
    over, made = first if first[1].weeks else next((pair for pair in pairs if pair[1].weeks), first)
    sheets = [drawn(made, days, size, is_guest=place.seat == "guest") for size in (NARROW, WIDE)]
    return {"curve": made, "over": over, "drawings": sheets}
