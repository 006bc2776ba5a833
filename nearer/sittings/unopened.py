"""A sitting that does not open: its page says so, and the ways out of it work as on any other."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.protocol import Leave, Pause
from nearer.sittings.models import Sitting
from nearer.sittings.run import actions
from nearer.vault.errors import KeyRenewed

WAYS_OUT = frozenset({Leave.__name__, Pause.__name__})


def page(request: MemberRequest, row: Sitting) -> HttpResponse:
    """Say that it could not be opened, with Leave; nothing of it is shown."""
    return render(request, "sittings/unopened.html", {"ref": row.pk}, status=HTTPStatus.CONFLICT)


def go_out(request: MemberRequest, row: Sitting, place: Place) -> HttpResponse:
    """Leave it, which ends it for both; or pause: nothing goes on in it anyway.

    Raises:
        KeyRenewed: it did not open because the bond has another key by now.
    """
    if request.visit.is_late:
        raise KeyRenewed
    if request.POST.get("move") == Leave.__name__:
        actions.leave(place, row.pk, at=timezone.now())
    return redirect("sittings:together" if request.visit.together else "home:today")
