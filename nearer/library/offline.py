"""Reading without a network: a script that keeps the public library, all of it or nothing, when somebody asks."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

SCRIPT = "library/worker.js"


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Answer with the script from the library's own address, so that it reaches nothing but the library."""
    where = find(SCRIPT)
    try:
        with open(where, encoding="utf-8") if where else staticfiles_storage.open(SCRIPT) as file:  # noqa: PTH123
            text = file.read()
    except OSError as missing:
        raise Http404 from missing
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")
