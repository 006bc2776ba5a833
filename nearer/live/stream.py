"""`/live/<sitting>`: a stream that says one number whenever the sitting has moved on.

It runs in plain ASGI before Django: an idle stream costs a few kilobytes and no thread. The page
that hears a new number fetches itself again with its own cookies, so nothing private is ever here.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections import Counter
from uuid import UUID

from django.conf import settings
from django.http import parse_cookie

from nearer.live.gate import Gate, GateShut
from nearer.live.headers import house_headers
from nearer.live.hub import Hub
from nearer.live.mailbox import Mailbox
from nearer.live.messages import Headers, Receive, Scope, Send, header_values, reply
from nearer.live.origin import foreign
from nearer.vault.tokens import hash_of, id_of

PREFIX = "/live/"
BEAT = 15.0
BREATH = 5.0
PER_SESSION = 12
MOST = 20_000
RETRY_MS = (1_000, 3_000)
# An event, since pages do not hear a comment: silence is how they find out that the line is dead.
SIGN_OF_LIFE = b"event: beat\ndata: {}\n\n"
LOOK = b"event: look\ndata: {}\n\n"


class Streams:
    """The ASGI endpoint.

    Args:
        hub: where numbers come from.
        gate: who may watch.
        beat: seconds between two looks at the gate.
        breath: seconds after which a page hears that the stream is still there.
    """

    def __init__(self, hub: Hub, gate: Gate, *, beat: float = BEAT, breath: float = BREATH) -> None:
        self._hub = hub
        self._gate = gate
        self._beat = beat
        self._breath = breath
        self._open: Counter[bytes] = Counter()
        self._count = 0
        self._most_each: int = getattr(settings, "LIVE_STREAMS_PER_SESSION", PER_SESSION)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request under `/live/`."""
        if scope["method"] != "GET":
            return await _refuse(send, 405, [(b"allow", b"GET")])
        if foreign(scope):
            return await _refuse(send, 403)
        cookies = _cookies_of(scope)
        ref, token = _ref_of(scope["path"]), cookies.get(settings.SESSION_COOKIE_NAME, "")
        if settings.EXIT_COOKIE_NAME in cookies:
            return await self._leave(token, send)
        if ref is None or not token:
            return await _refuse(send, 404)
        return await self._serve(ref, token, receive, send)

    async def _leave(self, token: str, send: Send) -> None:
        """Do as every page does for a browser that was left by quick exit while the line was down."""
        try:
            await self._gate.end(token)
        except GateShut:
            return await _refuse(send, 503, [(b"retry-after", b"5")])
        return await _refuse(send, 404)

    async def _serve(self, ref: UUID, token: str, receive: Receive, send: Send) -> None:
        owner = hashlib.blake2b(token.encode(), digest_size=16).digest()
        if self._open[owner] >= self._most_each:
            return await _refuse(send, 429, [(b"retry-after", b"30")])
        if self._count >= MOST:
            return await _refuse(send, 503, [(b"retry-after", b"30")])
        self._enter(owner)
        # Joined before the gate looks at the database: a move made in between is heard, not lost.
        rooms = (ref, id_of(hash_of(token)))
        mailbox = self._hub.join(*rooms)
        try:
            await self._admit(ref, token, mailbox, receive, send)
        finally:
            self._hub.part(mailbox, *rooms)
            self._exit(owner)

    def _enter(self, owner: bytes) -> None:
        self._open[owner] += 1
        self._count += 1

    def _exit(self, owner: bytes) -> None:
        self._count -= 1
        self._open[owner] -= 1
        if not self._open[owner]:
            del self._open[owner]

    async def _admit(self, ref: UUID, token: str, mailbox: Mailbox, receive: Receive, send: Send) -> None:
        try:
            seq = await self._gate.ask_first(token, ref)
        except GateShut:
            return await _refuse(send, 503, [(b"retry-after", b"5")])
        if seq is None:
            return await _refuse(send, 404)
        mailbox.put(seq)
        await send({"type": "http.response.start", "status": 200, "headers": _stream_headers()})
        leaving = asyncio.create_task(_until_gone(receive, mailbox))
        try:
            await self._tell(ref, token, mailbox, send)
        finally:
            leaving.cancel()

    async def _tell(self, ref: UUID, token: str, mailbox: Mailbox, send: Send) -> None:
        clock = asyncio.get_running_loop().time
        # Spread out, so that a thousand streams opened at once do not ask the database at once.
        look = clock() + self._beat * random.uniform(0.7, 1.0)  # noqa: S311 -- spreads load, guards nothing.
        while True:
            try:
                async with asyncio.timeout_at(min(look, clock() + self._breath)):
                    await mailbox.wait()
            except TimeoutError:
                if clock() < look:
                    await send({"type": "http.response.body", "body": SIGN_OF_LIFE, "more_body": True})
                    continue
                mailbox.doubted = True
            if mailbox.gone:
                return None
            if mailbox.ending or mailbox.late:
                return await _say_bye(send)
            if mailbox.doubted:
                mailbox.doubted = False
                if not await self._still(ref, token, mailbox):
                    return await _end(send, mailbox)
                look = clock() + self._beat
            await send({"type": "http.response.body", "body": _news(mailbox), "more_body": True})

    async def _still(self, ref: UUID, token: str, mailbox: Mailbox) -> bool:
        try:
            seq = await self._gate.ask_again(token, ref)
        except GateShut:
            return False
        if seq is not None:
            mailbox.put(seq)
        return seq is not None


def _news(mailbox: Mailbox) -> bytes:
    """Take what waits: where the sitting is, and whether something in it reads otherwise."""
    look = LOOK if mailbox.changed else b""
    mailbox.changed, mailbox.unread = False, 0
    return look + _at(mailbox.seq)


def _at(seq: int) -> bytes:
    return b'event: at\ndata: {"seq": %d}\n\n' % seq


async def _say_bye(send: Send) -> None:
    # Each page is told its own moment, so that they do not all come back together.
    wait = random.randint(*RETRY_MS)  # noqa: S311 -- spreads load, guards nothing.
    await send({"type": "http.response.body", "body": b"event: bye\nretry: %d\ndata: {}\n\n" % wait})


async def _end(send: Send, mailbox: Mailbox) -> None:
    # The page looks once more, and finds what there is for it now.
    last = _at(mailbox.seq) if mailbox.unread else b""
    await send({"type": "http.response.body", "body": last})


async def _refuse(send: Send, status: int, headers: Headers | None = None) -> None:
    plain = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await reply(send, status, [*house_headers(), *plain, (b"content-length", b"0"), *(headers or [])], b"")


async def _until_gone(receive: Receive, mailbox: Mailbox) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    mailbox.leave()


def _stream_headers() -> Headers:
    return [
        *house_headers(),
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        # A proxy that gathers or compresses would hold the numbers back.
        (b"x-accel-buffering", b"no"),
    ]


def _ref_of(path: str) -> UUID | None:
    text = path.removeprefix(PREFIX)
    try:
        ref = UUID(text)
    except ValueError:
        return None
    return ref if str(ref) == text else None


def _cookies_of(scope: Scope) -> dict[str, str]:
    return parse_cookie(b"; ".join(header_values(scope, b"cookie")).decode("latin-1"))
