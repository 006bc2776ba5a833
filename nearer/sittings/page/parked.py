"""Parking from a sitting, and beginning a sitting with what was parked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.plans import parking
from nearer.plans.forms import ParkForm
from nearer.protocol import Mode, Move, Seat, written_in
from nearer.records.keeping import BondNotOpen, NotThere
from nearer.sittings.models import Sitting
from nearer.sittings.one_phone import table
from nearer.sittings.page.show import FRAGMENT, Notice, respond
from nearer.sittings.practice import PracticeConfig
from nearer.sittings.run.access import sitting_of
from nearer.sittings.run.header import TOPIC
from nearer.sittings.run.log import open_run, run_or_none
from nearer.web import sure

PARKED, PARK, ABOUT = "parked", "park", "about"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The parking place, offered for words that are about to be sent.

    Attributes:
        kind: the move they belong to; sent again, it goes as it is.
        matter: what they might be: "solution" or "topic".
        text: the words, as far as the parking place takes them.
    """

    kind: str
    matter: str
    text: str


def before_it_goes(request: HttpRequest, room: PracticeConfig, move: Move) -> dict[str, Any]:
    """Return what a person is shown once before their move goes: an offer, or a hint for them alone."""
    if offer := offer_for(request, room, move):
        return {"offer": offer}
    return hint_for(request, room, move)


def hint_for(request: HttpRequest, room: PracticeConfig, move: Move) -> dict[str, Any]:
    """Return a hint for a move's author, which stands in nobody else's way; nothing when they are sure."""
    hint = sure.before_it_goes(request, *written_in(move), more=room.hint(move))
    return {"hint": hint, "hint_for": type(move).__name__} if hint else {}


def offer_for(request: HttpRequest, room: PracticeConfig, move: Move) -> Offer | None:
    """Return what a person is offered before a move is played; None when they are sure, or nothing is."""
    matter = None if request.POST.get(sure.SURE) else room.offer(move)
    if matter is None:
        return None
    text = " ".join(str(getattr(move, "words", "")).split())[: parking.TEXT_MOST]
    return Offer(kind=type(move).__name__, matter=matter, text=text)


def topic_parked(
    request: HttpRequest, place: Place, room: PracticeConfig
) -> tuple[dict[str, str], Seat | None]:
    """Return what a room is told when it begins with a topic that is there already, and whose words that is."""
    if room.parks and ABOUT in request.POST:
        return topic_written(request, place)
    try:
        item = parking.item(place, UUID(request.POST.get(PARKED, "")))
    except (ValueError, NotThere):
        return {}, None
    if not room.parks or item.text.withdrawn:
        return {}, None
    return {TOPIC: str(item.text)}, place.seat if item.mine else place.seat.other


def topic_written(request: HttpRequest, place: Place) -> tuple[dict[str, str], Seat | None]:
    """Return the same for a talk about what two people write to each other about, as far as this person knows of it."""
    try:
        row = Sitting.objects.get(pk=request.POST.get(ABOUT, ""), bond=place.bond, is_over=False)
    except (Sitting.DoesNotExist, ValidationError):
        return {}, None
    run = run_or_none(row, place)
    topic = run.position.view(place.seat).get(TOPIC, "") if run and run.header.mode == Mode.ASYNC else ""
    if not run or not topic or getattr(topic, "withdrawn", False):
        return {}, None
    return {TOPIC: str(topic)}, Seat(run.header.topic_of or run.header.starter)


@require_POST
def park(request: MemberRequest, ref: UUID) -> HttpResponse:
    """Keep something for both that came up in a sitting, and go on with it. On one phone either half has a thing of its own."""
    row, place = sitting_of(request, ref)
    form, seat = ParkForm(request.POST), place.seat
    if table.sits(request, ref):
        seat = table.seat_called(request.POST.get("seat")) or seat
    problem = _park(place, form, for_other=seat is not place.seat)
    if not problem and not request.headers.get(FRAGMENT):
        return redirect(f"{reverse('sittings:sitting', args=[ref])}?{PARKED}=1#{PARK}")
    typed = str(form.data.get("text", "")) if problem else ""
    notice = Notice(text=problem, typed=typed, where=PARK) if problem else parked_notice()
    at, status = timezone.now(), 422 if problem else 200
    return respond(request, open_run(row, place), at=at, notice=notice, status=status)


def parked_notice() -> Notice:
    """Say that it is safe."""
    text = _("That matters too. It is in the parking place and will not be lost.")
    return Notice(text=text, is_good=True, where=PARK)


def _park(place: Place, form: Form, *, for_other: bool) -> str:
    """Park what was written, and return what is in the way, if anything."""
    if not form.is_valid():
        return str(next(iter(form.errors.values()))[0])
    try:
        parking.park(place, form.cleaned_data["text"], at=timezone.now(), for_other=for_other)
    except parking.Full:
        return _("The parking place is full. Let something go on Us, then park this.")
    except BondNotOpen:
        return _("Nothing new can be kept here.")
    return ""
