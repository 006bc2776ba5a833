"""The maps of two people between their sittings, and how somebody's guesses fit, for them alone."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from nearer.accounts.again import needs_drawer
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.practices.needs import kept, mirror
from nearer.practices.needs.apps import NeedsConfig
from nearer.practices.needs.kept import REDRAW, ROUND, Asked, Round
from nearer.practices.needs.moves import UNSAID
from nearer.practices.needs.page_forms import LateReplyForm
from nearer.practices.needs.understanding import reading
from nearer.records import putaway
from nearer.records.keeping import BondNotOpen, Kept, NotThere, ref_in
from nearer.sittings.page.show import Names
from nearer.web.no_room import needs_no_room


def names_of(place: Place) -> Names:
    """Return the two as a page calls them."""
    theirs = place.their_card
    return Names(me=place.my_card.name, you=theirs.name if theirs else "")


@require_safe
def maps(request: MemberRequest) -> HttpResponse:
    """Show what two people opened to each other last, what waits for an answer, and when to draw it anew."""
    return _maps(request)


def _maps(
    request: MemberRequest, form: LateReplyForm | None = None, at_fault: str = "", status: int = 200
) -> HttpResponse:
    place = request.visit.place
    if place is None:
        return redirect("sittings:room", slug=NeedsConfig.address)
    found, at = putaway.gather(place, request.ring, *kept.KINDS), timezone.now()
    rounds = found.of(ROUND)
    context = {
        "place": place,
        "names": names_of(place),
        "is_open": place.bond.state == Bond.State.OPEN,
        "round": _shown(rounds[-1], place, found.away, at) if rounds else None,
        "earlier": [_cards(each, place) for each in rounds[-2::-1]],
        "requests": [_request(each, place) for each in kept.requests_for(found, place)],
        "form": form or LateReplyForm(),
        "at_fault": at_fault,
        "where": NeedsConfig.address,
        "tab": "practise",
    }
    return render(request, "needs/maps.html", context, status=status)


@needs_no_room()
@require_POST
def take_back(request: MemberRequest) -> HttpResponse:
    """Take one of one's own cards out of what is kept; one that is gone already needs no word."""
    place, ref = request.visit.place, ref_in(request.POST.get("record", ""))
    card = request.POST.get("card", "")
    if place and ref and card in {str(number) for number in range(len(mirror.Side().importance))}:
        with contextlib.suppress(NotThere, BondNotOpen):
            kept.take_back(place, ref, int(card), at=timezone.now())
    return redirect("needs:maps")


@require_POST
def answer(request: MemberRequest) -> HttpResponse:
    """Answer a request that was put off, or let one go."""
    place, ref = request.visit.place, ref_in(request.POST.get("record", ""))
    if place is None or ref is None:
        return redirect("needs:maps")
    if request.POST.get("way") == "go":
        with contextlib.suppress(BondNotOpen):
            kept.let_go(place, ref)
        return redirect("needs:maps")
    form = LateReplyForm(request.POST)
    if not form.is_valid():
        return _maps(request, form, str(ref), status=422)
    try:
        kept.answer(place, ref, form.cleaned_data["way"], form.cleaned_data["words"], at=timezone.now())
    except kept.NotTheirs:
        raise Http404 from None
    except (NotThere, BondNotOpen):
        pass
    return redirect("needs:maps")


@require_safe
@needs_drawer
def understanding(request: PrivateRequest) -> HttpResponse:
    """Show somebody how their own guesses fit, in words, over all the maps there are."""
    place = request.visit.place
    if place is None:
        return redirect("sittings:room", slug=NeedsConfig.address)
    rounds = [mirror.pairs(each.document.opened, place.seat) for each in kept.gather(place).of(ROUND)]
    told = reading(rounds)
    context = {
        "place": place, "names": names_of(place), "maps": sum(map(bool, rounds)), "reading": asdict(told) if told else None,
        "where": NeedsConfig.address, "tab": "practise",
    }  # fmt: skip
    return render(request, "needs/understanding.html", context)


def _shown(
    each: Kept[Round], place: Place, away: Collection[str], at: datetime
) -> dict[str, Any]:  # Any: plain values
    redraw = each.at + REDRAW
    rows = [
        row | {"ref": f"{each.ref}.{row['card']}"} for row in mirror.rows(each.document.opened, place.seat)
    ]
    rows = [row for row in rows if row["ref"] not in away]
    return {
        "rows": rows, "theirs": [row for row in rows if row["theirs"] is not None], "redraw": redraw, "is_due": at >= redraw,
        "withdrawn": place.seat.other in each.document.gone, **_cards(each, place),
    }  # fmt: skip


def _cards(each: Kept[Round], place: Place) -> dict[str, Any]:  # Any: plain values
    mine = each.document.opened[place.seat]
    cards = [
        {"card": card, "name": mine.names[card], "level": level}
        for card, level in enumerate(mine.importance)
        if level != UNSAID
    ]
    return {
        "ref": each.ref,
        "at": each.at,
        "cards": sorted(cards, key=lambda card: (-card["level"], card["card"])),
    }


def _request(each: Kept[Asked], place: Place) -> dict[str, Any]:  # Any: plain values
    asked = each.document
    return {
        **asdict(asked), "ref": str(each.ref), "day": asked.day, "mine": asked.owner == place.seat,
        "withdrawn": asked.gone == asked.owner, "answer_withdrawn": bool(asked.gone) and asked.gone != asked.owner,
        "need": {"card": asked.card, "name": asked.name} if asked.card >= 0 else None,
    }  # fmt: skip
