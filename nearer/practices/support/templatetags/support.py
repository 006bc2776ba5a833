"""The seven cards in words, and something light: `{% load support %}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from nearer.content.decks import deck
from nearer.parts.templatetags.sayings import Labels, drawn
from nearer.practices.support.ask.forms import WHEN
from nearer.practices.support.cards import Card, card
from nearer.practices.support.forms import LANDINGS, TOUCHES, WAYS
from nearer.practices.support.known import keeping as known
from nearer.practices.support.moves import Idea, Way
from nearer.practices.support.sky.forms import LOOKS
from nearer.records import one_each, putaway
from nearer.records.keeping import Kind
from nearer.vault.ring import Ring
from nearer.web.named import named

register = template.Library()
named(
    register,
    touch_name=dict(TOUCHES),
    when_name=WHEN,
    look_name=LOOKS,
    way_name=WAYS,
    landing_name=dict(LANDINGS),
)

SAYINGS: Labels = {
    Way.BACK: (_lazy("You said back"), _lazy("%(name)s said back")),
    Way.SENSE: (_lazy("You said that it makes sense"), _lazy("It makes sense to %(name)s")),
    Way.ASK: (_lazy("You asked"), _lazy("%(name)s asked")),
    Way.THANK: (_lazy("You thanked"), _lazy("%(name)s thanks you")),
    Idea.called: (_lazy("Your idea"), _lazy("An idea from %(name)s")),
}


@register.simple_tag(takes_context=True)
def sayings(context: Context, said: Iterable[Mapping[str, Any]]) -> SafeString:
    """Draw what was said, a line for each."""
    return drawn(context, said, SAYINGS)


@register.filter
def asked(wish: str) -> Card | None:
    """Return a card; None where there is none."""
    return card(wish) if wish else None


@register.filter
def light(entry: str) -> str:
    """Return something light in words; of one whose pack is gone, that it is."""
    try:
        return deck("support.light")[entry].text
    except KeyError:
        return _("Something light of your own")


@register.simple_tag
def skies() -> list[tuple[str, str]]:
    """Return the five skies and what they are called."""
    return [(look.value, str(words)) for look, words in LOOKS.items()]


@register.simple_tag(takes_context=True)
def shown_comforts(context: Context) -> Any:  # Any: see one_each.of
    """Return which comforts the other shows as good for them, and which not; None while they show nothing."""
    return _shown_by_the_other(context, known.SHOWN)


@register.simple_tag(takes_context=True)
def in_order(context: Context, field: BoundField) -> list[Any]:  # Any: a radio of the field
    """Return the ways to be there, what tends to help the other first, as far as they allow it."""
    radios, shown = list(field), _shown_by_the_other(context, known.FIRST)
    ways = shown.document.ways if shown else ()
    return sorted(radios, key=lambda radio: ways.index(radio.data["value"])) if ways else radios


def _shown_by_the_other(context: Context, kind: Kind[Any]) -> Any:  # Any: see one_each.of
    request = context.get("request")
    place = request.visit.place if request and not context.get("rehearsal") else None
    if request is None or place is None:
        return None
    whole = isinstance(request.ring, Ring)  # a phone between two has put nothing away
    found = putaway.gather(place, request.ring, kind) if whole else known.gathered(place)
    return one_each.of(found, kind, place.seat.other, shown=True)
