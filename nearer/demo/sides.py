"""Two people in one browser: each side has a port of its own, and cookies that go by its name.

Browsers tell cookies apart by host and by name, never by port. Below this, nothing knows of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from nearer.live.messages import Receive, Scope, Send

SIDES = ("sam", "noor")
SIDE = b"x-demo-side"


def ports_of(bind: str) -> dict[int, str]:
    """Return the ports after the demo's own, and whose side each is.

    Args:
        bind: the demo's own address, as "host:port".
    """
    own = int(bind.rpartition(":")[2])
    return {own + n: side for n, side in enumerate(SIDES, start=1)}


class Sides:
    """The application as each side meets it.

    Args:
        app: what answers, for all of them.
        bind: the demo's own address, which is neither's.
    """

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], bind: str) -> None:
        self._app = app
        self._ports = ports_of(bind)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request under the names of its side."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        side = self._ports.get((scope.get("server") or ("", 0))[1], "")
        kept = [(name, value) for name, value in scope["headers"] if name != SIDE]
        if not side:
            return await self._app({**scope, "headers": kept}, receive, send)

        async def answer(message: Any) -> None:  # Any: an ASGI message
            if message["type"] == "http.response.start":
                message = {**message, "headers": [_named(side, *each) for each in message["headers"]]}
            await send(message)

        headers = [(name, _own(side, value) if name == b"cookie" else value) for name, value in kept]
        asked = {**scope, "headers": [*headers, (SIDE, side.encode())]}
        return await self._app(asked, receive, answer)


def _own(side: str, cookies: bytes) -> bytes:
    """Leave of a browser's cookies those of a side, by their plain names."""
    mark = f"{side}-".encode()
    found = [each.strip() for each in cookies.split(b";")]
    return b"; ".join(each.removeprefix(mark) for each in found if each.startswith(mark))


def _named(side: str, name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Let a cookie that is set go by the name of its side."""
    return (name, f"{side}-".encode() + value) if name.lower() == b"set-cookie" else (name, value)
