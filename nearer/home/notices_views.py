"""One's own notices: whether, when and where one is called. Nobody else sees any of it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts.again import ask_anew, is_sure, needs_drawer, use_up
from nearer.accounts.profile import save_face
from nearer.accounts.sessions import devices
from nearer.accounts.slowing import limits
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.calendars.entry import entries_of
from nearer.config import LOCAL_HOSTS
from nearer.home.notices_forms import CODE_SIZE, CodeForm, MailForm, PushForm, ServiceForm, WishForm
from nearer.home.suggestions import NOTICES
from nearer.notices import causes, channels, queue, wishes
from nearer.notices.apps import CALLED_BEFORE
from nearer.notices.channels import Sort
from nearer.notices.sending import services
from nearer.notices.sending.tasks import confirm
from nearer.notices.sending.words import text
from nearer.records.keeping import ref_in
from nearer.vault.webpush import text_of, written
from nearer.web import zones
from nearer.web.views import error_page

BOTH = require_http_methods(["GET", "HEAD", "POST"])
PENDING = "mail"  # in the session, which is sealed: an address that is not confirmed yet
LASTS, TRIES = timedelta(minutes=30), 5


@BOTH
def overview(request: MemberRequest) -> HttpResponse:
    """Show whether, when and where somebody is called, and change when."""
    chosen = wishes.chosen_by(request.user.pk)
    if chosen is None:
        return _overview(request, None)
    form = WishForm(request.POST or None, initial=WishForm.said(chosen.wish))
    if request.method == "POST" and form.is_valid():
        zone = zones.name() if zones.is_known() else chosen.wish.zone
        causes.change(request.user.pk, wish=replace(chosen.wish, zone=zone, **form.cleaned_data))
        _note_hours(request)
        return redirect("home:notices")
    return _overview(request, form)


@require_POST
@needs_drawer
def add_push(request: PrivateRequest) -> HttpResponse:
    """Take the browser that asks as a place where its owner is called; never one that others use, too."""
    form, shared = PushForm(request.POST), request.session.is_shared  # type: ignore[attr-defined]
    if shared or not form.is_valid():
        return _overview(request, None, problem=_("This device was not added. Try again."))
    name = devices.name_of(request.headers.get("User-Agent", ""))
    return _add(request, Sort.PUSH, form.cleaned_data, name, session=_session(request))


@BOTH
@needs_drawer
def mail(request: PrivateRequest) -> HttpResponse:
    """Take an address, once whoever writes it has just shown that it is them; a code is sent to it."""
    if not settings.CONFIG.mail_url:
        raise Http404
    form = MailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not is_sure(request):
            return ask_anew(request)
        use_up(request)
        try:
            limits.check_mail(request)
        except limits.TooMany:
            return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
        code = f"{secrets.randbelow(10**CODE_SIZE):0{CODE_SIZE}}"
        until = (timezone.now() + LASTS).isoformat()
        request.session[PENDING] = [form.cleaned_data["address"], code, until, TRIES]
        confirm.enqueue(form.cleaned_data["address"], code)
        return redirect("home:notices_code")
    return _page(request, "mail", form)


@BOTH
def code(request: MemberRequest) -> HttpResponse:
    """Take the code that came by mail; the address is one of theirs from then on."""
    pending = request.session.get(PENDING)
    if pending is None:
        return redirect("home:notices_mail")
    address, right, until, tries = pending
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if tries <= 0 or timezone.now() > datetime.fromisoformat(until):
            del request.session[PENDING]
            return _page(request, "late", form)
        if constant_time_compare(form.cleaned_data["code"], right):
            del request.session[PENDING]
            return _add(request, Sort.MAIL, {"address": address}, address)
        request.session[PENDING] = [address, right, until, tries - 1]
        form.add_error("code", _("That is not the code. Look at the newest mail."))
    return _page(request, "code", form, address=address)


@BOTH
@needs_drawer
def service(request: PrivateRequest) -> HttpResponse:
    """Take the address of another service that the operator allows."""
    if not services.offered():
        raise Http404
    form = ServiceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not is_sure(request):
            return ask_anew(request)
        use_up(request)
        address = form.cleaned_data["address"]
        return _add(request, Sort.SERVICE, {"address": address}, address.partition("://")[0])
    return _page(request, "service", form, allowed=services.offered())


@require_POST
def here(request: MemberRequest) -> HttpResponse:
    """Hear from a browser where it is called, so that the session that is open in it now can end that."""
    form = PushForm(request.POST)
    if form.is_valid():
        channels.found_again(request.user.pk, form.cleaned_data, _session(request))
    request.session.pop(CALLED_BEFORE, None)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
def remove(request: MemberRequest) -> HttpResponse:
    """Take one place away; one that is gone needs no word."""
    if ref := ref_in(request.POST.get("channel", "")):
        channels.remove(request.user.pk, pk=ref)
    return redirect("home:notices")


@require_POST
def quiet(request: MemberRequest) -> HttpResponse:
    """Mute all notices, let them come again, or switch them off."""
    chosen, do = wishes.chosen_by(request.user.pk), request.POST.get("do")
    if do == "off":
        channels.forget(request.user.pk)
    elif chosen and do in {"mute", "unmute"}:
        causes.change(request.user.pk, wish=replace(chosen.wish, muted=do == "mute"))
    return redirect("home:notices")


@require_POST
def decline(request: MemberRequest) -> HttpResponse:
    """Say that one would not like to be asked about notices; it is not asked again."""
    face = request.visit.face
    unwanted = tuple(dict.fromkeys((*face.unwanted, NOTICES)))
    save_face(request.user.pk, replace(face, unwanted=unwanted), ring=request.ring)
    return redirect("home:today")


def _add(
    request: MemberRequest, sort: Sort, where: dict[str, str], name: str, *, session: UUID | None = None
) -> HttpResponse:
    zone = zones.name() if zones.is_known() else ""
    try:
        channels.add(
            request.user.pk, request.ring.profile, sort, where, name=name, zone=zone, session=session
        )
    except channels.Full:
        return _overview(request, None, problem=_("There are six already. Take one away first."))
    if not request.visit.face.called:
        save_face(request.user.pk, replace(request.visit.face, called=True), ring=request.ring)
    return redirect("home:notices")


def _note_hours(request: MemberRequest) -> None:
    """Note the hours that lie ahead, for whoever has just chosen to be called at them."""
    now = timezone.now()
    for place in request.visit.places:
        for kept in entries_of(place):
            if kept.document.starts > now and not kept.document.is_off:
                causes.at_hour([place.me], kept.ref, kept.document.starts)


def _overview(request: MemberRequest, form: WishForm | None, problem: str = "") -> HttpResponse:
    chosen = wishes.chosen_by(request.user.pk)
    if form is None and chosen is not None:
        form = WishForm(initial=WishForm.said(chosen.wish))
    here, places = (
        channels.device_of(_session(request)),
        channels.channels_of(request.user.pk, request.ring.profile),
    )
    context = {
        "form": form, "chosen": chosen, "problem": problem, "text": text(), "tab": "settings",
        "channels": places, "here": here, "is_here": any(each.device == here for each in places),
        "push_key": text_of(written(queue.sender().push.public_key())) if _can_push(request) else "",
        "shared": request.session.is_shared,  # type: ignore[attr-defined]
        "mail": settings.CONFIG.mail_url, "services": services.offered(),
    }  # fmt: skip
    failed = bool(problem or (form and form.errors))
    return render(request, "home/notices/notices.html", context, status=422 if failed else 200)


def _session(request: HttpRequest) -> UUID:
    ref: UUID = request.session.ref  # type: ignore[attr-defined]
    return ref


def _can_push(request: HttpRequest) -> bool:
    """Say whether browsers let this copy be called from: over TLS, or on this very machine."""
    return request.is_secure() or split_domain_port(request.get_host())[0] in LOCAL_HOSTS


def _page(request: MemberRequest, name: str, form: Form, **more: object) -> HttpResponse:
    context = {"form": form, "tab": "settings", **more}
    return render(request, f"home/notices/{name}.html", context, status=422 if form.errors else 200)
