"""What stays on a device of one's own: a worker, and the page it shows where there is no line. The same for everybody.

The worker is put together from the `worker.js` of every app that has one, and from the names of what it keeps. These
change with their content, so that a new version of the program is a new worker, and browsers take it up by themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import Storage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from nearer.web.views import help_text

PAGES = ("/offline", "/help")
SHELL = ("web/sheets/", "web/js/", "web/fonts/", "web/signs/nearer.svg")
KINDS = (".css", ".js", ".woff2", ".svg")
PART = "/worker.js"


@login_not_required
@require_safe
def offline(_request: HttpRequest) -> HttpResponse:
    """Say that there is no line; drawn without the request, like help."""
    return HttpResponse(_offline_text())


@login_not_required
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Answer with the worker, from the root, so that it may answer for every page."""
    return HttpResponse(script(), content_type="text/javascript; charset=utf-8")


@cache
def script() -> str:
    """Return the whole worker: what it keeps, under which name, and its parts."""
    found = dict(_files())
    kept = [
        *PAGES,
        *(static(path) for path in sorted(found) if path.startswith(SHELL) and path.endswith(KINDS)),
    ]
    parts = [_part(found[path], path) for path in sorted(found) if path.endswith(PART)]
    version = sha256("\n".join([*kept, *parts, _offline_text(), help_text()]).encode()).hexdigest()[:16]
    named = f"const KEPT = {json.dumps(kept)};\nconst NAME = {json.dumps(f'shell-{version}')};\n"
    return named + "\n".join(parts)


def _files() -> Iterator[tuple[str, Storage]]:
    for finder in get_finders():
        yield from finder.list([])


def _part(storage: Storage, path: str) -> str:
    with storage.open(path) as file:
        return f"(() => {{\n{file.read().decode()}}})();"


def _offline_text() -> str:
    return render_to_string("web/offline.html")
