"""An address may lead anywhere: a calendar is fetched from public places alone, and from the very one that was looked at."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from nearer import outward
from nearer.calendars import fetching
from nearer.calendars.fetching import NotFetched, Why, cleaned, fetch
from nearer.outward import is_public

FOUND = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
PRIVATE = (
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1",
    "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "nonsense",
)  # fmt: skip


def refusal(address: str) -> Why:
    with pytest.raises(NotFetched) as refused:
        fetch(address)
    return refused.value.why


@pytest.mark.parametrize("address", PRIVATE)
def test_what_only_this_machine_could_reach_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_what_anybody_could_reach_is(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "calendar.ics", "file:///etc/passwd", "ftp://example.org/a.ics", "gopher://example.org/", "https://",
        "https://name:word@example.org/a.ics", "https://example.org:x/", "https://exa mple.org/", "http://[::1/",
        "javascript:alert(1)", "https://example.org/\r\nHost: other", "https://ex\u00e4mple.org/", "https://e/" + "x" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_calendar_is_refused(address: str) -> None:
    assert refusal(address) is Why.ADDRESS


@pytest.mark.parametrize(
    "address", ["http://example.org:22/", "https://example.org:25/a", "http://example.org:443/"]
)
def test_ports_of_other_things_are_refused(address: str) -> None:
    assert refusal(address) is Why.SHUT


def test_webcal_is_https() -> None:
    assert cleaned(" webcal://Example.org/a.ics?key=1#x ") == "https://Example.org/a.ics?key=1"


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8000/", "http://localhost:8000/", "http://[::1]:8000/", "http://2130706433:8000/",
     "http://0x7f000001:8000/", "http://127.1:8000/", "http://[::ffff:127.0.0.1]:8000/"],
)  # fmt: skip
def test_this_machine_is_not_asked_whatever_it_is_called(address: str) -> None:
    assert refusal(address) in {Why.SHUT, Why.SILENT}


def resolves(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let names lead to these addresses, one answer after the other, and note what is connected to."""
    left, asked, reached = list(answers), socket.getaddrinfo, list[str]()

    def getaddrinfo(host: str, port: int, **_: object) -> list[Any]:
        if host == "127.0.0.1":
            return asked(host, port, type=socket.SOCK_STREAM)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    def connect(sock: socket.socket, where: tuple[str, int]) -> None:
        reached.append(where[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket.socket, "connect", connect, raising=False)
    return reached


def test_a_name_that_also_stands_for_a_private_address_is_not_asked_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reached = resolves(monkeypatch, ["93.184.216.34", "10.0.0.1"])

    assert refusal("http://example.org/") is Why.SHUT
    assert reached == []


def test_a_name_that_says_something_else_a_moment_later_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reached = resolves(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])

    assert refusal("http://example.org/") is Why.SILENT
    assert reached == ["93.184.216.34"]


class Handler(BaseHTTPRequestHandler):
    """Answers as the path says."""

    def do_GET(self) -> None:
        what = self.path.strip("/")
        if what.startswith("to/"):
            self.send_response(302)
            self.send_header("Location", what.removeprefix("to/"))
            self.end_headers()
            return
        self.send_response(int(what) if what.isdigit() else 200)
        self.end_headers()
        content = b"x" * (fetching.MOST_BYTES + 1) if what == "large" else FOUND
        self.wfile.write(content if what != "slow" else FOUND[:20])
        if what == "slow":
            self.server.waits.wait(5)  # type: ignore[attr-defined]

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve on this machine, which is let through for once; nothing else private is."""
    real = outward.is_public
    monkeypatch.setattr(outward, "is_public", lambda text: text == "127.0.0.1" or real(text))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.waits = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.waits.set()  # type: ignore[attr-defined]
        server.shutdown()
        server.server_close()


def test_a_calendar_is_fetched_also_by_way_of_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(monkeypatch) as here:
        assert fetch(f"{here}/calendar") == FOUND
        assert fetch(f"{here}/to/{here}/calendar") == FOUND


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/404", Why.REFUSED),
        ("/large", Why.LARGE),
        ("/to/http://10.0.0.1/a", Why.SHUT),
        ("/to/http://169.254.169.254/latest/meta-data", Why.SHUT),
        ("/to/file:///etc/passwd", Why.ADDRESS),
        ("/to/http://[::1]:8000/", Why.SHUT),
        ("/to/{here}/to/{here}/to/{here}/to/{here}/calendar", Why.REFUSED),
    ],
)
def test_what_it_must_not_fetch_it_does_not(monkeypatch: pytest.MonkeyPatch, path: str, why: Why) -> None:
    with serving(monkeypatch) as here:
        assert refusal(here + path.replace("{here}", here)) is why


def test_who_answers_without_end_is_hung_up_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outward, "SECONDS", 0.3)

    with serving(monkeypatch) as here:
        assert fetch(f"{here}/calendar") == FOUND
        assert refusal(f"{here}/slow") is Why.SILENT
