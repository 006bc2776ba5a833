"""The pages of wishes: one card at a time, one's own list, and what both would like."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.calendars.entry import ENTRY, off_in
from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.dates.rules import last_done, may_be_weekly, minutes_of
from nearer.practices.ourtime.forms import LEVELS
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.practices.ourtime.wishes.forms import OwnForm, SayForm, SieveForm
from nearer.records import putaway
from nearer.records.keeping import BondNotOpen
from nearer.sittings.page.between import around
from nearer.sittings.page.show import Notice
from nearer.web.sure import before_it_goes

TEN = 10
SHOWN, LISTED = 12, 25


@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """Show what both would like, and their dates."""
    place, at = request.visit.place, timezone.now()
    if place is None:
        return redirect("sittings:room", slug="our-time")
    found = putaway.gather(place, request.ring, wishes.WISHES, dates.OUTING, ENTRY)
    sieve, outings = SieveForm.asked(request.GET), dates.outings_in(found)
    done = last_done(outings, place.seat)
    both = [i for i in wishes.both_in(found, place, at=at, done=done) if sieve.sieve.lets(i.facts)]
    items = dates.items_in(found, place, at=at)
    past = [item for item in reversed(items) if item.state in {"over", "told"}]
    context = {
        **around(place), "both": _some(request, both, "more"), "sieve": sieve, "query": _query(request),
        "ahead": [item for item in items if item.state not in {"over", "told"}],
        "off": off_in(found, at=at),
        "past": _some(request, past, "from"),
        "weekly": may_be_weekly(outings, place.seat, at), "minutes": minutes_of(outings, at),
    }  # fmt: skip
    return render(request, "ourtime/between/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: MemberRequest) -> HttpResponse:
    """Show one idea; take what somebody says of it, and show the next one. Ten are enough at a time."""
    place, at = request.visit.place, timezone.now()
    if place is None:
        return redirect("sittings:room", slug="our-time")
    said = _number(request.GET.get("n", ""))
    notice = None
    if request.method == "POST":
        form, idea = SayForm(request.POST), request.POST.get("idea", "")
        found = putaway.gather(place, request.ring, wishes.WISHES)
        if (
            form.is_valid()
            and form.cleaned_data["level"] is not None
            and idea in wishes.ideas_for(found, place, at=at)
        ):
            try:
                wishes.say(place, idea, form.cleaned_data["level"], at=at)
            except BondNotOpen:
                return redirect("ourtime:home")
            return redirect(_with(request, "ourtime:wishes", n=said + 1, last=idea))
        notice = Notice(text=_("Choose one of these."))
    found = putaway.gather(place, request.ring, wishes.WISHES)
    sieve = SieveForm.asked(request.GET)
    left = wishes.left_for(found, place, sieve.sieve, at=at)
    last = wishes.ideas_for(found, place, at=at).get(request.GET.get("last", ""))
    context = {
        **around(place), "idea": left[0] if left and said < TEN else None, "said": said, "levels": LEVELS, "ten": TEN,
        "sieve": sieve, "last": last, "more": bool(left), "notice": notice, "query": _query(request),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if notice else HTTPStatus.OK
    return render(request, "ourtime/between/cards.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: MemberRequest) -> HttpResponse:
    """Show somebody what they said of each idea; take another word, or none, and an idea of their own."""
    place, at = request.visit.place, timezone.now()
    if place is None:
        return redirect("sittings:room", slug="our-time")
    if request.method != "POST":
        return _mine(request, place)
    if "text" in request.POST:
        return _add(request, place)
    form, idea = SayForm(request.POST), request.POST.get("idea", "")
    found = putaway.gather(place, request.ring, wishes.WISHES)
    if form.is_valid() and idea in wishes.ideas_for(found, place, at=at):
        try:
            wishes.say(place, idea, form.cleaned_data["level"], at=at)
        except BondNotOpen:
            return redirect("ourtime:home")
    return redirect(request.get_full_path())


def _add(request: MemberRequest, place: Place) -> HttpResponse:
    form = OwnForm(request.POST)
    if not form.is_valid():
        return _mine(request, place, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    text = form.cleaned_data["text"]
    if hint := before_it_goes(request, text):
        return _mine(request, place, form=form, hint=hint, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        wishes.add(place, text, at=timezone.now())
    except wishes.WishesFull:
        form.add_error("text", _("Thirty of your own are plenty. Let one go, and there is room again."))
        return _mine(request, place, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except BondNotOpen:
        notice = Notice(text=_("Nothing new can be kept here."), typed=text)
        return _mine(request, place, notice=notice, status=HTTPStatus.CONFLICT)
    return redirect("ourtime:mine")


def _mine(
    request: MemberRequest,
    place: Place,
    *,
    form: OwnForm | None = None,
    status: int = HTTPStatus.OK,
    **more: Any,
) -> HttpResponse:  # Any: a hint, a notice
    found = putaway.gather(place, request.ring, wishes.WISHES)
    said = _some(request, wishes.said_by(found, place, at=timezone.now()), "from", LISTED)
    context = {**around(place), "levels": LEVELS, "form": form or OwnForm(), "said": said, **more}
    return render(request, "ourtime/between/mine.html", context, status=status)


def _some(request: HttpRequest, several: list[Any], name: str, most: int = SHOWN) -> dict[str, Any]:
    """Return some of a list, from where the address says on, and where the rest of it begins; 0 for none."""
    start = _number(request.GET.get(name, ""))
    rest = start + most if several[start + most :] else 0
    return {"these": several[start : start + most], "next": rest}


def _query(request: HttpRequest) -> str:
    """Return what ideas may ask for, as the address of this page says it."""
    named = {name: value for name, value in request.GET.items() if name in SieveForm.base_fields and value}
    return urlencode(named)


def _with(request: HttpRequest, name: str, **more: Any) -> str:  # Any: a number, a word
    query = "&".join(filter(None, (urlencode(more), _query(request))))
    return f"{reverse(name)}?{query}"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 0  # noqa: PLR2004 - hundreds of cards in a row
