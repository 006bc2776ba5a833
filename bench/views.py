"""What the same server does with nothing to show."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """Answer without looking at who asks."""
    return HttpResponse("ok")


def session(request: HttpRequest) -> HttpResponse:
    """Answer a signed-in person: their session is opened and they are looked up, no more."""
    return HttpResponse(f"ok {request.user.pk}")
