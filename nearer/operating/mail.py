"""Whether the mail server takes us in; nothing is sent."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from enum import StrEnum

from django.core.mail import mailers


class Mail(StrEnum):
    """What came of asking it."""

    TAKEN = "taken"
    REFUSED = "refused"  # the name or the password
    SILENT = "silent"


def ask() -> Mail:
    """Connect to the mail server and log in, as for a notice; then hang up."""
    server = mailers["default"]
    try:
        server.open()
    except smtplib.SMTPAuthenticationError:
        return Mail.REFUSED
    except (smtplib.SMTPException, OSError):
        return Mail.SILENT
    with suppress(smtplib.SMTPException, OSError):
        server.close()
    return Mail.TAKEN
