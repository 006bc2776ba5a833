"""Sends each request to its lane, and lets streams say goodbye before the server stops."""

from __future__ import annotations

import signal
import threading
from types import FrameType

from nearer.live.hub import Hub
from nearer.live.messages import Receive, Scope, Send
from nearer.live.stream import PREFIX, Streams
from nearer.operating.metrics import Meter
from nearer.server.fixed import page_of, send_page
from nearer.server.pages import Pages
from nearer.server.spelling import plainly
from nearer.web.logs import begin_request

FIXED = (400, 403, 405, 408, 413, 429, 500, 503)
# Names of methods are told apart by case (RFC 9110). Django would take "post" for POST: what decides about a
# request before Django does, and Django, have to read the same word.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})
ALLOW = (b"allow", b"GET, HEAD, POST")


class Application:
    """The ASGI application.

    Args:
        pages: what Django answers.
        streams: what `/live/` answers.
        hub: opened and closed with the server.
        meter: counts and times the answers, where somebody may read that.
    """

    def __init__(self, *, pages: Pages, streams: Streams, hub: Hub, meter: Meter | None = None) -> None:
        self._lanes, self._pages = pages, meter.timed(pages) if meter else pages
        self._streams = meter.counted(streams) if meter else streams
        self._hub = hub

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection's request, or live with the server from start to end."""
        if scope["type"] == "http":
            begin_request()
            scope["headers"] = plainly(scope["headers"])
        match scope["type"]:
            case "http" if scope["method"] not in METHODS:
                await send_page(send, 405, ALLOW)
            case "http" if scope["path"].startswith(PREFIX):
                await self._streams(scope, receive, send)
            case "http":
                await self._pages(scope, receive, send)
            case "lifespan":
                await self._live(receive, send)
            case "websocket":
                await send({"type": "websocket.close"})

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        for status in FIXED:
            page_of(status)
        page_of(400, "400_front")
        page_of(403, "403_foreign")
        page_of(503, "503_line")
        self._hub.open()
        _before_signals(self._hub)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._hub.close()
        self._lanes.close()
        await send({"type": "lifespan.shutdown.complete"})


def _before_signals(hub: Hub) -> None:
    """Put the goodbye before what the server does on SIGTERM and SIGINT.

    The server waits for open answers before it tells us of its end, and a stream is an answer
    without an end: without this it would wait its whole grace period.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        then = signal.getsignal(number)

        def goodbye(received: int, frame: FrameType | None, then: object = then) -> None:
            hub.say_bye()
            if callable(then):
                then(received, frame)

        signal.signal(number, goodbye)
