"""The connection: uvicorn's own, made impatient with clients that send their request drop by drop or in crumbs."""

from __future__ import annotations

import asyncio
import socket

import h11
from django.conf import settings
from uvicorn.protocols.http.h11_impl import H11Protocol

from nearer.server.fixed import page_of
from nearer.web.remarks import remark

HEAD_SECONDS = 20.0
HEAD_BYTES = 32 * 1024
UNREAD_MS = 30_000
BACKLOG = 1024
# A proxy cuts bodies into kilobytes, and a browser not at all. Each chunk costs the same few microseconds
# of the one loop that everybody shares, however little is in it.
FREE_CHUNKS = 256
LEAST_IN_A_CHUNK = 256
NO_HOST = (
    "A visit was refused: it came with no Host header, or with several, and people reach this copy at %(url)s (NEARER_URL). Let the proxy "
    "pass Host on as it came (nginx: proxy_set_header Host $http_host)."
)


class Frugal(h11.Connection):
    """Reads requests as its parent does, and gives up on a body that is cut into crumbs."""

    _chunks = _carried = 0
    lacks_host = False  # a request came with no Host at all, or with several

    def next_event(self) -> type[h11.NEED_DATA | h11.PAUSED] | h11.Event:
        """Return what comes next.

        Raises:
            h11.RemoteProtocolError: it is no request, or its chunks carry next to nothing.
        """
        try:
            event = super().next_event()
        except h11.RemoteProtocolError as refused:
            self.lacks_host = " Host: " in f" {refused} "
            raise
        if isinstance(event, h11.Request):
            self._chunks = self._carried = 0
        elif isinstance(event, h11.Data):
            self._chunks += event.chunk_start
            self._carried += len(event.data)
            beyond = self._chunks - FREE_CHUNKS
            if beyond > 0 and self._carried < beyond * LEAST_IN_A_CHUNK:
                raise h11.RemoteProtocolError("the chunks of this body are too small", error_status_hint=400)
        return event


class Connection(H11Protocol):
    """Closes a connection on which no whole request head arrives in time.

    Uvicorn's own timer starts only after an answer and stops at any byte.
    """

    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        self.conn = Frugal(h11.SERVER, self.config.h11_max_incomplete_event_size or HEAD_BYTES)
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take bytes, and stop waiting once a request is under way."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._watch()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request with our own page, as far as an answer is still possible, and hang up."""
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            headers, body = page_of(400, self._said())
            said = h11.Response(status_code=400, headers=[*headers, (b"connection", b"close")])
            for event in (said, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event))
        self.transport.close()

    def _said(self) -> str:
        """Return which page says it; where what stands in front is the cause, the log says that."""
        if not (isinstance(self.conn, Frugal) and self.conn.lacks_host):
            return ""
        remark(NO_HOST % {"url": settings.CONFIG.url})
        return "400_front"

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._rest()
        super().connection_lost(exc)

    def _watch(self) -> None:
        # Already answered, a client may go on sending a body that nobody reads: that has to end as well.
        is_waiting = self.conn.their_state is h11.IDLE or self.conn.our_state is h11.DONE
        if not is_waiting:
            self._rest()
        elif self._patience is None:
            self._patience = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _rest(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self) -> None:
        self._patience = None
        self.transport.close()


def listen(host: str, port: int) -> socket.socket:
    """Open the listening socket.

    Args:
        host: an address or name; IPv6 without brackets.
        port: 0 lets the system choose.

    Returns:
        A bound socket whose connections notice clients that vanish or stop reading.

    Raises:
        OSError: the address is taken or not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    # Accepted connections inherit all of these. Without the first, each answer waits 40 ms for an
    # acknowledgement between its head and its body: asyncio sees to that only on sockets of its own.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        # Unread bytes end a connection after this long.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_MS)
    return listener
