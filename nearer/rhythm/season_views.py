"""The talk that closes a season: what to keep, what to change, sealed until both have written; or said aloud alone."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from nearer.bonds.decorators import paired
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.records.keeping import BondNotOpen
from nearer.rhythm import keeping as rhythm
from nearer.rhythm.forms import TalkForm
from nearer.rhythm.rules import Phase, said_for
from nearer.rhythm.shown import Look
from nearer.rhythm.views import there
from nearer.web.no_room import needs_no_room
from nearer.web.sure import before_it_goes
from nearer.web.unsent import given_back


@require_http_methods(["GET", "HEAD", "POST"])
@paired
def talk(request: MemberRequest, place: Place) -> HttpResponse:
    """Show the talk, and take what one writes."""
    form = TalkForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, place, form)
    said = form.cleaned_data
    if hint := before_it_goes(request, said["keep"], said["change"]):
        return _page(request, place, form, hint=hint)
    try:
        kept = rhythm.say(place, said["keep"], said["change"], at=timezone.now())
    except BondNotOpen:
        kept = False
    then = redirect("rhythm:talk", place.bond.pk)
    return then if kept else given_back(request, "keep", "change", then=then)


@require_POST
@paired
def end(_request: MemberRequest, place: Place) -> HttpResponse:
    """End a season, or let it rest; where there is none, nothing happens."""
    with suppress(BondNotOpen):
        rhythm.end_season(place, at=timezone.now())
    return there(place)


@needs_no_room()
@require_POST
@paired
def unsay(request: MemberRequest, place: Place) -> HttpResponse:
    """Take back what one wrote; where there is nothing, nothing happens."""
    with suppress(BondNotOpen):
        rhythm.unsay(place, request.POST.get("season", ""), at=timezone.now())
    return there(place)


def _page(request: MemberRequest, place: Place, form: TalkForm, *, hint: object = None) -> HttpResponse:
    look = Look(found=rhythm.gather(place), place=place, at=timezone.now())
    said = [kept.document for kept in look.found.of(rhythm.SAID)]
    mine, theirs = said_for(place.seat, look.season.begins, said)
    if mine and not form.is_bound:
        form = TalkForm(initial={"keep": mine.keep, "change": mine.change})
    name = place.their_card.name if place.their_card else ""
    context = {
        "place": place, "name": name, "tab": "us", "seen": look, "form": form, "hint": hint, "mine": mine, "theirs": theirs,
        "is_time": look.is_open and look.season.phase is Phase.TALK,
    }  # fmt: skip
    wrong = bool(form.errors or hint)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "rhythm/talk.html", context, status=status)
