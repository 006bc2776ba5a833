"""Turns an ASGI request into what a WSGI application expects (PEP 3333)."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from nearer.live.messages import Scope

# `Any` because a WSGI environ holds strings, flags, streams and tuples side by side.
type Environ = dict[str, Any]

# HTTP_PROXY would name a proxy to libraries that read it; the length is counted, not believed.
DROPPED = {b"proxy", b"content-length", b"transfer-encoding"}


def environ_of(scope: Scope, body: bytes) -> Environ:
    """Build the environ of one request whose body has been read.

    Args:
        scope: the request.
        body: all of it.

    Returns:
        A fresh dictionary. Text in it is bytes read as latin-1, which is how WSGI carries bytes.
    """
    host, port = scope.get("server") or ("localhost", 80)
    root = scope.get("root_path", "")
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": _latin(root.encode()),
        "PATH_INFO": _latin(unquote_to_bytes(scope["raw_path"].removeprefix(root.encode()))),
        "QUERY_STRING": _latin(scope["query_string"]),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or ""),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("", 0))[0],
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    _add_headers(environ, scope["headers"])
    return environ


def _add_headers(environ: Environ, headers: list[tuple[bytes, bytes]]) -> None:
    for name, value in headers:
        # With an underscore a client could write a header that looks like one the proxy sets.
        if name in DROPPED or b"_" in name:
            continue
        key = _latin(name).upper().replace("-", "_")
        if key != "CONTENT_TYPE":
            key = f"HTTP_{key}"
        glue = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{glue}{_latin(value)}" if key in environ else _latin(value)


def _latin(raw: bytes) -> str:
    return raw.decode("latin-1")
