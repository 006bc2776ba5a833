"""What the pages of One Thing ask: `{% load onething %}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.forms import Form
from django.template import Context

from nearer.bonds.place import Place
from nearer.content.decks import deck
from nearer.practices.onething import switch
from nearer.practices.onething.forms import RateForm

register = template.Library()


@register.simple_tag(takes_context=True)
def switched_on(context: Context) -> bool:
    """Say whether the reader has switched the room on; whoever practises with a script needs not."""
    place = context.get("place")
    if place is None and (request := context.get("request")):
        place = getattr(getattr(request, "visit", None), "place", None)
    return bool(context.get("rehearsal")) or (isinstance(place, Place) and switch.is_on(place, place.seat))


@register.filter
def rows(form: RateForm, options: Iterable[str]) -> list[dict[str, Any]]:
    """Return the ways to weigh, with what has been tapped for each."""
    return list(form.rows(list(options)))


@register.filter
def prefilled(form: Form, seen: Mapping[str, Any] | None) -> Form:
    """Return a form with what the other wrote in its lines, unless something was sent in it."""
    if not form.is_bound and seen:
        form.initial = {name: seen[name] for name in form.fields if name in seen and name != "aloud"}
    return form


@register.filter
def texts(name: str) -> list[str]:
    """Return the texts of a deck."""
    return [each.text for each in deck(name).entries]


@register.filter
def own(said: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return what of it is the reader's own, and can be taken back."""
    return [
        each
        for each in said
        if each["mine"] and each["words"] and not getattr(each["words"], "withdrawn", False)
    ]
