"""What somebody put out of their own sight: putting it away, seeing what it is, and bringing it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from nearer.bonds.decorators import paired
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.records import putaway
from nearer.records.keeping import ref_in
from nearer.records.models import Record
from nearer.records.putaway import Thing
from nearer.sittings.models import Sitting
from nearer.web.back import back
from nearer.web.no_room import needs_no_room

# No words of anybody's: what it is shows once it is back.
TITLES: Mapping[str, Promise] = {
    "photo": _("A photo"),
    "voice": _("A voice note"),
    "note": _("A line in the book"),
    "plan": _("A plan"),
    "parked": _("Something parked"),
    "line": _("A line of a guide"),
    "question": _("A question about a sign"),
    "request": _("A request"),
    "card": _("A card of a map"),
    "telling": _("Something you were told"),
    "ask": _("Something you were asked for"),
    "answer": _("An answer"),
    "sky": _("How the other was"),
    "comfort": _("What comforts the other"),
    "date": _("A date that was suggested"),
    "off": _("A date that is off"),
    "promise": _("A promise"),
    "letter": _("A letter"),
    "sitting": _("Something you both kept"),
    "sentence": _("A sentence you kept"),
    "first": _("Your first answers"),
    "thanks": _("An appreciation"),
    "hour": _("An hour that was suggested"),
}
# Part of a record, such as one card of a map, is named after it.
PART = "."


@needs_no_room()
@require_http_methods(["GET", "HEAD", "POST"])
@paired
def away(request: MemberRequest, place: Place) -> HttpResponse:
    """Show what one put away, as the sort of thing it is; put something away, or bring it back."""
    if request.method != "POST":
        return render(
            request, "home/away.html", {"place": place, "things": _listed(request, place), "tab": "us"}
        )
    ref, sort, at = request.POST.get("record", ""), request.POST.get("sort", ""), timezone.now()
    if request.POST.get("do") == "back":
        putaway.bring_back(place, request.ring, ref, at=at)
    elif sort in TITLES and _is_there(place, [ref]):
        putaway.put_away(place, request.ring, Thing(ref, sort, timezone.localdate(at).isoformat()), at=at)
    return back(request, default="/us")


def _listed(request: MemberRequest, place: Place) -> list[dict[str, object]]:
    """Return what is away and still there: what the other took back or a practice left behind needs no line."""
    things = putaway.things(place, request.ring)
    there = _is_there(place, [thing.ref for thing in things])
    return [
        {"ref": thing.ref, "title": TITLES[thing.sort], "day": date.fromisoformat(thing.day)}
        for thing in things
        if thing.ref in there and thing.sort in TITLES
    ]


def _is_there(place: Place, refs: list[str]) -> set[str]:
    """Return those of some ids under which this bond keeps something."""
    ids = {ref: ref_in(ref.partition(PART)[0]) for ref in refs}
    wanted = {each for each in ids.values() if each}
    found = {place.bond.pk}
    for kept in (Record, Sitting):
        found |= set(kept.objects.filter(bond=place.bond, pk__in=wanted).values_list("pk", flat=True))
    return {ref for ref, each in ids.items() if each in found}
