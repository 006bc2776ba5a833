"""Taking one's words along."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nearer.accounts.again import needs_drawer
from nearer.bonds.visit import PrivateRequest
from nearer.leaving.export.pack import pack
from nearer.web.no_room import needs_no_room


@needs_no_room()
@require_http_methods(["GET", "HEAD", "POST"])
@needs_drawer
def copy(request: PrivateRequest) -> HttpResponse:
    """Say what is in the copy, and give it. Nobody is told."""
    if request.method != "POST":
        return render(request, "leaving/copy.html", {"tab": "settings"})
    answer = HttpResponse(pack(request, at=timezone.now()), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="words.zip"'
    answer["Cache-Control"] = "no-store"
    return answer
