"""Muting without logging in: from a mail, by a link that works once; from a browser's notice, by letting its subscription go."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from nearer.notices import muting


@csrf_exempt  # The link is what is asked for: a mail program's own button sends nothing else (RFC 8058).
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mute(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button that mutes, and mute. A look uses nothing up: mail servers look at links by themselves.

    Args:
        request: anybody's.
        token: what stands in the link.
    """
    if request.method != "POST":
        good = muting.is_good(token)
        status = HTTPStatus.OK if good else HTTPStatus.GONE
        return render(request, "home/notices/mute.html", {"asks": good, "used": not good}, status=status)
    try:
        muting.mute(token)
    except muting.Used:
        return render(request, "home/notices/mute.html", {"used": True}, status=HTTPStatus.GONE)
    return render(request, "home/notices/mute.html", {"done": True})


@login_not_required
@require_safe
def mute_here(request: HttpRequest) -> HttpResponse:
    """Show one button with which a browser lets its own subscription go; the server is told nothing."""
    return render(request, "home/notices/mute_here.html")
