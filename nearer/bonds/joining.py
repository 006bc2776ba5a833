"""Pages for who is invited: open the invitation, answer its question, join."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nearer import live
from nearer.accounts.slowing import limits
from nearer.bonds import actions, first, invitations
from nearer.bonds.cards import Card, card_of
from nearer.bonds.forms import AnswerForm, OpenForm
from nearer.bonds.held import Held, let_go
from nearer.bonds.models import Invitation
from nearer.bonds.visit import MemberRequest
from nearer.notices import causes
from nearer.protocol import Seat
from nearer.vault import store
from nearer.web.views import error_page

WAYS = {"signup": "accounts:sign_up", "login": "accounts:login"}


@login_not_required
@require_safe
def join_page(request: HttpRequest) -> HttpResponse:
    """Show an opened invitation, or ask for the link or code. Looking uses nothing up."""
    held = Held.of(request.session)
    if held is None:
        return render(request, "bonds/open.html", {"form": OpenForm()})
    try:
        found, key = invitations.find_by_secret(held.secret, at=timezone.now())
    except actions.NotOpen:
        let_go(request.session)
        return _gone(request)
    form = AnswerForm(initial={"answer": held.words}, question=first.asked(found.bond, key=key))
    return _invited(request, found, key, form)


@login_not_required
@require_safe
def mangled(_request: HttpRequest, rest: str | None, *, to: str) -> HttpResponse:
    """Lead to the page that a link was for whose # or small letters were lost on its way."""
    return redirect(f"{reverse(to)}#{quote((rest or '').strip('#/'))}")


@login_not_required
@require_POST
def open_invitation(request: HttpRequest) -> HttpResponse:
    """Take the secret out of the link, or look a code up, and hold it in the sealed session."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        return render(request, "bonds/open.html", {"form": form}, status=422)
    data, now = form.cleaned_data, timezone.now()
    try:
        limits.check_code(request, "" if data["secret"] else data["code"])
        secret = data["secret"] or invitations.secret_for_code(data["code"], at=now)
        found, key = invitations.find_by_secret(secret, at=now)
    except limits.TooMany:
        return error_page(request, 429)
    except actions.NotOpen:
        return _gone(request, form)
    before = Held.of(request.session)
    if before is None or before.secret != secret:
        asks = first.asked(found.bond, key=key) is not None
        host = _host(found, key)
        Held(secret=secret, by=host.name, ink=host.ink, asks=asks).put_into(request.session)
    return redirect("bonds:join")


@login_not_required
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Hold the answer of somebody who is not signed in yet, and show them the way they chose."""
    held = Held.of(request.session)
    try:
        found, key = invitations.find_by_secret(held.secret if held else "", at=timezone.now())
    except actions.NotOpen:
        let_go(request.session)
        return _gone(request)
    form = AnswerForm(request.POST, question=first.asked(found.bond, key=key))
    if held is None or not form.is_valid():
        return _invited(request, found, key, form, status=422)
    replace(held, words=form.cleaned_data["answer"]).put_into(request.session)
    return redirect(WAYS.get(request.POST.get("way", ""), "bonds:join"))


@require_POST
def join(request: MemberRequest) -> HttpResponse:
    """Join the bond whose invitation is held."""
    now, held = timezone.now(), Held.of(request.session)
    try:
        found, key = invitations.find_by_secret(held.secret if held else "", at=now)
        words = held.words if held else ""
        if "answer" in request.POST:
            form = AnswerForm(request.POST, question=first.asked(found.bond, key=key))
            if not form.is_valid():
                return _invited(request, found, key, form, status=422)
            words = form.cleaned_data["answer"]
        let_go(request.session)
        face = request.visit.face
        bond = actions.join(
            found,
            key=key,
            user_id=request.user.pk,
            face=face,
            ring=request.ring,
            at=now,
            words=words,
        )
    except actions.NotOpen:
        let_go(request.session)
        return _gone(request)
    except actions.OwnInvitation:
        return redirect("home:today")
    store.erase([found.pk])
    hosts = list(bond.members.exclude(user_id=request.user.pk))
    live.tell(host.user_id for host in hosts)
    for host in hosts:
        causes.comes(host, "joined", after=now)
    request.visit.choose(bond.pk)
    return redirect("bonds:first", bond=bond.pk) if words else redirect("home:today")


def _host(found: Invitation, key: bytes) -> Card:
    return card_of(found.bond.members.get(seat=Seat.HOST), key=key, instead=_("Someone"))


def _invited(
    request: HttpRequest, found: Invitation, key: bytes, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    host_id = found.bond.members.get(seat=Seat.HOST).user_id
    asks = bool(form.fields["answer"].label)
    context = {
        "card": _host(found, key),
        "mine": request.user.pk == host_id,
        "form": form if asks else None,
    }
    return render(request, "bonds/join.html", context, status=status)


def _gone(request: HttpRequest, form: OpenForm | None = None) -> HttpResponse:
    form = form or OpenForm()
    if not form.is_bound:
        form = OpenForm({"code": ""})
        form.is_valid()
    form.add_error(
        None, _("This invitation is not open any more. Ask for a new one: each works once, for 72 hours.")
    )
    return render(request, "bonds/open.html", {"form": form}, status=410)
