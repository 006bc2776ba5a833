"""The page lanes as one ASGI endpoint: read the body, choose a lane, answer whole."""

from __future__ import annotations

import logging

from nearer.live.messages import Receive, Scope, Send, reply
from nearer.live.origin import is_foreign
from nearer.server.bodies import Bodies, ClientGone, TooLarge, TooMuchAtOnce, TooSlow
from nearer.server.environ import environ_of
from nearer.server.fixed import send_page
from nearer.server.lanes import Lane, LaneFull, Wsgi

logger = logging.getLogger(__name__)

PAGE_THREADS, PAGE_QUEUE = 2, 400
SLOW_THREADS, SLOW_QUEUE = 2, 20
BODIES_TOGETHER = 64 * 1024 * 1024
BODY_SECONDS = 60.0
MOST_HEADERS = 100
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
CLOSE = (b"connection", b"close")


class Pages:
    """Answers everything that Django answers.

    Args:
        app: Django's WSGI handler.
        body_limit: most bytes of one body.
        slow_paths: beginnings of paths whose POSTs stretch a passphrase.
    """

    def __init__(self, app: Wsgi, *, body_limit: int, slow_paths: tuple[str, ...]) -> None:
        self._bodies = Bodies(limit=body_limit, together=BODIES_TOGETHER, seconds=BODY_SECONDS)
        self._pages = Lane(app, "page", threads=PAGE_THREADS, queue=PAGE_QUEUE)
        self._slow = Lane(app, "slow", threads=SLOW_THREADS, queue=SLOW_QUEUE)
        self._slow_paths = slow_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not scope["raw_path"].startswith(b"/") or len(scope["headers"]) > MOST_HEADERS:
            return await send_page(send, 400)
        if scope["method"] not in SAFE and is_foreign(scope):
            return await send_page(send, 403)
        try:
            body = await self._bodies.read(scope, receive)
        except TooLarge:
            return await send_page(send, 413)
        except TooMuchAtOnce:
            return await send_page(send, 503)
        except TooSlow:
            return await send_page(send, 408, CLOSE)
        except ClientGone:
            return await _hang_up(send)
        try:
            return await self._answer(scope, body, receive, send)
        finally:
            self._bodies.release(body)

    def close(self) -> None:
        """Finish what is being answered."""
        self._pages.close()
        self._slow.close()

    async def _answer(self, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
        lane = self._slow if self._is_slow(scope) else self._pages
        try:
            answer = await lane.answer(environ_of(scope, body), receive)
        except LaneFull:
            return await send_page(send, 429 if lane is self._slow else 503)
        except Exception:
            # Django answers its own failures; this is a failure of the bridge or below Django.
            logger.exception("A request failed outside of Django.")
            return await send_page(send, 500)
        if answer is None:
            return await _hang_up(send)
        return await reply(send, answer.status, answer.headers, answer.body)

    def _is_slow(self, scope: Scope) -> bool:
        path: str = scope["path"]
        return scope["method"] == "POST" and path.startswith(self._slow_paths)


async def _hang_up(send: Send) -> None:
    # The server below wants an answer even where nobody reads it; "close" makes it hang up.
    await reply(send, 408, [CLOSE, (b"content-length", b"0")], b"")
