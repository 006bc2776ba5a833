"""The drawer of things one might say one day: kept, shared on its own, brought into a sitting, removed."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts.again import needs_drawer
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import PrivateRequest
from nearer.practices.closer.hopes import drawer
from nearer.practices.closer.hopes.drawer import HOPE, Hope
from nearer.practices.closer.hopes.forms import BringForm, HopeForm
from nearer.practices.closer.told.rules import WISHES, Sort
from nearer.protocol import Mode
from nearer.records import keeping
from nearer.records.drawer import drawer_of
from nearer.records.keeping import BondNotOpen, Kept, NotThere, ref_in
from nearer.records.shelf import Shelf
from nearer.sittings.page.between import around
from nearer.sittings.practice import PracticeConfig, about_something, switches
from nearer.sittings.run import actions, queries
from nearer.sittings.run.header import TOPIC
from nearer.web.once import mark_of
from nearer.web.sure import before_it_goes

REFUSED = _lazy("This one is better not begun here. Nobody has seen it. Help, below, is for you as well.")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def mine(request: PrivateRequest) -> HttpResponse:
    """Show somebody what lies there, and take something more."""
    form = HopeForm(request.POST or None)
    found = before_it_goes(request, form.cleaned_data["words"]) if form.is_valid() else None
    if form.is_valid() and not found:
        once = mark_of(request)
        keeping.put(drawer_of(request), HOPE, Hope(**form.cleaned_data), at=timezone.now(), once=once)
        return redirect("closer:drawer")
    place = request.visit.place
    shown = drawer.shared(place) if place else {}
    context = {
        **around(place), "form": form, "hint": found, "wishes": WISHES[Sort.HOPE],
        "hopes": [(kept, shown.get(str(kept.ref))) for kept in reversed(keeping.find(drawer_of(request), HOPE))],
    }  # fmt: skip
    return render(request, "closer/between/mine.html", context, status=422 if form.errors or found else 200)


@require_POST
@needs_drawer
def change(request: PrivateRequest) -> HttpResponse:
    """Share something on its own, take it back, or remove it; in a closed bond nothing new is shared."""
    shelf, place, how = drawer_of(request), request.visit.place, request.POST.get("how", "")
    kept = _kept(request, shelf)
    if kept is None:
        return redirect("closer:drawer")
    wish = next((each for each in WISHES[Sort.HOPE] if each == how), None)
    with suppress(BondNotOpen):
        if wish and place:
            drawer.share(place, kept, wish, at=timezone.now())
        elif how in {"hide", "remove"} and place:
            drawer.take_back(place, str(kept.ref))
    if how == "remove":
        keeping.remove(shelf, HOPE, kept.ref)
    return redirect("closer:drawer")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def bring(request: PrivateRequest) -> HttpResponse:
    """Bring something into a sitting: as its topic, in the words one chooses for it now."""
    place, kept = request.visit.place, _kept(request, drawer_of(request))
    if place is None or kept is None or place.bond.state != Bond.State.OPEN:
        return redirect("closer:drawer")
    rooms = about_something(place, keeping.gather(Shelf.of_bond(place), *switches()))
    form = BringForm(request.POST or None, initial={"topic": kept.document.words})
    room = next(
        (each for each in rooms if each.where == request.POST.get("room")), rooms[0] if rooms else None
    )
    found = None
    if request.method == "POST" and room and form.is_valid():
        topic = form.cleaned_data["topic"]
        refuses = room.refuses(topic)
        found = None if refuses else before_it_goes(request, topic)
        if not (refuses or found):
            with suppress(actions.BondNotOpen, actions.NotOffered):
                return _begin(place, room, topic, form.cleaned_data["mode"])
        if not found:
            form.add_error("topic", REFUSED)
    context = {**around(place), "form": form, "kept": kept, "rooms": rooms, "hint": found}
    status = 422 if form.errors or found else 200
    return render(request, "closer/between/bring.html", context, status=status)


def _begin(place: Place, room: PracticeConfig, topic: str, mode: Mode) -> HttpResponse:
    facts = queries.facts_for(place, room.dialogue, mode) | {TOPIC: topic}
    begun = actions.start(place, room, facts=facts, mode=mode, topic_of=place.seat)
    return redirect("sittings:sitting", ref=begun.pk)


def _kept(request: PrivateRequest, shelf: Shelf) -> Kept[Hope] | None:
    """Return what a form or an address names; None when it names nothing.

    Raises:
        Http404: there is no such thing in this drawer.
    """
    ref = ref_in(request.POST.get("record") or request.GET.get("record") or "")
    try:
        return keeping.get(shelf, HOPE, ref) if ref else None
    except NotThere:
        raise Http404 from None
