"""Deleting one's account: now, or in seven days."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nearer.accounts.again import needs_drawer
from nearer.accounts.sessions.door import end_others
from nearer.bonds.visit import PrivateRequest
from nearer.leaving import going
from nearer.sittings.taking_back import erasing
from nearer.web.no_room import needs_no_room

NOW, LATER, KEEP = "now", "later", "keep"


@needs_no_room()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def delete(request: PrivateRequest) -> HttpResponse:
    """Say what goes and what stays, and do it. Nobody is told."""
    at, when = timezone.now(), request.POST.get("when", "")
    if when == NOW and request.POST.get("sure") == "yes":
        going.delete_now(request.user.pk, request.ring, at=at)
        return _gone(request)
    if when == LATER:
        going.delete_later(request.user.pk, request.ring, on=at.date())
        end_others(request, request.user.pk)
        return redirect("leaving:delete")
    if when == KEEP:
        erasing.keep(request.user.pk)
        return redirect("leaving:delete")
    unsure = _("Tick that you are sure first. Nothing was deleted.") if when == NOW else ""
    context = {"day": request.user.deleted_at, "unsure": unsure, "tab": "settings"}
    return render(request, "leaving/delete.html", context, status=422 if request.method == "POST" else 200)


def _gone(request: PrivateRequest) -> HttpResponse:
    logout(request)
    answer = redirect("home:today")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer
