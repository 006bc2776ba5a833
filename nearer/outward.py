"""The one way out of this machine to an address that somebody gave: to public places, and to nothing else it could reach.

An address may name anything: this machine, its neighbours, what a cloud tells its machines. So the name is resolved
here, every address it stands for has to be a public one, and the connection goes to the very address that was looked
at: a name that says something else a moment later changes nothing.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit, urlunsplit

SECONDS = 8.0  # for all of it, redirections too
MOST_ADDRESS = 2000
PORTS = {"http": 80, "https": 443}
LEAST_PORT = 1024  # of those that are not the web's own
# What stands for another address inside an IPv6 one leads wherever that leads.
INSIDE = tuple(
    ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)


class Why(StrEnum):
    """Why nothing was fetched."""

    ADDRESS = "address"
    SHUT = "shut"
    SILENT = "silent"
    REFUSED = "refused"
    LARGE = "large"


class NotFetched(Exception):
    """Nothing came from an address.

    Attributes:
        why: the reason.
    """

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def cleaned(address: str) -> str:
    """Return an address as it is asked for.

    Raises:
        NotFetched: it is none that a calendar could be at.
    """
    text = address.strip()
    if len(text) > MOST_ADDRESS or not text.isascii() or not text.isprintable() or " " in text:
        raise NotFetched(Why.ADDRESS)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise NotFetched(Why.ADDRESS) from None
    scheme = {"webcal": "https", "webcals": "https"}.get(parts.scheme.lower(), parts.scheme.lower())
    if scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise NotFetched(Why.ADDRESS)
    if port is not None and port != PORTS[scheme] and port < LEAST_PORT:
        raise NotFetched(Why.SHUT)
    return urlunsplit((scheme, parts.netloc, parts.path or "/", parts.query, ""))


def is_public(text: str) -> bool:
    """Say whether an address of the network is one that anybody could reach."""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if any(found in net for net in INSIDE):
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


class Watch:
    """Hangs up when the time is over, however slowly the other side goes on.

    Args:
        seconds: how long it may take; as long as anything may, unless given.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self.is_over = False
        self._open: list[socket.socket] = []
        self._timer = threading.Timer(seconds or SECONDS, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def over(self, sock: socket.socket) -> None:
        """Watch over a connection as well."""
        self._open.append(sock)
        if self.is_over:
            self._end()

    def _end(self) -> None:
        self.is_over = True
        for sock in self._open:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def connected(address: str, watch: Watch) -> Iterator[http.client.HTTPConnection]:
    """Open a connection to an address, and close it.

    Args:
        address: as `cleaned` returns it.
        watch: hangs up when the time is over.

    Raises:
        NotFetched: nobody answers there, or it is no public place.
    """
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    connection = http.client.HTTPConnection(host, port)
    try:
        connection.sock = _socket(host, port, watch, secure=parts.scheme == "https")
        yield connection
    finally:
        connection.close()


def _socket(host: str, port: int, watch: Watch, *, secure: bool) -> socket.socket:
    """Return a connection to a public address of a host, and to no other."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched(Why.SILENT) from None
    if not found or not all(is_public(str(where[0])) for *_, where in found):
        raise NotFetched(Why.SHUT)
    for family, kind, protocol, _, where in found:
        if watch.is_over:
            break
        sock = socket.socket(family, kind, protocol)
        sock.settimeout(SECONDS / 2)
        watch.over(sock)
        try:
            sock.connect(where)
            return ssl.create_default_context().wrap_socket(sock, server_hostname=host) if secure else sock
        except OSError:
            sock.close()
    raise NotFetched(Why.SILENT)
