"""E-mail by whichever backend of Django's was set: one subject, one text, and two addresses of ours in it."""

from __future__ import annotations

import smtplib
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from nearer.notices.queue import Later
from nearer.notices.sending.words import Gone, text, today

REFUSED = range(500, 600)


def send(where: dict[str, Any], mark: str) -> None:  # Any: what was sealed
    """Send the notice to an address.

    Args:
        where: the address, and the link with which it mutes them.
        mark: of this notice: sent twice after all, mail programs know it for the same.

    Raises:
        Gone: there is no such address.
        Later: the mail server did not take it.
    """
    mute = where["mute"]
    body = _("%(text)s\n\n%(today)s\n\nNo more of these: %(mute)s\n") % {
        "text": text(), "today": today(), "mute": mute,
    }  # fmt: skip
    headers = {"List-Unsubscribe": f"<{mute}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    _send(where["address"], text(), body, {**headers, "Message-ID": f"<{mark}@{settings.CONFIG.host}>"})


def send_code(address: str, code: str) -> None:
    """Send the code with which somebody shows that an address is theirs.

    Raises:
        Later: the mail server did not take it.
    """
    body = _("%(code)s\n\nType this into the page that asked for it. If you did not ask, do nothing.\n")
    _send(address, _("Nearer: a code"), body % {"code": code}, {})


def _send(to: str, subject: str, body: str, headers: dict[str, str]) -> None:
    headers = {"Auto-Submitted": "auto-generated", **headers}
    message = EmailMessage(subject, body, settings.CONFIG.mail_from or _sender(), [to], headers=headers)
    try:
        message.send(using="default")
    except smtplib.SMTPRecipientsRefused as refused:
        final = all(code in REFUSED for code, _said in refused.recipients.values())
        raise Gone if final else Later from None
    except (smtplib.SMTPException, OSError):
        raise Later from None


def _sender() -> str:
    return f"nearer@{urlsplit(settings.CONFIG.url).hostname}"
