"""The few ASGI words that the stream and the server share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

# ASGI scopes and messages are open dictionaries of unlike values: there is no narrower type for them.
type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Headers = list[tuple[bytes, bytes]]


def header_values(scope: Scope, name: bytes) -> list[bytes]:
    """Return every value of one request header, in the order sent.

    Args:
        scope: the request.
        name: the header's name in lower case.
    """
    return [value for key, value in scope["headers"] if key == name]


async def reply(send: Send, status: int, headers: Headers, body: bytes) -> None:
    """Send one whole answer.

    Args:
        send: ASGI's way to the client.
        status: the HTTP status.
        headers: sent as they are.
        body: sent as it is.
    """
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
