"""The rooms, and the sitting page: one view for every practice."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer import clock
from nearer.bonds import together
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.protocol import OPEN_FOR, IllegalMove, Mode, Move, Ready, Seat, UnreadableMove
from nearer.records import putaway
from nearer.records.shelf import Shelf
from nearer.sittings import unopened
from nearer.sittings.letters import reminders
from nearer.sittings.models import Sitting
from nearer.sittings.one_phone import table
from nearer.sittings.page.parked import PARKED, before_it_goes, parked_notice, topic_parked
from nearer.sittings.page.posted import fields_of, typed_in
from nearer.sittings.page.show import FRAGMENT, Notice, respond
from nearer.sittings.practice import NoSuchPractice, PracticeConfig, practice, practices
from nearer.sittings.run import actions, queries
from nearer.sittings.run.access import sitting_of
from nearer.sittings.run.header import TOPIC, Header
from nearer.sittings.run.log import Run, lapsed, open_run, run_or_none
from nearer.vault.errors import VaultError
from nearer.web.no_room import needs_no_room

A_PAGE = 20
REMEMBER = "remember"  # beside a move: a copy of it, for whoever makes it
# Not a move: it takes one out of the log.
KEEP_LETTERS = "KeepLetters"
TAKE_BACK = "TakeBack"


@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    """List the practices."""
    return render(request, "sittings/rooms.html", {"rooms": practices(), "tab": "practise"})


@require_safe
def room(request: MemberRequest, slug: str) -> HttpResponse:
    """Show one practice: what will happen, how long it takes, and how to begin."""
    place = request.visit.place
    return render(request, "sittings/room.html", {"room": _room(slug), "place": place, "tab": "practise"})


@require_safe
def kept(request: MemberRequest) -> HttpResponse:
    """List all that two people kept, newest first."""
    place = request.visit.place
    if place is None:
        return redirect("home:us")
    away = putaway.gather(place, request.ring).away
    found = queries.past_sittings(place, most=None, kept=True, away=away)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "sittings/all_kept.html", {"page": page, "place": place, "tab": "us"})


@require_POST
def start(request: MemberRequest, slug: str) -> HttpResponse:
    """Begin a sitting in the current bond, in one of the ways the room can be held."""
    config, place = _room(slug), request.visit.place
    if place is None:
        return redirect("sittings:room", slug=slug)
    mode = next((mode for mode in Mode if mode == request.POST.get("mode")), Mode.LIVE)
    try:
        topic, whose = topic_parked(request, place, config)
        if config.refuses(topic.get(TOPIC, "")) and whose is place.seat:
            return redirect("web:help")
        facts = queries.facts_for(place, config.dialogue, mode) | topic | _open_for(request, mode)
        begun = actions.start(place, config, facts=facts, mode=mode, topic_of=whose)
    except (actions.BondNotOpen, actions.NotOffered):
        return redirect("sittings:room", slug=slug)
    if mode is Mode.LIVE and request.POST.get("ready") == "yes":
        _come_in(begun, place)
    response = redirect("sittings:sitting", ref=begun.pk)
    if mode is Mode.ONE:
        theme = request.visit.face.theme
        together.enter(request, place, ring=request.ring, sitting=begun.pk, theme=theme)
        forget_pages(response)
    return response


def _come_in(begun: Sitting, place: Place) -> None:
    """Say that whoever starts is ready; nothing more where they have said so, or where it runs."""
    with suppress(actions.TooLate, IllegalMove):
        actions.play(ref=begun.pk, place=place, move=Ready(), seq=begun.seq, at=clock.now())


def _open_for(request: HttpRequest, mode: Mode) -> dict[str, int]:
    """Return for how many days letters are to be open, as whoever begins them chose."""
    chosen = [days for days in OPEN_FOR if str(days) == request.POST.get("open_for")]
    return {"open_for": (chosen or OPEN_FOR)[0]} if mode is Mode.ASYNC else {}


@needs_no_room(*unopened.WAYS_OUT, TAKE_BACK)
@require_http_methods(["GET", "HEAD", "POST"])
def sitting(request: MemberRequest, ref: UUID) -> HttpResponse:
    """Show a sitting as this person may see it now, and take their moves."""
    row, place = sitting_of(request, ref)
    if request.method == "POST":
        return _post(request, row, place)
    run = run_or_none(row, place)
    if run is None:
        return unopened.page(request, row)
    notice = parked_notice() if PARKED in request.GET else None
    holding = table.seat_called(request.GET.get(table.HOLDING))
    return respond(request, run, at=clock.now(), notice=notice, seat=holding)


def _post(request: MemberRequest, row: Sitting, place: Place) -> HttpResponse:
    takes = {KEEP_LETTERS: _keep_letters, TAKE_BACK: _take_back}.get(request.POST.get("move", ""), _take_move)
    try:
        return takes(request, row, place)
    except VaultError:
        # What does not open can still be left.
        if request.POST.get("move") in unopened.WAYS_OUT and run_or_none(row, place) is None:
            return unopened.go_out(request, row, place)
        raise


def _take_move(request: MemberRequest, row: Sitting, place: Place) -> HttpResponse:
    at, name = clock.now(), request.POST.get("move", "")
    header = Header.of(row, place)
    kind, sits = header.room.kinds.get(name), table.sits(request, row.pk)
    named = request.POST.get("seat") or place.seat
    seat = table.seat_called(named)
    if kind is None or seat is None:
        typed = "" if header.mode == Mode.ONE else typed_in(request.POST, fields_of(header.room))
        unknown = Notice(text=_("Choose one of the buttons on this page."), typed=typed)
        return respond(request, open_run(row, place), at=at, notice=unknown, status=422)
    form = header.room.form(kind, header.mode, request.POST)
    sent = Sent(name=name, form=form, seat=seat if sits else place.seat, is_secret=sits and kind.sealed)
    if not table.takes(header, kind, sits=sits):
        return _too_late(request, open_run(row, place), sent)
    if form is not None and not form.is_valid():
        return _not_clean(request, open_run(row, place), sent)
    try:
        move = kind(**(form.cleaned_data if form else {}))
        if asked := _offered(request, row, place, header, sent, move):
            return asked
        move = header.room.settle(place, move, at=at)
        played = actions.play(ref=row.pk, place=place, move=move, seq=_seq(request), at=at, seat=seat)
    except (actions.TooLate, IllegalMove, UnreadableMove):
        row.refresh_from_db()
        return _too_late(request, open_run(row, place), sent)
    _remember(request, played, move, at)
    if played.header.mode == Mode.ASYNC and not played.position.calls_on(played.seat):
        reminders.forget(request, row.pk)
    if request.headers.get(FRAGMENT):
        return respond(request, played, at=at)
    response = redirect("sittings:sitting", ref=row.pk)
    return forget_pages(response) if sent.is_secret else response


def _remember(request: MemberRequest, played: Run, move: Move, at: datetime) -> None:
    """Keep a copy for whoever made a move, if they asked for one: in their own drawer, so not on a shared phone."""
    if request.POST.get(REMEMBER) == "yes" and request.ring.private:
        drawer = Shelf.of_person(request.user.pk, request.ring)
        once = f"{played.sitting.pk} {_seq(request)}"
        played.header.room.remember(drawer, move, played.position, at=at, once=once)


def _take_back(request: MemberRequest, row: Sitting, place: Place) -> HttpResponse:
    """Take back what was sealed, or sent in letters, and is not with the other yet; the words come back into their field."""
    at = clock.now()
    try:
        run, move = actions.take_back(ref=row.pk, place=place, at=at)
    except (actions.TooLate, IllegalMove):
        row.refresh_from_db()
        notice = Notice(text=_("It has arrived. You can still take the words back from what was said."))
        return respond(request, open_run(row, place), at=at, notice=notice, status=409)
    form = run.header.room.form(type(move), run.header.mode, initial=vars(move))
    bound = {type(move).__name__: form} if form else None
    notice = Notice(text=_("You have it back. Nobody has seen it."), is_good=True)
    return respond(request, run, at=at, bound=bound, notice=notice)


def _keep_letters(request: MemberRequest, row: Sitting, place: Place) -> HttpResponse:
    """Note whether somebody would keep their letters."""
    at = clock.now()
    try:
        run = actions.keep_letters(ref=row.pk, place=place, keep=request.POST.get("keep") == "yes", at=at)
    except (actions.TooLate, IllegalMove):
        row.refresh_from_db()
        return respond(request, open_run(row, place), at=at, status=409)
    if request.headers.get(FRAGMENT):
        return respond(request, run, at=at)
    return redirect("sittings:sitting", ref=row.pk)


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
        """Say whether this kind of move may be made now, in what a page shows of it now."""
        return self.name in lapsed(run, clock.now()).position.view(self.seat)["legal"]

    @property
    def notice(self) -> Notice:
        """What is said when it was not taken: with the words, unless somebody else reads this next."""
        form = self.form
        typed = "" if form is None or self.is_secret else typed_in(form.data, form.fields)
        return Notice(text=_("The two of you have moved on since. This was not sent."), typed=typed)


def _offered(
    request: MemberRequest, row: Sitting, place: Place, header: Header, sent: Sent, move: Move
) -> HttpResponse | None:
    """Ask whether the words belong into the parking place, or give their author a hint; sent again, they go.

    Not on one phone, where it would be its owner's.
    """
    if header.mode == Mode.ONE or sent.form is None:
        return None
    asked = before_it_goes(request, header.room, move)
    if not asked or not sent.is_open(run := open_run(row, place)):
        return None
    return respond(request, run, at=clock.now(), bound={sent.name: sent.form}, status=422, **asked)


def forget_pages(response: HttpResponse) -> HttpResponse:
    """Let the browser forget the pages it could go back to: somebody else holds it next."""
    response["Clear-Site-Data"] = '"cache"'
    return response


def _not_clean(request: MemberRequest, run: Run, sent: Sent) -> HttpResponse:
    is_open, bound = sent.is_open(run), {sent.name: sent.form} if sent.form else {}
    if not is_open and sent.is_secret:
        bound = {}
    return respond(
        request, run, at=clock.now(), bound=bound, notice=None if is_open else sent.notice,
        status=422 if is_open else 409, seat=sent.seat,
    )  # fmt: skip


def _too_late(request: MemberRequest, fresh: Run, sent: Sent) -> HttpResponse:
    bound = {sent.name: sent.form} if sent.form is not None and sent.is_open(fresh) else None
    return respond(
        request, fresh, at=clock.now(), bound=bound, notice=sent.notice, status=409, seat=sent.seat
    )


def _seq(request: HttpRequest) -> int:
    text = request.POST.get("seq", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1  # noqa: PLR2004 - far above any log


def _room(slug: str) -> PracticeConfig:
    try:
        return practice(slug)
    except NoSuchPractice:
        raise Http404 from None
