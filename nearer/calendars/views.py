"""The pages of somebody's own time. Nobody else has them, and none of them shows when anybody is busy."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.accounts.again import ask_anew, is_sure, needs_drawer, use_up
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.calendars import entry as entries
from nearer.calendars import feeds, own, receiving
from nearer.calendars.fetching import NotFetched
from nearer.calendars.forms import FULL, UNFETCHED, UNREAD, AddressForm, DaysForm, FileForm, HalvesForm
from nearer.calendars.receiving import TooMany
from nearer.files.rewritten import NotRewritten
from nearer.records import keeping
from nearer.records.keeping import NotThere, ref_in
from nearer.records.shelf import Shelf
from nearer.web import zones
from nearer.web.once import mark_of

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def times(request: MemberRequest) -> HttpResponse:
    """Show what somebody has said of their own time."""
    return _overview(request)


@BOTH
def file(request: MemberRequest) -> HttpResponse:
    """Take in a calendar file."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        if form.is_valid() and _taken(
            form,
            "file",
            lambda: receiving.receive(
                _hand(request), form.cleaned_data["file"], once=mark_of(request), **_here()
            ),
        ):
            return redirect("calendars:times")
    return _page(request, "file", form)


@BOTH
def address(request: MemberRequest) -> HttpResponse:
    """Take in a calendar from its address, which is asked again only while its owner looks for times."""
    form = AddressForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _taken(
            form,
            "address",
            lambda: receiving.subscribe(
                _hand(request), form.cleaned_data["address"], once=mark_of(request), **_here()
            ),
        )
    ):
        return redirect("calendars:times")
    return _page(request, "address", form)


@require_POST
def again(request: MemberRequest) -> HttpResponse:
    """Ask a calendar's address again."""
    ref = ref_in(request.POST.get("record", ""))
    try:
        if ref:
            receiving.again(_hand(request), ref, **_here())
    except NotFetched as refused:
        return _overview(request, problem=UNFETCHED[refused.why])
    except NotRewritten as refused:
        return _overview(request, problem=UNREAD.get(refused.why, UNREAD[refused.why.UNREADABLE]))
    except NotThere:
        pass
    return redirect("calendars:times")


@require_POST
def fresh(request: MemberRequest) -> HttpResponse:
    """Ask the address of one calendar again that was read some hours ago; the page that is open waits for nothing."""
    tried = receiving.freshen(_hand(request), _mine(request), **_here())
    return redirect("calendars:times") if tried else HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
def forget(request: MemberRequest) -> HttpResponse:
    """Forget a calendar; one that is gone needs no word."""
    if ref := ref_in(request.POST.get("record", "")):
        own.remove(_hand(request), ref)
    return redirect("calendars:times")


@BOTH
def halves(request: MemberRequest) -> HttpResponse:
    """Tap the parts of the next two weeks' days that would suit."""
    form = HalvesForm(
        request.POST if request.method == "POST" else None, today=timezone.localdate(), tapped=_mine(request).halves
    )  # fmt: skip
    if form.is_valid():
        own.tap(_hand(request), form.tapped, at=timezone.now())
        return redirect("calendars:times")
    return _page(request, "halves", form)


@BOTH
def days(request: MemberRequest) -> HttpResponse:
    """Say from when until when there may be something, and when there is energy for it."""
    form = DaysForm(request.POST or None, initial=DaysForm.said(_mine(request).hours))
    if request.method == "POST" and form.is_valid():
        own.say_days(_hand(request), form.hours, at=timezone.now())
        return redirect("calendars:times")
    return _page(request, "days", form, is_known=zones.is_known())


@BOTH
@needs_drawer
def feed(request: PrivateRequest) -> HttpResponse:
    """Make a private address for one's own calendar program, or let it end. It is shown once.

    It outlasts every session, so whoever makes one shows that it is them, whatever is open.
    """
    made, wanted = "", request.POST.get("what", "") if request.method == "POST" else ""
    if wanted == "make" and not is_sure(request):
        return ask_anew(request)
    if wanted == "make":
        use_up(request)
        made = _feed_url(feeds.make(request.user.pk, request.visit.places, at=timezone.now()))
    elif wanted == "end":
        feeds.revoke(request.user.pk)
    if request.method == "POST" and not made:
        return redirect("calendars:feed")
    context = {"since": feeds.made_on(request.user.pk), "made": made, "tab": "us"}
    return render(request, "calendars/feed.html", context)


@login_not_required
@require_safe
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """Give a calendar program what lies at a private address; no session is asked for, and none is looked at.

    A program that has it already is told so, without it.

    Raises:
        Http404: there is no such address.
    """
    try:
        answer = _calendar(feeds.found_at(token), "reserved.ics")
    except feeds.NoFeed:
        raise Http404 from None
    answer["ETag"] = etag = f'"{sha256(answer.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=etag, response=answer) or answer


@require_safe
def entry(request: MemberRequest, bond: UUID, entry: UUID) -> HttpResponse:
    """Give one entry for somebody's own calendar: it goes in, moves, or comes out again.

    Raises:
        Http404: there is none.
    """
    place = request.visit.take(bond)
    with suppress(NotThere):
        kept = keeping.get(Shelf.of_bond(place), entries.ENTRY, entry)
        return _calendar(entries.file_for(kept.document), "reserved.ics")
    raise Http404


def _feed_url(token: str) -> str:
    """Return the whole address, under which people reach this copy: what stands in front may have changed the request's."""
    return f"{settings.CONFIG.url}{reverse('calendars:feed_file', args=[token])}"


def _calendar(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _hand(request: MemberRequest) -> Shelf:
    return Shelf.at_hand(request.user.pk, request.ring)


def _mine(request: MemberRequest) -> own.Own:
    return own.own_of(_hand(request), at=timezone.now(), today=timezone.localdate())


def _here() -> dict[str, Any]:  # Any: a name and a moment
    return {"zone": zones.name(), "at": timezone.now()}


def _taken(form: Form, field: str, take: Callable[[], object]) -> bool:
    """Take a calendar in; where that cannot be, say why above what was sent."""
    try:
        take()
    except NotFetched as refused:
        form.add_error(field, UNFETCHED[refused.why])
    except NotRewritten as refused:
        form.add_error(field, UNREAD.get(refused.why, UNREAD[refused.why.UNREADABLE]))
    except TooMany:
        form.add_error(None, FULL)
    return form.is_valid()


def _overview(request: MemberRequest, problem: object = "") -> HttpResponse:
    context = {
        "mine": _mine(request),
        "problem": problem,
        "since": feeds.made_on(request.user.pk),
        "tab": "us",
    }
    return render(request, "calendars/times.html", context, status=422 if problem else 200)


def _page(request: MemberRequest, name: str, form: Form, **more: object) -> HttpResponse:
    context = {"form": form, "tab": "us", **more}
    return render(request, f"calendars/{name}.html", context, status=422 if form.errors else 200)
