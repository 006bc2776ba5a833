"""One's own settings: the face others see, the passphrase, the recovery code."""

from __future__ import annotations

from dataclasses import asdict, replace

from django.contrib.auth import update_session_auth_hash
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from nearer.accounts.again import open_again
from nearer.accounts.events import What, note
from nearer.accounts.forms import KNOWN, ChangePassphraseForm, ConfirmForm, FaceForm
from nearer.accounts.profile import INKS, look_alike, save_face
from nearer.accounts.sessions import devices
from nearer.accounts.sessions.door import end_others, open_drawer
from nearer.accounts.slowing import limits
from nearer.accounts.ways_in import unlock, unsaved
from nearer.bonds.actions import show_face
from nearer.bonds.visit import MemberRequest
from nearer.home.installing import systems
from nearer.home.renewal import lock_anew
from nearer.home.suggestions import SignForm, SuggestionsForm, ZoneForm
from nearer.notices import channels
from nearer.vault.models import SealedSession
from nearer.web.no_room import needs_no_room
from nearer.web.views import error_page

BOTH = require_http_methods(["GET", "HEAD", "POST"])


@BOTH
def overview(request: MemberRequest) -> HttpResponse:
    """Show the settings, and change name, ink and theme."""
    form = FaceForm(request.POST or None, initial=asdict(request.visit.face))
    if request.method == "POST" and form.is_valid():
        show_face(request.user.pk, replace(request.visit.face, **form.cleaned_data), ring=request.ring)
        return redirect("home:settings")
    places = SealedSession.objects.filter(user=request.user).count()
    others = [place.their_card.ink for place in request.visit.places if place.their_card]
    alike = [ink for ink in INKS if any(look_alike(ink, other) for other in others)]
    # Asked for by its name: the library, where roles are given, lies beside this.
    operates = request.user.roles.filter(kind="operator").exists()
    called = channels.calls(request.user.pk, request.session.ref)  # type: ignore[attr-defined]
    context = {
        "form": form, "tab": "settings", "devices": places, "alike": alike, "operates": operates, "called": called,
    }  # fmt: skip
    return render(request, "home/settings.html", context, status=422 if form.errors else 200)


@BOTH
def suggestions(request: MemberRequest) -> HttpResponse:
    """Choose what Today may suggest, for oneself alone."""
    form = (
        SuggestionsForm(request.POST)
        if request.method == "POST"
        else SuggestionsForm.for_face(request.visit.face)
    )
    if form.is_bound and form.is_valid():
        save_face(request.user.pk, replace(request.visit.face, unwanted=form.unwanted), ring=request.ring)
        return redirect("home:settings")
    return _page(request, "home/suggestions.html", form)


@BOTH
def home_screen(request: MemberRequest) -> HttpResponse:
    """Choose what a home screen and the titles of one's own pages call the house."""
    form = SignForm(request.POST or None, initial={"sign": request.visit.face.sign})
    if request.method == "POST" and form.is_valid():
        save_face(
            request.user.pk, replace(request.visit.face, sign=form.cleaned_data["sign"]), ring=request.ring
        )
        return redirect("home:home_screen")
    return _page(
        request, "home/home_screen.html", form, systems=systems(request.headers.get("User-Agent", ""))
    )


@BOTH
def zone(request: MemberRequest) -> HttpResponse:
    """Choose where one lives, for every day and hour on one's own pages; or leave that to the browser."""
    form = ZoneForm(request.POST or None, initial={"zone": request.visit.face.zone})
    if request.method == "POST" and form.is_valid():
        save_face(
            request.user.pk, replace(request.visit.face, zone=form.cleaned_data["zone"]), ring=request.ring
        )
        return redirect("home:settings")
    return _page(request, "home/zone.html", form)


@needs_no_room()
@BOTH
def passphrase(request: MemberRequest) -> HttpResponse:
    """Change the passphrase; every other session ends."""
    # The address that chooses for somebody in a hurry says nothing about why.
    names, initial = (request.user.get_username(), request.visit.face.name), {"why": KNOWN}
    form = ChangePassphraseForm(
        request.POST or None, names=names, initial=initial if "anew" in request.GET else {}
    )
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_again(request, form)
        except limits.TooMany:
            return error_page(request, 429)
        if opened:
            return _change(request, form, opened)
    return _page(request, "home/passphrase.html", form)


def _change(request: MemberRequest, form: ChangePassphraseForm, opened: unlock.Unlocked) -> HttpResponse:
    if not form.is_known:
        unlock.change_passphrase(opened, form.cleaned_data["new"])
        note(request.user.pk, opened.ring, What.PASSPHRASE_CHANGED)
        _stay(request, opened)
        return redirect("home:settings")
    unlocked, code = lock_anew(opened, form.cleaned_data["new"])
    unsaved.keep(request.session, unlocked, code)
    unlocked.ring.put_into(request.session)
    shared = request.session.is_shared  # type: ignore[attr-defined]
    devices.describe(request, request.user.pk, ring=unlocked.ring, shared=shared)
    _stay(request, unlocked)
    return redirect("accounts:recovery_code")


def _stay(request: MemberRequest, unlocked: unlock.Unlocked) -> None:
    """Keep this session, under a fresh token, and end every other one."""
    update_session_auth_hash(request, unlocked.user)
    open_drawer(request, unlocked)
    end_others(request, request.user.pk)


@needs_no_room()
@BOTH
def recovery(request: MemberRequest) -> HttpResponse:
    """Make a new recovery code; the old one ends."""
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_again(request, form)
        except limits.TooMany:
            return error_page(request, 429)
        if opened:
            open_drawer(request, opened)
            unsaved.keep(request.session, opened, unlock.renew_recovery(opened))
            note(request.user.pk, opened.ring, What.CODE_RENEWED)
            return redirect("accounts:recovery_code")
    return _page(request, "home/recovery.html", form)


def _page(request: MemberRequest, template: str, form: Form, **more: object) -> HttpResponse:
    context = {"form": form, "tab": "settings", **more}
    return render(request, template, context, status=422 if form.errors else 200)
