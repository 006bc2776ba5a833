"""What whoever runs a copy has to know or do when they come to a version from an older one."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The newest first.
NOTES: dict[str, tuple[str | Promise, ...]] = {
    "0.1.0": (
        _("The data folder has a second key, notices.key. Keep a copy of it beside that of host.key."),
        _(
            "A log line has a short code after its place: all lines of one request have the same. NEARER_LOG=json makes objects of them."
        ),
        _("A health probe that reads the words of /readyz finds them in lines of their own."),
    ),
}
