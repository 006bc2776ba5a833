"""The page lanes as one ASGI endpoint: read the body, choose a lane, answer whole."""

from __future__ import annotations

import hashlib
import logging
import re

from django.conf import settings

from nearer.live.messages import Receive, Scope, Send, header_values, reply
from nearer.live.origin import foreign, said
from nearer.operating.metrics import LANE
from nearer.server.bodies import Bodies, ClientGone, TooLarge, TooMuchAtOnce, TooSlow, declared
from nearer.server.environ import environ_of
from nearer.server.fixed import send_page
from nearer.server.lanes import Lane, LaneFull, Wsgi
from nearer.server.line import Line, LineFull
from nearer.web.remarks import remark

logger = logging.getLogger(__name__)

PAGE_THREADS, PAGE_QUEUE = 2, 400
SLOW_THREADS, SLOW_QUEUE = 2, 20
UPLOAD_THREADS, UPLOAD_QUEUE = 1, 8
BODIES_TOGETHER = 64 * 1024 * 1024
BODY_SECONDS = 60.0
UPLOAD_SEATS, UPLOAD_LINE, UPLOAD_PATIENCE = 4, 60, 120.0
SESSION = re.compile(rf"(?:^|; ){re.escape(settings.SESSION_COOKIE_NAME)}=([^;]+)")
UPLOADS_TOGETHER = 64 * 1024 * 1024
UPLOAD_SECONDS = 180.0
MOST_HEADERS = 100
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
CLOSE = (b"connection", b"close")


class Pages:
    """Answers everything that Django answers.

    Args:
        app: Django's WSGI handler.
        body_limit: most bytes of one body.
        slow_paths: beginnings of paths where a form stretches a passphrase.
        upload_limit: most bytes of the body of an upload.
        upload_paths: paths where a form is an upload. Few are in memory at once, apart from all other bodies,
            and one at a time is answered: rewriting a file takes a second and much memory.
    """

    def __init__(
        self,
        app: Wsgi,
        *,
        body_limit: int,
        slow_paths: tuple[str, ...],
        upload_limit: int,
        upload_paths: re.Pattern[str],
    ) -> None:
        self._bodies = Bodies(limit=body_limit, together=BODIES_TOGETHER, seconds=BODY_SECONDS)
        self._upload_bodies = Bodies(limit=upload_limit, together=UPLOADS_TOGETHER, seconds=UPLOAD_SECONDS)
        self._pages = Lane(app, "page", threads=PAGE_THREADS, queue=PAGE_QUEUE)
        self._slow = Lane(app, "slow", threads=SLOW_THREADS, queue=SLOW_QUEUE, full=429)
        self._uploads = Lane(app, "upload", threads=UPLOAD_THREADS, queue=UPLOAD_QUEUE)
        self._line = Line(seats=UPLOAD_SEATS, most=UPLOAD_LINE, patience=UPLOAD_PATIENCE)
        self._slow_paths = slow_paths
        self._upload_paths = upload_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not scope["raw_path"].startswith(b"/") or len(scope["headers"]) > MOST_HEADERS:
            return await send_page(send, 400)
        if scope["method"] not in SAFE and (cause := foreign(scope)):
            remark(said(cause, scope))
            return await send_page(send, 403, name="403_foreign")
        lane, bodies = self._way_of(scope)
        scope[LANE] = lane.name
        if lane is not self._uploads:
            return await _through(lane, bodies, scope, receive, send)
        try:
            async with self._line.turn(_person(scope), declared(scope)):
                return await _through(lane, bodies, scope, receive, send)
        except LineFull:
            return await send_page(send, 503, CLOSE, name="503_line")

    def close(self) -> None:
        """Finish what is being answered."""
        self._pages.close()
        self._slow.close()
        self._uploads.close()

    def _way_of(self, scope: Scope) -> tuple[Lane, Bodies]:
        path: str = scope["path"]
        # Whatever is not certainly a look goes by its path, so that no other method is a way around a lane.
        if scope["method"] in SAFE:
            return self._pages, self._bodies
        if self._upload_paths.fullmatch(path):
            return self._uploads, self._upload_bodies
        return self._slow if path.startswith(self._slow_paths) else self._pages, self._bodies


async def _through(lane: Lane, bodies: Bodies, scope: Scope, receive: Receive, send: Send) -> None:
    try:
        body = await bodies.read(scope, receive)
    except TooLarge:
        return await send_page(send, 413)
    except TooMuchAtOnce:
        return await send_page(send, 503)
    except TooSlow:
        return await send_page(send, 408, CLOSE)
    except ClientGone:
        return await _hang_up(send)
    try:
        return await _answer(lane, scope, body, receive, send)
    finally:
        bodies.release(body)


def _person(scope: Scope) -> str:
    """Return as whom somebody stands in line: by the browser's session, else by where they are."""
    sessions = SESSION.findall("; ".join(each.decode("latin-1") for each in header_values(scope, b"cookie")))
    told = sessions[0] if sessions else str((scope.get("client") or ("",))[0])
    return hashlib.sha256(told.encode()).hexdigest()  # a session's token is kept nowhere but in its browser


async def _answer(lane: Lane, scope: Scope, body: bytes, receive: Receive, send: Send) -> None:
    try:
        answer = await lane.answer(environ_of(scope, body), receive)
    except LaneFull:
        return await send_page(send, lane.full)
    except Exception:
        # Django answers its own failures; this is a failure of the bridge or below Django.
        logger.exception("A request failed outside of Django.")
        return await send_page(send, 500)
    if answer is None:
        return await _hang_up(send)
    return await reply(send, answer.status, answer.headers, answer.body)


async def _hang_up(send: Send) -> None:
    # The server below wants an answer even where nobody reads it; "close" makes it hang up.
    await reply(send, 408, [CLOSE, (b"content-length", b"0")], b"")
