"""A form that is sent twice counts once: its page carries a mark, which what it made is found by.

`{% once %}` in a form that makes something new, and `mark_of(request)` where it is made. A page that is drawn again has
another mark, so that the same words can be said again on purpose.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

ONCE = "once"


def field() -> SafeString:
    """Return the mark as a form carries it."""
    return format_html('<input type="hidden" name="{}" value="{}">', ONCE, uuid4())


def mark_of(request: HttpRequest) -> str:
    """Return the mark of the page a form came from; nothing where it has none, or one that was not made here."""
    try:
        return str(UUID(request.POST.get(ONCE, "")))
    except ValueError:
        return ""
