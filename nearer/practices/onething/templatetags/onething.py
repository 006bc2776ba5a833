"""What the pages of One Thing ask: `{% load onething %}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django import template
from django.forms import Form
from django.template import Context

from nearer.bonds.place import Place
from nearer.content.decks import deck
from nearer.plans import parking
from nearer.practices.onething import hints, switch
from nearer.practices.onething.forms import RateForm
from nearer.protocol import Words
from nearer.sittings.letters import night

register = template.Library()

LONG = 3 * 60
"""Minutes: from here on a break is not over while one is still up."""


@register.simple_tag(takes_context=True)
def switched_on(context: Context) -> bool:
    """Say whether the reader has switched the room on; whoever practises with a script needs not."""
    place = _place(context)
    return bool(context.get("rehearsal")) or (place is not None and switch.is_on(place, place.seat))


@register.simple_tag(takes_context=True)
def nighttime(context: Context) -> bool:
    """Say whether it is night where the reader lives; whoever practises with a script may do so at any hour."""
    return not context.get("rehearsal") and night.is_night(context["now"])


@register.simple_tag(takes_context=True)
def breaks(context: Context, choices: Iterable[tuple[int, Any]]) -> list[tuple[int, Any]]:
    """Return how long a break can be. A long one calls nobody back in the middle of the reader's night."""
    now = context.get("now")
    return [
        (minutes, label)
        for minutes, label in choices
        if minutes < LONG or not now or not night.is_night(now + timedelta(minutes=minutes))
    ]


def _place(context: Context) -> Place | None:
    request = context.get("request")
    place = context.get("place") or getattr(getattr(request, "visit", None), "place", None)
    return place if isinstance(place, Place) and not context.get("rehearsal") else None


@register.simple_tag(takes_context=True)
def parked(context: Context) -> list[Words]:
    """Return what the reader themselves put into the parking place; nothing where somebody else reads along."""
    place = _place(context)
    if place is None or context.get("one"):
        return []
    return [item.text for item in parking.items_of(place) if item.mine]


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
def for_advisers(topic: str) -> bool:
    """Say whether somebody who knows the law or the figures could help with a topic."""
    return hints.for_advisers(topic)


@register.filter
def theirs(said: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return what of it is the other's."""
    return [each for each in said if not each["mine"] and each["words"]]


@register.filter
def own(said: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return what of it is the reader's own, and can be taken back."""
    return [
        each
        for each in said
        if each["mine"] and each["words"] and not getattr(each["words"], "withdrawn", False)
    ]
