"""The page of the sky: a look at how one is, what the other may see of it, and one's own weeks."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nearer import clock
from nearer.accounts.again import needs_drawer
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.practices.support.apps import ROOM
from nearer.practices.support.sky import keeping as skies
from nearer.practices.support.sky.forms import RhythmForm, SkyForm
from nearer.practices.support.sky.rules import USUAL, Sky
from nearer.records import keeping
from nearer.records.drawer import drawer_of
from nearer.records.keeping import BondNotOpen, ref_in
from nearer.sittings.page.between import around, in_bond
from nearer.sittings.page.show import Notice
from nearer.web.once import mark_of
from nearer.web.sure import before_it_goes

WEEKS = 42


@require_http_methods(["GET", "HEAD", "POST"])
@in_bond(ROOM)
def sky(request: MemberRequest, place: Place) -> HttpResponse:
    """Show the two skies, and take a new look."""
    form = SkyForm(request.POST)
    if request.method != "POST":
        return _page(request, place, form=SkyForm(initial={"look": request.GET.get("look", "")}))
    if not form.is_valid():
        return _page(request, place, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if hint := before_it_goes(request, form.cleaned_data["line"]):
        return _page(request, place, form=form, hint=hint, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        skies.look(place, request.ring, Sky(**form.cleaned_data), at=clock.now(), once=mark_of(request))
    except BondNotOpen:
        notice = Notice(text=_("It is kept for you alone; nothing new is shown here."))
        return _page(request, place, form=form, notice=notice, status=HTTPStatus.CONFLICT)
    return redirect("support:sky")


@require_POST
@in_bond(ROOM)
def hide(_request: MemberRequest, place: Place) -> HttpResponse:
    """Take back what the other sees of one's sky."""
    with suppress(BondNotOpen):
        skies.hide(place)
    return redirect("support:sky")


@require_POST
@in_bond(ROOM)
def rhythm(request: MemberRequest, place: Place) -> HttpResponse:
    """Say how often one would like to be asked."""
    form = RhythmForm(request.POST)
    if not form.is_valid():
        return _page(request, place, rhythm=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    with suppress(BondNotOpen):
        skies.choose(place, form.cleaned_data["days"], at=clock.now())
    return redirect("support:sky")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def own(request: PrivateRequest) -> HttpResponse:
    """Show somebody their own skies over weeks; let one go."""
    drawer = drawer_of(request)
    if request.method == "POST":
        if ref := ref_in(request.POST.get("record", "")):
            keeping.remove(drawer, skies.OWN, ref)
        return redirect("support:own_sky")
    found = keeping.find(drawer, skies.OWN)[-WEEKS:]
    return render(
        request, "support/between/own_sky.html", {"found": found, "newest": found[::-1], "tab": "practise"}
    )


def _page(
    request: MemberRequest,
    place: Place,
    *,
    form: SkyForm | None = None,
    rhythm: RhythmForm | None = None,
    status: int = HTTPStatus.OK,
    **more: Any,  # Any: a hint, a notice
) -> HttpResponse:
    found, own = skies.gathered(place, request.ring)
    seen = skies.skies_in(found, own, place, at=clock.now())
    chosen = USUAL if seen.own_days is None else seen.own_days
    context = {
        **around(place), "seen": seen, "form": form or SkyForm(),
        "rhythm": rhythm or RhythmForm(initial={"days": str(chosen)}), **more,
    }  # fmt: skip
    return render(request, "support/between/sky.html", context, status=status)
