"""Listens at an address, and serves an ASGI application there as the product is served."""

from __future__ import annotations

import asyncio
import socket

import uvicorn
from django.conf import settings
from django.core.management import CommandError
from django.utils.translation import gettext as _

from nearer.server.process import collect_rarely
from nearer.server.wire import HEAD_BYTES, Connection, listen

GRACE_SECONDS = 10
KEEP_ALIVE_SECONDS = 15


def listener(bind: str) -> socket.socket:
    """Return a socket that listens at an address.

    Args:
        bind: "host:port"; port 0 chooses one.

    Raises:
        CommandError: the address is taken, or none of this machine.
    """
    host, _colon, port = bind.rpartition(":")
    try:
        return listen(host.strip("[]"), int(port))
    except (OSError, ValueError) as problem:
        raise CommandError(
            _("Nearer cannot listen on %(bind)s: is it running already? NEARER_BIND names another address.")
            % {"bind": bind}
        ) from problem


def serve(application: str, listeners: list[socket.socket]) -> None:
    """Serve until told to stop.

    Args:
        application: where it is, as "package.module:name".
        listeners: where it answers.
    """
    config = uvicorn.Config(
        application,
        http=Connection,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        # Only a copy behind TLS has a proxy in front whose word on addresses counts.
        proxy_headers=settings.CONFIG.is_https,
        forwarded_allow_ips=list(settings.CONFIG.proxies),
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=HEAD_BYTES,
        backlog=1024,
    )
    config.load()
    collect_rarely()
    asyncio.run(uvicorn.Server(config).serve(sockets=listeners))
