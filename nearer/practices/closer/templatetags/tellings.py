"""What tellings are called: `{% load tellings %}`."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from nearer.practices.closer.hopes.forms import FEELINGS
from nearer.practices.closer.told.names import HEADINGS, SORTS, WAYS, WISHES
from nearer.practices.closer.told.rules import Sort, Way, Wish
from nearer.practices.closer.trust.forms import labels
from nearer.practices.closer.trust.readings import Felt
from nearer.pulse.readings import STEPS

register = template.Library()


@register.filter
def heading(part: str) -> str:
    """Return what a part of a telling stands under."""
    return str(HEADINGS[part])


@register.filter
def sort_name(sort: Sort) -> str:
    """Return what a sort of telling is called."""
    return str(SORTS[sort])


@register.filter
def wish_name(wish: Wish) -> str:
    """Return what a wish is called."""
    return str(WISHES[wish])


@register.filter
def way_name(way: Way) -> str:
    """Return what a way to receive something is called."""
    return str(WAYS[way])


@register.filter
def feeling_name(feeling: str) -> str:
    """Return what a feeling in the drawer is called."""
    return str(dict(FEELINGS)[feeling])


@register.filter
def three(felt: Felt, name: str) -> list[tuple[str, int]]:
    """Return what was answered of the three sentences; what was left out is left out."""
    named = labels(name).items()
    return [(label, level) for item, label in named if (level := getattr(felt, item)) is not None]


@register.filter
def fits(level: int | str) -> str:
    """Return the word of the step that is nearest to how far a sentence fits."""
    words = (_("hardly"), _("partly"), _("mostly"), _("fully"))
    return words[min(range(len(STEPS)), key=lambda n: abs(STEPS[n] - int(level)))]
