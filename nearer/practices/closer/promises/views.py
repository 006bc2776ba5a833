"""The promises of two people: made, changed in time, marked by whoever made them, noticed by the other."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST

from nearer import clock
from nearer.accounts.again import needs_drawer
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.practices.closer.apps import CloserConfig
from nearer.practices.closer.promises import keeping as promises
from nearer.practices.closer.promises.forms import OwnForm, PromiseForm
from nearer.practices.closer.promises.hints import leaves_less_free
from nearer.practices.closer.promises.keeping import NOTE, PROMISE
from nearer.practices.closer.promises.rules import OPEN_MOST, NotOpen, Seen, State
from nearer.records import between, keeping, putaway
from nearer.records.between import Item
from nearer.records.drawer import drawer_of
from nearer.records.keeping import BondNotOpen, NotThere, ref_in
from nearer.records.shelf import Shelf
from nearer.sittings.page.between import around, in_bond
from nearer.web.once import mark_of
from nearer.web.sure import before_it_goes
from nearer.web.unsent import given_back

WHERE = "closer:words"
FULL = _lazy(
    "Three promises are open, and that is plenty. When one is done, taken back, or its day is over, there is room again. "
    "One that you noted for yourself alone counts until its day, too."
)
AGAIN = HTTPStatus.UNPROCESSABLE_ENTITY


@require_http_methods(["GET", "HEAD", "POST"])
@in_bond(CloserConfig.label)
def words(request: MemberRequest, place: Place) -> HttpResponse:
    """Show the promises of the two; take a new one, or other words for one of one's own."""
    if request.method != "POST":
        return _page(request, place)
    form = PromiseForm(request.POST)
    if not form.is_valid():
        return _page(request, place, form=form, status=AGAIN)
    given = {name: form.cleaned_data[name] for name in ("cue", "act", "by")}
    freer = "freer" if leaves_less_free(given["cue"], given["act"]) else None
    if found := before_it_goes(request, given["cue"], given["act"], more=freer):
        return _page(request, place, form=form, hint=found, status=AGAIN)
    try:
        if own := _ref(request):
            promises.change(place, own, **given, at=timezone.now())
        else:
            promises.promise(place, **given, at=timezone.now(), once=mark_of(request))
    except promises.Full:
        form.add_error(None, FULL)
        return _page(request, place, form=form, status=AGAIN)
    except (NotOpen, NotThere, BondNotOpen):
        form.add_error(None, _("This has moved on since. Your words were not sent."))
        return _page(request, place, form=form, status=HTTPStatus.CONFLICT)
    return redirect(WHERE)


@require_POST
@in_bond(CloserConfig.label)
def mark(request: MemberRequest, place: Place) -> HttpResponse:
    """Mark a promise of one's own as kept, or not; say that one noticed the other's; take one's part back."""
    ref, how, at = _ref(request), request.POST.get("how", ""), timezone.now()
    if ref is None:
        return redirect(WHERE)
    try:
        if how in {"kept", "unmark"}:
            promises.mark(place, ref, State.KEPT if how == "kept" else State.OPEN, at=at)
        elif how in {"noticed", "unnoticed"}:
            promises.notice(place, ref, noticed=how == "noticed", at=at)
        elif how == "go":
            between.take_back(place, PROMISE, ref)
    except NotOpen:
        raise Http404 from None
    except (NotThere, BondNotOpen):
        pass
    return redirect(WHERE)


@require_http_methods(["GET", "HEAD", "POST"])
@in_bond(CloserConfig.label)
def own(request: MemberRequest, place: Place) -> HttpResponse:
    """Say that a promise of one's own did not happen: to the other with one line of repair, or for oneself alone."""
    item, then = _own(request, place), redirect(WHERE)
    if item is None:
        return given_back(request, "line", then=then)
    form = OwnForm(request.POST or None)
    found = before_it_goes(request, form.cleaned_data["line"]) if form.is_valid() else None
    if form.is_valid() and not found:
        line, at = form.cleaned_data["line"], timezone.now()
        try:
            if form.cleaned_data["tell"]:
                promises.mark(place, item.ref, State.OWNED, line, at=at)
            else:
                promises.note_alone(place, request.ring, item.ref, line, at=at)
        except (NotThere, NotOpen, BondNotOpen):
            return given_back(request, "line", then=then)
        return then
    context = {**around(place), "form": form, "item": item, "hint": found}
    return render(
        request, "closer/between/own.html", context, status=AGAIN if form.errors or found else HTTPStatus.OK
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
@in_bond(CloserConfig.label)
def notes(request: PrivateRequest, place: Place) -> HttpResponse:
    """Show somebody what they noted of promises for themselves alone; remove one, or tell the other after all."""
    drawer = drawer_of(request)
    ref = _ref(request) if request.method == "POST" else None
    if ref is None:
        context = {**around(place), "notes": promises.notes(drawer, place.bond.pk)}
        return render(request, "closer/between/words_alone.html", context)
    with suppress(NotThere, NotOpen, BondNotOpen):
        note = keeping.get(drawer, NOTE, ref).document
        if request.POST.get("how") == "tell":
            promises.mark(place, UUID(note.promise), State.OWNED, note.line, at=timezone.now())
        putaway.bring_back(place, request.ring, note.promise, at=timezone.now())
        keeping.remove(drawer, NOTE, ref)
    return redirect("closer:words_alone")


def _page(
    request: MemberRequest,
    place: Place,
    *,
    form: forms.Form | None = None,
    status: int = HTTPStatus.OK,
    hint: object = None,
) -> HttpResponse:
    at, found = clock.now(), putaway.gather(place, request.ring, PROMISE)
    items = promises.items_in(found, place, at=at)
    promises.clear(found, place, at=at)
    between.look(request, place, WHERE, items, at=at)
    named = _ref(request)
    if named and request.method != "POST" and all(item.ref != named for item in items):
        raise Http404
    edited = next((i for i in items if i.ref == named and i.seen.mine and i.seen.is_open), None)
    initial = {"cue": edited.seen.cue, "act": edited.seen.act, "by": edited.seen.by} if edited else {}
    context = {
        **around(place), "mine": [item for item in items if item.seen.mine], "theirs": [i for i in items if not i.seen.mine],
        "form": form or PromiseForm(initial=initial), "edited": edited, "hint": hint,
        "full": FULL if promises.open_of(found, place, at=at) >= OPEN_MOST else "",
    }  # fmt: skip
    return render(request, "closer/between/words.html", context, status=status)


def _own(request: MemberRequest, place: Place) -> Item[Seen] | None:
    ref = _ref(request)
    items = promises.items_in(keeping.gather(Shelf.of_bond(place), PROMISE), place, at=clock.now())
    return next((item for item in items if item.ref == ref and item.seen.mine), None)


def _ref(request: MemberRequest) -> UUID | None:
    return ref_in(request.POST.get("record") or request.GET.get("record") or "")
