"""Reading me: one's own guide in the drawer, the lines that are shown, and what the other noticed."""

from __future__ import annotations

import contextlib

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts.again import needs_drawer
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.practices.needs import signs as guide
from nearer.practices.needs.apps import NeedsConfig
from nearer.practices.needs.page_forms import CHANNELS, LineForm, NoticedForm, NoticeForm
from nearer.practices.needs.signs import LINE, Line
from nearer.practices.needs.views import names_of
from nearer.records import keeping, putaway
from nearer.records.drawer import drawer_of
from nearer.records.keeping import BondNotOpen, NotThere, ref_in
from nearer.sittings.page.show import Notice
from nearer.web.no_room import needs_no_room
from nearer.web.once import mark_of
from nearer.web.unsent import given_back


@require_http_methods(["GET", "HEAD", "POST"])
def signs(request: MemberRequest) -> HttpResponse:
    """Show both guides as far as they are shown, and take a question about a sign."""
    place = request.visit.place
    if place is None:
        return redirect("sittings:room", slug=NeedsConfig.address)
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        then = redirect("needs:signs")
        try:
            guide.notice(place, form.cleaned_data["words"], at=timezone.now(), once=mark_of(request))
        except BondNotOpen:
            return given_back(request, "words", then=then)
        return then
    return _signs(request, place, form=form, status=422 if form.errors else 200)


def _signs(
    request: MemberRequest,
    place: Place,
    *,
    form: NoticeForm | None = None,
    answer: NoticedForm | None = None,
    at_fault: str = "",
    notice: Notice | None = None,
    status: int = 200,
) -> HttpResponse:
    found = putaway.gather(place, request.ring, guide.SHOWN, guide.NOTICED)
    context = {
        "place": place,
        "names": names_of(place),
        "is_open": place.bond.state == Bond.State.OPEN,
        "theirs": guide.lines_of(found, place.seat.other),
        "mine": guide.shown_by(found, place.seat),
        "asked": guide.asked_of(found, place),
        "asked_by_me": guide.asked_by(found, place),
        "noticed_in_them": guide.answered(found, place.seat.other, reader=place.seat),
        "noticed_in_me": guide.answered(found, place.seat, reader=place.seat),
        "channels": dict(CHANNELS),
        "form": form or NoticeForm(),
        "answer": answer or NoticedForm(),
        "at_fault": at_fault,
        "notice": notice,
        "tab": "practise",
    }
    return render(request, "needs/signs.html", context, status=status)


@require_POST
def noticed(request: MemberRequest) -> HttpResponse:
    """Confirm, correct or leave what the other noticed."""
    place, ref = request.visit.place, ref_in(request.POST.get("record", ""))
    if place is None or ref is None:
        return redirect("needs:signs")
    try:
        if request.POST.get("said") == "leave":
            guide.leave(place, ref)
            return redirect("needs:signs")
        form = NoticedForm(request.POST)
        if not form.is_valid():
            return _signs(request, place, answer=form, at_fault=str(ref), status=422)
        guide.answer(place, ref, form.cleaned_data["said"], form.cleaned_data["words"], at=timezone.now())
    except guide.Answered:
        notice = _answered(place, request.POST.get("words", ""))
        return _signs(request, place, notice=notice, status=409)
    except (NotThere, BondNotOpen):
        pass
    return redirect("needs:signs")


def _answered(place: Place, typed: str) -> Notice:
    text = _(
        "You answered this before, and %(name)s has that answer. It stays as it was. If it is no longer true, "
        "take it back, or show a line of your own."
    )
    return Notice(text=text % {"name": names_of(place).you}, typed=typed)


@needs_no_room()
@require_POST
def take_back(request: MemberRequest) -> HttpResponse:
    """Take back a line that one shows, which stays in the drawer; or fold away that the other took one back."""
    place, gone = request.visit.place, ref_in(request.POST.get("record", ""))
    with contextlib.suppress(BondNotOpen):
        if place and gone:
            guide.fold_away(place, gone)
        elif place:
            guide.take_back(place, request.POST.get("line", ""))
    return redirect("needs:signs")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def mine(request: PrivateRequest) -> HttpResponse:
    """Show somebody their own guide, and add a line to it."""
    shelf, place = drawer_of(request), request.visit.place
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at, said = timezone.now(), form.cleaned_data
        line = Line(channel=said["channel"], words=said["words"])
        kept = keeping.put(shelf, LINE, line, at=at, once=mark_of(request))
        if said["show"] and place and place.bond.state == Bond.State.OPEN:
            guide.show(place, kept, at=at)
        return redirect("needs:mine")
    shown = {each.document.of for each in guide.shown_by(guide.gather(place), place.seat)} if place else set()
    lines = [(kept, str(kept.ref) in shown) for kept in keeping.find(shelf, LINE)]
    context = {
        "place": place, "names": names_of(place) if place else None, "lines": lines, "form": form,
        "channels": dict(CHANNELS), "is_open": place is not None and place.bond.state == Bond.State.OPEN,
        "tab": "practise",
    }  # fmt: skip
    return render(request, "needs/mine.html", context, status=422 if form.errors else 200)


@require_POST
@needs_drawer
def change(request: PrivateRequest) -> HttpResponse:
    """Show a line of one's own, take it back, or remove it; one that is gone already needs no word."""
    shelf, place, ref = drawer_of(request), request.visit.place, ref_in(request.POST.get("record", ""))
    how = request.POST.get("how")
    if ref is None or how not in {"show", "hide", "remove"}:
        return redirect("needs:mine")
    try:
        kept = keeping.get(shelf, LINE, ref)
        if how == "show" and place:
            guide.show(place, kept, at=timezone.now())
        elif place:
            guide.take_back(place, str(ref))
        if how == "remove":
            keeping.remove(shelf, LINE, ref)
    except NotThere:
        raise Http404 from None
    except BondNotOpen:
        pass
    return redirect("needs:mine")
