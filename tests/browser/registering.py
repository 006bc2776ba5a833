"""Chromium's push registration on this machine: gives a browser its address, and calls nobody."""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CHECK_IN, REGISTER = "/begin", "/register"
# A message of Chromium's `AndroidCheckinResponse`: stats_ok, time_msec, and the two ids that its next requests carry.
CHECKED_IN = b"\x08\x01\x18\x01\x39" + struct.pack("<Q", 21) + b"\x41" + struct.pack("<Q", 34)
REGISTERED = b"token=a-browser:that-is-called"


class Handler(BaseHTTPRequestHandler):
    """Answers what a browser asks before it has a subscription."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        answer = CHECKED_IN if self.path == CHECK_IN else REGISTERED
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def registering() -> Iterator[list[str]]:
    """Answer on this machine; yield the flags by which Chromium asks here, and is not connected anywhere."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield [
            f"--gcm-checkin-url={url}{CHECK_IN}",
            f"--gcm-registration-url={url}{REGISTER}",
            "--gcm-mcs-endpoint=https://127.0.0.1:1",
        ]
    finally:
        server.shutdown()
        server.server_close()
