"""Pages that must work when Django is not asked: too large, too busy, not understood."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

from nearer.live.headers import house_headers
from nearer.live.messages import Headers, Send, reply

RETRY_AFTER = {429: b"5", 503: b"5"}


@cache
def page_of(status: int, name: str = "") -> tuple[Headers, bytes]:
    """Render an error page once.

    Args:
        status: one of the statuses that has a template `web/errors/<status>.html`.
        name: another template of that folder, for a cause of its own.

    Returns:
        Headers and body, ready to send.
    """
    try:
        body = render_to_string(f"web/errors/{name or status}.html").encode()
    except TemplateDoesNotExist:
        body = f"<!doctype html><title>Nearer</title><p>{HTTPStatus(status).phrase}".encode()
    headers = [
        *house_headers(),
        (b"content-type", b"text/html; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"content-length", str(len(body)).encode()),
    ]
    if status in RETRY_AFTER:
        headers.append((b"retry-after", RETRY_AFTER[status]))
    return headers, body


async def send_page(send: Send, status: int, *more: tuple[bytes, bytes], name: str = "") -> None:
    """Answer with a fixed page.

    Args:
        send: ASGI's way to the client.
        status: which page.
        more: further headers.
        name: which page, where the status has several.
    """
    headers, body = page_of(status, name)
    await reply(send, status, [*headers, *more], body)
