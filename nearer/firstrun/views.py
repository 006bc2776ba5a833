"""The steps of the first run: the code, the place, the rescue kit, the first account with its invitation."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nearer import clock, saved
from nearer.accounts import nobody_yet
from nearer.accounts.making import make_once
from nearer.accounts.profile import Face
from nearer.accounts.sessions.door import ONWARD, enter
from nearer.accounts.slowing import limits, twice
from nearer.accounts.ways_in import unlock
from nearer.accounts.ways_in.unlock import Unlocked
from nearer.backups import restoring
from nearer.backups.errors import BackupError
from nearer.bonds import invitations
from nearer.firstrun import kit as rescue
from nearer.firstrun import restarting
from nearer.firstrun.forms import BackupForm, CodeForm, PeopleForm, PlaceForm
from nearer.library.models import Role
from nearer.web.once import mark_of
from nearer.web.views import error_page

BOTH = require_http_methods(["GET", "HEAD", "POST"])
KNOWS, RETURNS, HAS_KIT = "setup", "returns", "kit"
FIRST = "first run:"  # no username has a space in it


type View = Callable[[HttpRequest], HttpResponse]


def while_nobody(view: View) -> View:
    """Let a view run while nobody has an account; afterwards there is no such page."""

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        if not nobody_yet.is_open():
            raise Http404
        return view(request)

    return login_not_required(inner)


def with_code(view: View) -> View:
    """Let a view run for whoever has typed the code; others are asked for it."""

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        return view(request) if request.session.get(KNOWS) else redirect("firstrun:begin")

    return inner


@BOTH
@while_nobody
def begin(request: HttpRequest) -> HttpResponse:
    """Ask for the code; then, whether this copy begins or comes back from a backup."""
    if request.session.get(KNOWS):
        return _page(request, "which", 1)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session.cycle_key()
        request.session[KNOWS] = True
        return redirect("firstrun:begin")
    return _page(request, "code", 1, form=form)


@BOTH
@while_nobody
@with_code
def place(request: HttpRequest) -> HttpResponse:
    """Take the address and the operator's name, and start again with them."""
    if request.GET.get("way"):
        request.session[RETURNS] = request.GET["way"] == "back"
    onward = "firstrun:restore" if request.session.get(RETURNS) else "firstrun:kit"
    config = settings.CONFIG
    now = {
        "url": config.url, "operator": config.operator, "mail_url": config.mail_url, "mail_from": config.mail_from
    }  # fmt: skip
    form = PlaceForm(request.POST or None, initial=now)
    if request.session.get(RETURNS):
        form.for_a_return()
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data == now:
            return redirect(onward)
        saved.save(config.data, form.told)
        return _start_again(request, form.cleaned_data["url"].rstrip("/"), reverse(onward), step=2)
    return _page(request, "place", 2, form=form)


@BOTH
@login_not_required
def restore(request: HttpRequest) -> HttpResponse:
    """Bring a backup back, and start again with it; of one that does not fit nothing stays.

    The second of two forms finds everybody back, and leads to where they log in.
    """
    if not nobody_yet.is_open():
        if restarting.is_wanted():
            return _again(request, _address_now(), reverse("accounts:login"), restored=True)
        return redirect("accounts:login")
    return _restore(request)


@with_code
def _restore(request: HttpRequest) -> HttpResponse:
    form = BackupForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            restored = restoring.restore(data["records"], data["key"], keys=data["keys"], at=clock.now())
        except BackupError as problem:
            form.add_error(None, str(problem))
        else:
            nobody_yet.forget()
            return _start_again(
                request, _address_now(), reverse("accounts:login"), restored=True, came=restored.came
            )
    return _page(request, "restore", 3, form=form)


@require_safe
@while_nobody
@with_code
def kit(request: HttpRequest) -> HttpResponse:
    """Show what the rescue kit is for; it is taken before anybody writes a word."""
    return _page(request, "kit", 3, has_it=request.session.get(HAS_KIT, False))


@require_safe
@while_nobody
@with_code
def kit_file(request: HttpRequest) -> HttpResponse:
    """Hand over the rescue kit."""
    if request.method == "GET":
        request.session[HAS_KIT] = True
    today = timezone.localdate()
    text = rescue.text(
        settings.CONFIG, host_key=settings.HOST_KEY, notices_key=settings.NOTICES_KEY, version=version("nearer"), today=today
    )  # fmt: skip
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{rescue.NAME}"'
    return response


@login_not_required
@BOTH
def people(request: HttpRequest) -> HttpResponse:
    """Make the first account, who looks after this copy, and its invitation in one go; sent twice, the form makes them once."""
    mark = f"{FIRST} {request.POST.get('username', '')}"
    is_open = nobody_yet.is_open()
    if not (is_open or twice.is_begun(request, mark)):
        return _too_late(request)
    if is_open and not (request.session.get(KNOWS) and request.session.get(HAS_KIT)):
        return redirect("firstrun:kit" if request.session.get(KNOWS) else "firstrun:begin")
    form = PeopleForm(request.POST) if request.method == "POST" else PeopleForm.beside("")
    if request.method == "POST" and form.is_valid():
        twice.begin(request, mark)
        try:
            opened, code = make_once(request, form.cleaned_data)
        except limits.TooMany:
            return error_page(request, 429)
        except unlock.NameTaken:
            form.say_taken()
        else:
            return _begin_with(request, opened, code, form.cleaned_data)
    return _page(request, "people", 4, form=form)


def _too_late(request: HttpRequest) -> HttpResponse:
    """Say that somebody else was first to whoever has the code and has filled in the form; for others there is no such page."""
    if request.method != "POST" or not request.session.get(KNOWS):
        raise Http404
    form = PeopleForm(request.POST)
    form.add_error(
        None, _("Somebody has made the first account meanwhile. Yours is made where everybody signs up.")
    )
    return _page(request, "people", 4, form=form)


def _begin_with(request: HttpRequest, opened: Unlocked, code: str, data: dict[str, Any]) -> HttpResponse:
    """Log the first account in, let it look after the copy, and make its invitation."""
    nobody_yet.forget()
    Role.objects.get_or_create(account=opened.user, kind=Role.Kind.OPERATOR)
    enter(request, opened, shared=data["shared"], code=code)
    bond = invitations.invite(
        opened.user.pk,
        face=Face(name=data["name"], ink=data["ink"]),
        kin=data["kin"],
        public=opened.ring.public,
        at=timezone.now(),
        once=mark_of(request),
    )
    request.session[ONWARD] = reverse("bonds:invitation", args=[bond.pk])
    return redirect("accounts:recovery_code")


def _page(request: HttpRequest, name: str, step: int, **context: Any) -> HttpResponse:
    """Return one of the pages; of a form that was not taken, with what is wrong."""
    status = 422 if request.method == "POST" else 200
    return render(request, f"firstrun/{name}.html", {"step": step, **context}, status=status)


def _start_again(request: HttpRequest, url: str, then: str, **context: Any) -> HttpResponse:
    """Say that it starts again, and let it."""
    answer = _again(request, url, then, **context)
    restarting.begin_anew()
    return answer


def _address_now() -> str:
    """Return the address of the next start, which may have come along with a backup."""
    return saved.config_from(os.environ).url


def _again(request: HttpRequest, url: str, then: str, **context: Any) -> HttpResponse:
    return render(request, "firstrun/again.html", {"url": url, "next": then, **context})
