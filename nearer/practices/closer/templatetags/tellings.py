"""What tellings are called: `{% load tellings %}`."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from nearer.practices.closer.hopes.forms import FEELINGS
from nearer.practices.closer.told.names import HEADINGS, SORTS, WAYS, WISHES
from nearer.practices.closer.trust.forms import labels
from nearer.practices.closer.trust.readings import Felt
from nearer.pulse.readings import STEPS
from nearer.web.named import named

register = template.Library()


named(
    register,
    heading=HEADINGS,
    sort_name=SORTS,
    wish_name=WISHES,
    way_name=WAYS,
    feeling_name=dict(FEELINGS),
)


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
