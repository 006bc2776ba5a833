"""Host and Origin as browsers write them, however a proxy passes them on: one address is one word from here on."""

from __future__ import annotations

import re

from nearer.live.messages import Headers

DOT = re.compile(rb"\.(?=(?::[0-9]+)?$)")
# Ports that go without saying. By which of the two somebody came, a Host does not tell.
PORTS = re.compile(rb":(?:80|443)$")


def plainly(headers: Headers) -> Headers:
    """Return headers with Host and Origin in small letters, without a dot at the end or a port that goes without saying."""
    return [(name, SPELLED[name](value.lower()) if name in SPELLED else value) for name, value in headers]


def _host(value: bytes) -> bytes:
    return PORTS.sub(b"", DOT.sub(b"", value))


def _origin(value: bytes) -> bytes:
    scheme, mark, host = value.partition(b"://")
    default = {b"http": b":80", b"https": b":443"}.get(scheme, b"")
    return scheme + mark + DOT.sub(b"", host).removesuffix(default)


SPELLED = {b"host": _host, b"origin": _origin}
