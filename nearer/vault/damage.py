"""What does not open: it is passed over, named once in the log by its id, and counted for the page that is being made.

A value may be damaged, forged, or older than the key it was sealed under. None of that holds anybody: whoever lists
things opens each through `opened`, and `noticing` tells the page, or the copy, what was left out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from nearer.vault.errors import SecretGone, VaultError

logger = logging.getLogger(__name__)
LOGGED_MOST = 10_000  # of which this process remembers that it has named them


@dataclass(frozen=True)
class Shut:
    """Something that did not open.

    Attributes:
        what: what kind of row it is, in one word.
        row: its id.
        gone: whether its secret is not in the key store; otherwise the value itself is not what was sealed.
    """

    what: str
    row: UUID
    gone: bool = False


_noticed: ContextVar[list[Shut] | None] = ContextVar("noticed", default=None)
_logged: set[Shut] = set()


def opened[T](what: str, row: UUID, how: Callable[[], T]) -> T | None:
    """Return what `how` opens, or None where it does not open, which is noted.

    Args:
        what: what kind of row it is, in one word.
        row: its id.
        how: opens it.
    """
    try:
        return how()
    except VaultError as shut:
        note(what, row, gone=isinstance(shut, SecretGone))
    return None


def note(what: str, row: UUID, *, gone: bool = False) -> None:
    """Note that something does not open: for the page, and once in the log, which says its id and no word."""
    shut, here = Shut(what, row, gone), _noticed.get()
    if here is None:
        _log(shut)
    elif shut not in here:
        here.append(shut)


def _log(shut: Shut) -> None:
    if shut not in _logged and len(_logged) < LOGGED_MOST:
        _logged.add(shut)
        why = "its secret is not in the key store" if shut.gone else "it is not what was sealed"
        # Without dashes, as SQLite shows an id: whoever looks after the copy is to find the row.
        logger.warning("A row does not open: %s %s, %s", shut.what, shut.row.hex, why)


@contextmanager
def noticing() -> Iterator[list[Shut]]:
    """Collect what does not open while the block runs; what is left in the list at its end goes on to the log."""
    here = list[Shut]()
    token = _noticed.set(here)
    try:
        yield here
    finally:
        _noticed.reset(token)
        for shut in here:
            note(shut.what, shut.row, gone=shut.gone)


def noticed() -> list[Shut]:
    """Return what did not open so far, for the page that is being made."""
    return list(_noticed.get() or ())


def forget() -> None:
    """Let go what was noticed so far: it is looked for again, with newer keys."""
    here = _noticed.get()
    if here is not None:
        here.clear()


class DamageMiddleware:
    """Lets each page know what of it did not open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        with noticing():
            return self.get_response(request)
