"""Sends an opened file from memory, whole or in part: Safari plays no sound that cannot be asked for in parts."""

from __future__ import annotations

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

ONE_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})")


def serve(request: HttpRequest, content: bytes, *, kind: str, name: str) -> HttpResponse:
    """Answer with a file, or with the part of it that was asked for.

    Args:
        request: may carry one range; several are answered with the whole.
        content: the file.
        kind: its media type.
        name: what it is called when somebody saves it.
    """
    part = _part(request.headers.get("Range", ""), len(content))
    if part is None:
        response = HttpResponse(content, content_type=kind)
    elif not part:
        response = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, content_type=kind)
        response.headers["Content-Range"] = f"bytes */{len(content)}"
    else:
        response = HttpResponse(content[part.start : part.stop], content_type=kind)
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(content)}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _part(asked: str, size: int) -> range | None:
    """Return which bytes were asked for: None for all of them, an empty range for none that there are."""
    found = ONE_RANGE.fullmatch(asked)
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return range(max(size - int(last), 0), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)
