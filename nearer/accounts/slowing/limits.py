"""Slows guessing down without letting anybody lock the owner out.

Who asks decides what is counted. A signed-in session, and a browser that has logged in before, each have a count of
their own, which nothing that others do can fill. Strangers are counted by their network, and by the name that they
try: from one network, so that a stranger elsewhere leaves the owner's alone, and from everywhere together. A recovery
code has 128 random bits: it cannot be guessed, costs nothing to look at, and is not counted at all.

Counts live in this process's memory: they name nobody on disk, and an address is counted under a key that
is thrown away every day.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from django.http import HttpRequest

from nearer.accounts.models import normal
from nearer.accounts.slowing import known

HOUR, DAY = 3600.0, 24 * 3600.0
REMEMBERED = 50_000
# What one household or provider hands to one customer; single addresses in it cost nothing.
NETWORK = 64


class TooMany(Exception):
    """Too many tries for now."""


@dataclass
class Count:
    """Counts tries by name. Where tries go on, each wait is twice as long as the one before.

    Attributes:
        most: how many tries there are in one window.
        window: how long it is, in seconds.
        longest: how long it can grow.
    """

    most: int
    window: float
    longest: float
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _tries: OrderedDict[str, tuple[int, float, float]] = field(default_factory=OrderedDict, repr=False)

    def one(self, name: str) -> None:
        """Count one try.

        Raises:
            TooMany: there were as many as there may be in this window.
        """
        now = time.monotonic()
        with self._lock:
            tries, until, span = self._tries.get(name, (0, now + self.window, self.window))
            if until <= now:
                goes_on = tries > self.most and now - until < span
                span = min(span * 2, self.longest) if goes_on else self.window
                tries, until = 0, now + span
            self._tries[name] = (tries + 1, until, span)
            self._tries.move_to_end(name)
            while len(self._tries) > REMEMBERED:
                self._tries.popitem(last=False)
        if tries >= self.most:
            raise TooMany

    def forget(self, name: str | None = None) -> None:
        """Forget one name's tries, or all."""
        with self._lock:
            self._tries.clear() if name is None else self._tries.pop(name, None)


OWN = Count(10, HOUR, DAY)  # of one session, or of one known browser at one name
PACE = Count(30, 60.0, 60.0)  # the same, right or wrong: stretching a passphrase is work
HERE = Count(10, HOUR, DAY)  # of strangers, at one name from one network
EVERYWHERE = Count(40, HOUR, DAY)  # of strangers, at one name
ADDRESSES = Count(30, 60.0, 60.0)  # of strangers, from one network
PASSKEYS = Count(60, 60.0, 60.0)  # ceremonies of strangers from one network; each takes a row
PRACTISING = Count(240, 60.0, 60.0)  # moves with the practice partner, which anybody may make
TAKEN = Count(10, HOUR, DAY)  # answers, in one network, that a name is somebody's
TAKEN_EVERYWHERE = Count(300, HOUR, HOUR)  # the same of the whole house
MAILS = Count(5, HOUR, DAY)  # codes sent for one person, to whichever address
CODES = Count(600, 60.0, 60.0)  # of the whole house: a short code can only be guessed here
COUNTS = (OWN, PACE, HERE, EVERYWHERE, ADDRESSES, PASSKEYS, PRACTISING, TAKEN, TAKEN_EVERYWHERE, MAILS, CODES)

_LASTING = secrets.token_bytes(32)
_today: tuple[float, bytes] = (0.0, b"")


def check(request: HttpRequest, username: str) -> None:
    """Count one try at a passphrase.

    Args:
        request: carries the session, the address and, perhaps, the mark of a known browser.
        username: whose vault is being tried; "" for sign-ups.

    Raises:
        TooMany: wait before the next try.
    """
    if who := _familiar(request, username):
        PACE.one(who)
        OWN.one(who)
        return
    check_address(request)
    if username:
        # Who is refused here adds nothing there: one network alone cannot use up what all have together.
        HERE.one(_from_here(request, username))
        EVERYWHERE.one(_named(username))


def check_address(request: HttpRequest, count: Count = ADDRESSES) -> None:
    """Count one try of whoever is at this address.

    Raises:
        TooMany: wait before the next try.
    """
    name = _network_of(request)
    if name:  # a proxy that does not say for whom it asks would put everybody into one count
        count.one(_hidden(name, _day_key()))


def check_code(request: HttpRequest, code: str) -> None:
    """Count one try at an invitation; a link's secret cannot be guessed, a short code could be.

    Raises:
        TooMany: wait before the next try.
    """
    check_address(request)
    if code:
        CODES.one("")


def check_taken(request: HttpRequest) -> None:
    """Count one answer that a username is somebody's, before it is given.

    Raises:
        TooMany: enough of them were given for now.
    """
    check_address(request, TAKEN)
    TAKEN_EVERYWHERE.one("")


def check_mail(request: HttpRequest) -> None:
    """Count one mail that a signed-in person has sent to an address of their choice.

    Raises:
        TooMany: wait before the next one.
    """
    MAILS.one(_named(str(request.user.pk)))


def check_passkey(request: HttpRequest) -> None:
    """Count one step of a ceremony, apart from passphrases: a signature cannot be guessed.

    Raises:
        TooMany: wait before the next one.
    """
    if request.user.is_authenticated:
        return
    if mark := known.mark_in(request):
        PACE.one(_hidden(mark, _LASTING))
    else:
        check_address(request, PASSKEYS)


def forgive(request: HttpRequest, username: str) -> None:
    """Forget the failed tries of this session or browser, or of strangers in this network, after a success."""
    if who := _familiar(request, username):
        OWN.forget(who)
    else:
        HERE.forget(_from_here(request, username))


def reset() -> None:
    """Forget every count."""
    for count in COUNTS:
        count.forget()


def _familiar(request: HttpRequest, username: str) -> str:
    """Return as what somebody is counted who is no stranger to this account, or ""."""
    if not username:
        return ""
    if request.user.is_authenticated and request.user.get_username() == normal(username):
        return f"session {request.session.ref}"  # type: ignore[attr-defined]
    slot = known.slot_of(request, username)
    return f"{_named(username)} {slot}" if slot else ""


def _from_here(request: HttpRequest, username: str) -> str:
    return f"{_named(username)} {_hidden(_network_of(request), _day_key())}"


def _named(username: str) -> str:
    return _hidden(normal(username), _LASTING)


def _network_of(request: HttpRequest) -> str:
    return _network(request.META.get("REMOTE_ADDR", ""))


def _network(address: str) -> str:
    """Return what an address is counted as; "" for this machine itself."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    if found.is_loopback:
        return ""
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, NETWORK), strict=False))
    return str(found)


def _day_key() -> bytes:
    """Return today's key; with yesterday's goes the last way back from a count to an address."""
    global _today  # noqa: PLW0603 - it is the one key there is, and has to be thrown away
    now = time.monotonic()
    if not _today[1] or now - _today[0] >= DAY:
        _today = (now, secrets.token_bytes(32))
    return _today[1]


def _hidden(text: str, key: bytes) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:16]
