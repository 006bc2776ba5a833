"""The rooms, and the sitting page: one view for every practice."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.bonds import together
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.protocol import IllegalMove, Mode, Move, Seat, UnreadableMove
from nearer.sittings import actions, queries, reminders, table
from nearer.sittings.access import sitting_of
from nearer.sittings.header import Header
from nearer.sittings.log import Run, open_run
from nearer.sittings.models import Sitting
from nearer.sittings.parked import PARKED, offer_for, parked_notice, topic_parked
from nearer.sittings.posted import fields_of, typed_in
from nearer.sittings.practice import NoSuchPractice, PracticeConfig, practice, practices
from nearer.sittings.show import FRAGMENT, Notice, respond


@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    """List the practices."""
    return render(request, "sittings/rooms.html", {"rooms": practices(), "tab": "practise"})


@require_safe
def room(request: MemberRequest, slug: str) -> HttpResponse:
    """Show one practice: what will happen, how long it takes, and how to begin."""
    place = request.visit.place
    return render(request, "sittings/room.html", {"room": _room(slug), "place": place, "tab": "practise"})


@require_POST
def start(request: MemberRequest, slug: str) -> HttpResponse:
    """Begin a sitting in the current bond, in one of the ways the room can be held."""
    config, place = _room(slug), request.visit.place
    if place is None:
        return redirect("sittings:room", slug=slug)
    mode = next((mode for mode in Mode if mode == request.POST.get("mode")), Mode.LIVE)
    # One that ended quietly must not be found open: it could neither be played nor ended from its page.
    actions.let_time_pass(place, at=timezone.now())
    try:
        topic, whose = topic_parked(request, place, config)
        facts = queries.facts_for(place, config.dialogue, mode) | topic
        begun = actions.start(place, config, facts=facts, mode=mode, topic_of=whose)
    except (actions.BondNotOpen, actions.NotOffered):
        return redirect("sittings:room", slug=slug)
    response = redirect("sittings:sitting", ref=begun.pk)
    if mode is Mode.ONE:
        theme = request.visit.face.theme
        together.enter(request, place, ring=request.ring, sitting=begun.pk, theme=theme)
        forget_pages(response)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def sitting(request: MemberRequest, ref: UUID) -> HttpResponse:
    """Show a sitting as this person may see it now, and take their moves."""
    row, place = sitting_of(request, ref)
    if request.method == "POST":
        return _take_move(request, row, place)
    notice = parked_notice() if PARKED in request.GET else None
    holding = table.seat_called(request.GET.get(table.HOLDING))
    return respond(request, open_run(row, place), at=timezone.now(), notice=notice, seat=holding)


def _take_move(request: MemberRequest, row: Sitting, place: Place) -> HttpResponse:
    at, name = timezone.now(), request.POST.get("move", "")
    header = Header.of(row, place)
    kind, sits = header.room.kinds.get(name), table.sits(request, row.pk)
    named = request.POST.get("seat") or place.seat
    seat = table.seat_called(named)
    if kind is None or seat is None:
        typed = "" if header.mode == Mode.ONE else typed_in(request.POST, fields_of(header.room))
        unknown = Notice(text=_("Choose one of the buttons on this page."), typed=typed)
        return respond(request, open_run(row, place), at=at, notice=unknown, status=422)
    form = header.room.forms[kind](request.POST) if kind in header.room.forms else None
    sent = Sent(name=name, form=form, seat=seat if sits else place.seat, is_secret=sits and kind.sealed)
    if not table.takes(header, kind, sits=sits):
        return _too_late(request, open_run(row, place), sent)
    if form is not None and not form.is_valid():
        return _not_clean(request, open_run(row, place), sent)
    try:
        move = kind(**(form.cleaned_data if form else {}))
        if asked := _offered(request, row, place, sent, move):
            return asked
        played = actions.play(ref=row.pk, place=place, move=move, seq=_seq(request), at=at, seat=seat)
    except (actions.TooLate, IllegalMove, UnreadableMove):
        row.refresh_from_db()
        return _too_late(request, open_run(row, place), sent)
    if played.header.mode == Mode.ASYNC and not played.position.calls_on(played.seat):
        reminders.forget(request, row.pk)
    if request.headers.get(FRAGMENT):
        return respond(request, played, at=at)
    response = redirect("sittings:sitting", ref=row.pk)
    return forget_pages(response) if sent.is_secret else response


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A move as a page sent it.

    Attributes:
        name: its kind's name.
        form: its form, if it has one.
        seat: whose move it is; away from a shared phone nobody's but one's own.
        is_secret: whether it was made behind the curtain, where the next page is another's to see.
    """

    name: str
    form: Form | None
    seat: Seat
    is_secret: bool

    def is_open(self, run: Run) -> bool:
        """Say whether this kind of move may be made now."""
        return self.name in run.position.view(self.seat)["legal"]

    @property
    def notice(self) -> Notice:
        """What is said when it was not taken: with the words, unless somebody else reads this next."""
        form = self.form
        typed = "" if form is None or self.is_secret else typed_in(form.data, form.fields)
        return Notice(text=_("The two of you have moved on since. This was not sent."), typed=typed)


def _offered(
    request: MemberRequest, row: Sitting, place: Place, sent: Sent, move: Move
) -> HttpResponse | None:
    """Ask whether the words belong into the parking place; not on one phone, where it would be its owner's."""
    header = Header.of(row, place)
    offer = None if header.mode == Mode.ONE else offer_for(request, header.room, move)
    if offer is None or sent.form is None or not sent.is_open(run := open_run(row, place)):
        return None
    bound = {sent.name: sent.form}
    return respond(request, run, at=timezone.now(), bound=bound, status=422, offer=offer)


def forget_pages(response: HttpResponse) -> HttpResponse:
    """Let the browser forget the pages it could go back to: somebody else holds it next."""
    response["Clear-Site-Data"] = '"cache"'
    return response


def _not_clean(request: MemberRequest, run: Run, sent: Sent) -> HttpResponse:
    is_open, bound = sent.is_open(run), {sent.name: sent.form} if sent.form else {}
    if not is_open and sent.is_secret:
        bound = {}
    return respond(
        request, run, at=timezone.now(), bound=bound, notice=None if is_open else sent.notice,
        status=422 if is_open else 409, seat=sent.seat,
    )  # fmt: skip


def _too_late(request: MemberRequest, fresh: Run, sent: Sent) -> HttpResponse:
    bound = {sent.name: sent.form} if sent.form is not None and sent.is_open(fresh) else None
    return respond(
        request, fresh, at=timezone.now(), bound=bound, notice=sent.notice, status=409, seat=sent.seat
    )


def _seq(request: HttpRequest) -> int:
    text = request.POST.get("seq", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1  # noqa: PLR2004 - far above any log


def _room(slug: str) -> PracticeConfig:
    try:
        return practice(slug)
    except NoSuchPractice:
        raise Http404 from None
