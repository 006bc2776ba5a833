"""Small things the sitting templates need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def named(forms: Mapping[str, Any], kind: str) -> Any:
    """Return the form of a kind of move, or nothing when it has no fields."""
    return forms.get(kind)


@register.filter
def spaced(kind: str) -> str:
    """Turn a kind's name into words: `SetTopic` reads "Set topic"."""
    words = re.sub(r"(?<!^)([A-Z])", r" \1", kind)
    return words[:1] + words[1:].lower()
