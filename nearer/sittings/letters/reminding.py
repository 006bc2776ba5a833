"""Asking to be reminded once of a letter: on Today, and in one's own calendar. No mail, no push."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nearer import clock
from nearer.bonds.visit import MemberRequest
from nearer.protocol import Mode
from nearer.sittings.letters import reminders
from nearer.sittings.letters.turns import letter_of
from nearer.sittings.run.access import sitting_of
from nearer.sittings.run.log import open_run
from nearer.web.calendar import one_event


@require_POST
def remind(request: MemberRequest, ref: UUID) -> HttpResponse:
    """Ask for one reminder of a letter that waits, or take the wish back."""
    row, place = sitting_of(request, ref)
    if request.POST.get("wish") == "no":
        reminders.forget(request, ref)
        return redirect("home:today")
    at, run = clock.now(), open_run(row, place)
    letter = letter_of(run, at) if run.header.mode == Mode.ASYNC else None
    if letter and letter.may_remind(at):
        reminders.ask(request, ref, letter, at=at)
    return redirect("home:today")


@require_safe
def calendar(request: MemberRequest, ref: UUID) -> HttpResponse:
    """Give the reminder that was asked for as one event: no name, no practice, and no way back to either.

    Raises:
        Http404: none was asked for.
    """
    sitting_of(request, ref)
    wish = reminders.wished(request, ref)
    if wish is None:
        raise Http404
    event = one_event(title=_("Something is waiting for you."), starts=wish.moment, made=clock.now())
    answer = HttpResponse(event, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="reminder.ics"'
    return answer
