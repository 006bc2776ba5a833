"""What pages about several bonds draw with: `{% load bonds %}`."""

from __future__ import annotations

from typing import Any

from django import template

from nearer.bonds.cards import Kin
from nearer.bonds.forms import KIN_NAMES
from nearer.bonds.place import Place

register = template.Library()


@register.filter
def kin_name(place: Place) -> Any:  # Any: lazily translated
    """Return what two people are to each other, in words: `{{ place|kin_name }}`."""
    return KIN_NAMES[Kin(place.kin)]
