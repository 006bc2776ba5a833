"""The one text there is, and where it leads: the same for every cause, every person and every channel."""

from __future__ import annotations

import json

from django.conf import settings
from django.utils.translation import gettext as _


class Gone(Exception):
    """There is no such place any more, or nothing may be sent to it: it is forgotten."""


def text() -> str:
    """Return the text."""
    return _("Nearer: something is waiting.")


def today() -> str:
    """Return the address it leads to."""
    return f"{settings.CONFIG.url}/"


def payload() -> bytes:
    """Return the message for a browser, in the form that iOS and macOS show by themselves (Declarative Web Push).

    A browser that does not know that form gives it to `static/notices/worker.js`, which shows the same.
    """
    mute = {"action": "mute", "title": _("Mute"), "navigate": f"{settings.CONFIG.url}/mute"}
    notification = {
        "title": text(), "navigate": today(), "tag": "nearer", "silent": True, "actions": [mute],
    }  # fmt: skip
    return json.dumps({"web_push": 8030, "notification": notification}, separators=(",", ":")).encode()
