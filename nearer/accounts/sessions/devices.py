"""Where somebody is signed in: for their own eyes, and sealed so that no thief reads it either.

Coarse on purpose: which browser, since which day. No address, no place, no moment of last use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nearer import clock
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.errors import VaultError
from nearer.vault.models import SealedSession
from nearer.vault.ring import Ring
from nearer.vault.sessions import SessionStore

KIND, SCHEMA = "device", 1
NOBODY = UUID(int=0)
# The first that fits counts: browsers name those they descend from, too.
BROWSERS = (
    ("Edge", r"\bEdg(?:e|A|iOS)?/"), ("Opera", r"\bOPR/|\bOpera"), ("Samsung Internet", r"SamsungBrowser/"),
    ("Vivaldi", r"\bVivaldi/"), ("Firefox", r"\bFirefox/|\bFxiOS/"), ("Chrome", r"Chrom(?:e|ium)/|\bCriOS/"),
    ("Safari", r"\bSafari/"),
)  # fmt: skip
SYSTEMS = (
    ("Android", r"\bAndroid\b"), ("iPhone", r"\biPhone\b|\biPod\b"), ("iPad", r"\biPad\b"), ("Windows", r"\bWindows\b"),
    ("ChromeOS", r"\bCrOS\b"), ("Mac", r"\bMac(?:intosh|\b)"), ("Linux", r"\bLinux\b|\bX11\b"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Device:
    """One place where somebody is signed in.

    Attributes:
        ref: by which they name it when they sign it out.
        browser: such as "Firefox", or empty.
        system: such as "Android", or empty.
        began: when they signed in, or None where that cannot be read.
        shared: whether others use it, too.
        here: whether it is the one that asks.
    """

    ref: UUID
    browser: str = ""
    system: str = ""
    began: datetime | None = None
    shared: bool = False
    here: bool = False

    @property
    def name(self) -> str:
        """What it is called: "Firefox on Android"."""
        if self.browser and self.system:
            return _("%(browser)s on %(system)s") % {"browser": self.browser, "system": self.system}
        return self.browser or self.system or _("A browser")


def describe(request: HttpRequest, user_id: UUID, *, ring: Ring, shared: bool) -> None:
    """Note what a session that has just begun looks like to its owner."""
    session, agent = _store(request), request.headers.get("User-Agent", "")
    document = {
        "browser": _first(BROWSERS, agent), "system": system_of(agent),
        "began": clock.quarter_of(clock.now()), "shared": shared,
    }  # fmt: skip
    session.describe(seal(ring.profile, key_version=1, document=document, **_place(user_id, session.ref)))


def name_of(agent: str) -> str:
    """Return what a browser is called, by what it says of itself: "Firefox on Android"."""
    return Device(ref=NOBODY, browser=_first(BROWSERS, agent), system=_first(SYSTEMS, agent)).name


def devices_of(request: HttpRequest, user_id: UUID, *, ring: Ring) -> list[Device]:
    """Return everywhere somebody is signed in: here first, then as they began."""
    rows = SealedSession.objects.filter(user_id=user_id, expires_on__gte=clock.now().date())
    here = _store(request).ref
    found = [_device(row, user_id, ring, here=row.ref == here) for row in rows]
    return sorted(found, key=lambda device: (not device.here, device.began or clock.now(), device.ref))


def system_of(agent: str) -> str:
    """Return which system a browser says that it runs on, such as "Android"; or nothing."""
    return _first(SYSTEMS, agent)


def sign_out(request: HttpRequest, user_id: UUID, ref: UUID) -> None:
    """End one session of somebody's, but not the one that asks; one that is over is passed over."""
    SealedSession.objects.filter(user_id=user_id, ref=ref).exclude(ref=_store(request).ref).delete()


def _device(row: SealedSession, user_id: UUID, ring: Ring, *, here: bool) -> Device:
    try:
        document = open_record(ring.profile, bytes(row.about), **_place(user_id, row.ref))
    except VaultError:
        return Device(ref=row.ref, here=here)
    return Device(**{**document, "began": datetime.fromisoformat(document["began"])}, ref=row.ref, here=here)


def _store(request: HttpRequest) -> SessionStore:
    store: Any = request.session
    return store  # type: ignore[no-any-return]


def _place(user_id: UUID, ref: UUID) -> dict[str, Any]:
    return {
        "scope": Scope.USER, "scope_id": user_id, "kind": KIND, "row": ref, "author": user_id, "schema": SCHEMA,
    }  # fmt: skip


def _first(among: tuple[tuple[str, str], ...], agent: str) -> str:
    found: Iterator[str] = (name for name, pattern in among if re.search(pattern, agent))
    return next(found, "")
