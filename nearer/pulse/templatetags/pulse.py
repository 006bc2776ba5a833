"""A reading in words: `{% load pulse %}`."""

from __future__ import annotations

from django import template

from nearer.pulse.forms import PulseForm
from nearer.pulse.readings import ITEMS, Reading

register = template.Library()


@register.filter
def said(reading: Reading) -> list[tuple[str, int]]:
    """Return what was said, each with its words; what was left out is left out."""
    labels = {name: str(field.label) for name, field in PulseForm(name=reading.name).fields.items()}
    return [(labels[item], level) for item in ITEMS if (level := getattr(reading, item)) is not None]
