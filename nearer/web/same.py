"""Parts of pages that are the same for everybody who stands at the same place: drawn once, and then from memory.

Such a part sees nothing of a page but the few values it is given, and those are words of the program and never
somebody's: so nothing of anybody's can stay behind in it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.apps import AppConfig
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 512
PLAIN = (str, bool, int, type(None))


def drawn(template: str, **values: Any) -> SafeString:  # Any: see _whole
    """Return a part, from memory where it was drawn before.

    Args:
        template: its name.
        values: what it needs: plain words and numbers of the program, rooms, and rows of these.

    Raises:
        TypeError: one of them is something else, such as somebody's name, words or request.
    """
    return _drawn(template, get_language(), tuple((name, _whole(value)) for name, value in values.items()))


@lru_cache(maxsize=MOST)
def _drawn(template: str, _language: str, values: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(template, dict(values))


def _whole(value: Any) -> Any:  # Any: what a page has is of any type, and most are refused
    if isinstance(value, (list, tuple)):
        return tuple(_whole(each) for each in value)
    # Exactly these: what people wrote and what they are called are types of their own.
    if type(value) in PLAIN or isinstance(value, AppConfig):
        return value
    raise TypeError(f"{type(value).__name__} is not the same for everybody")
