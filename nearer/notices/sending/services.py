"""Other services, by Apprise, for those who run a copy themselves: only what its operator allows (NEARER_SERVICES).

Apprise chooses addresses by itself, so what may be reached is said by the operator alone: a service with a place of its own
("tgram"), or one at one host ("ntfys://push.example.org").
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from nearer.notices.queue import Later
from nearer.notices.sending.words import Gone, text

MOST_ADDRESS = 500


def offered() -> tuple[str, ...]:
    """Return what the operator allows; nothing where Apprise is not installed."""
    allowed: tuple[str, ...] = settings.CONFIG.services
    return allowed if find_spec("apprise") else ()


def is_allowed(address: str) -> bool:
    """Say whether an address is one of a service that the operator allows.

    What Apprise makes of it counts as well: it must not read another host there than we do.
    """
    plain = address.isascii() and address.isprintable() and not set(address) & set(" ?#\\@,;'\"")
    if not plain or len(address) > MOST_ADDRESS or "://" not in address:
        return False
    scheme, host = address.partition("://")[0].lower(), (urlsplit(address).hostname or "").lower()
    for each in offered():
        named, _mark, place = each.partition("://")
        if named == scheme and place in {"", host}:
            made = _made(address)
            return made is not None and (not place or str(getattr(made, "host", "")).lower() == place)
    return False


def send(where: dict[str, Any], mark: str) -> None:  # Any: what was sealed
    """Send the text by a service.

    Args:
        where: its address.
        mark: of this notice; services have no place for it.

    Raises:
        Gone: the operator does not allow it any more.
        Later: it was not taken.
    """
    if not is_allowed(where["address"]):
        raise Gone
    made = _made(where["address"])
    if made is None or not made.notify(body=text()):
        raise Later


def _made(address: str) -> Any:  # Any: Apprise brings no types
    import apprise

    # Without these it sends along pictures that lie with other people, for each device to fetch.
    plain = apprise.AppriseAsset(
        app_id="Nearer", app_desc="", app_url="", image_url_mask="", image_url_logo="", image_path_mask=""
    )
    return apprise.Apprise.instantiate(address, asset=plain)
