"""Asks the running copy by its public address, the way people come: through the name, the certificate and the proxy."""

from __future__ import annotations

import socket
import ssl
from http import HTTPStatus
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.core import checks
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SECONDS = 10
ALIVE = b"ok\n"


def findings() -> list[checks.CheckMessage]:
    """Return what stands between people and this copy, if anything does."""
    status, body = _ask("/healthz")
    if status != HTTPStatus.OK or body != ALIVE:
        return [_error("nearer.E010", body.decode(errors="replace") if not status else _OTHERS, _START)]
    # A page that looks the same for everybody, and is refused under a name that is not this copy's.
    status, _body = _ask("/help")
    if status == HTTPStatus.BAD_REQUEST:
        return [
            _error(
                "nearer.E011",
                _("What stands in front passes on another name than the one in NEARER_URL."),
                _("nginx: proxy_set_header Host $http_host; Caddy passes it on by itself."),
            )
        ]
    return []


_OTHERS = gettext_lazy("Something else answers at the address of NEARER_URL.")
_START = gettext_lazy(
    "See that `nearer serve` runs, that the proxy leads to it, and that the name leads to this machine."
)


def _error(number: str, what: str | Promise, mend: str | Promise) -> checks.CheckMessage:
    return checks.Error(str(what), hint=str(mend), id=number)


def _ask(path: str) -> tuple[int, bytes]:
    """Return the status and the beginning of an answer; or 0 and a sentence, where there is none."""
    try:
        with urlopen(Request(settings.CONFIG.url + path), timeout=SECONDS) as answer:  # noqa: S310 - http or https, by our settings
            return answer.status, answer.read(64)
    except HTTPError as refused:
        return refused.code, b""
    except (URLError, OSError) as problem:
        return 0, _why(getattr(problem, "reason", problem)).encode()


def _why(reason: object) -> str:
    if isinstance(reason, ssl.SSLCertVerificationError):
        return _("The certificate of the address is not one that browsers trust.")
    if isinstance(reason, socket.gaierror):
        return _("No machine has the name in NEARER_URL.")
    return _("Nothing answers at the address of NEARER_URL.")
