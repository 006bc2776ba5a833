"""A reading in words: `{% load pulse %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.translation import gettext as _

from nearer.pulse.forms import PulseForm
from nearer.pulse.growth import Growth, growth
from nearer.pulse.readings import ITEMS, STEPS, Reading, With

register = template.Library()


@register.filter
def said(reading: Reading) -> list[tuple[str, int]]:
    """Return what was said, each with its words; what was left out is left out."""
    labels = {name: str(field.label) for name, field in PulseForm(name=reading.name).fields.items()}
    return [(labels[item], level) for item in ITEMS if (level := getattr(reading, item)) is not None]


@register.filter
def growths(own: With) -> list[Growth]:
    """Return where the readings about one bond go, one drawing for each of the four that were given."""
    labels = {name: str(field.label) for name, field in PulseForm(name=own.name).fields.items()}
    drawn = [growth(labels[item], own.points(item)) for item in ITEMS]
    return [each for each in drawn if each.dots]


@register.filter
def four(field: BoundField) -> list[Any]:  # Any: as Django's widgets have it
    """Return of a field's choices those that are drawn."""
    return [option for option in field if int(option.data["value"]) in STEPS]


@register.filter
def felt(level: int | str) -> str:
    """Return the word of the step that is nearest."""
    words = (_("not really"), _("a little"), _("quite"), _("very"))
    return words[min(range(len(STEPS)), key=lambda n: abs(STEPS[n] - int(level)))]
