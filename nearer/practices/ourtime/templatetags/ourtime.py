"""Ideas, days and questions in words: `{% load ourtime %}`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.utils import timezone
from django.utils.translation import gettext as _

from nearer.content.decks import deck
from nearer.practices.ourtime.forms import PARTS_OF_DAY, SPANS, FreeForm, WishForm
from nearer.practices.ourtime.moves import quarter_of
from nearer.practices.ourtime.wishes.keeping import as_act

register = template.Library()


@register.filter
def cards(form: WishForm, ideas: Sequence[tuple[int, str]]) -> Iterable[dict[str, Any]]:  # Any: plain values
    """Return the ideas with what has been tapped for each."""
    return form.cards(ideas)


@register.filter
def days(form: FreeForm, first: date) -> Iterable[dict[str, Any]]:  # Any: plain values
    """Return the days with what has been tapped of each."""
    return form.days(first)


@register.filter
def part_name(part: int) -> str:
    """Return what a part of a day is called."""
    return str(PARTS_OF_DAY[part])


@register.filter
def span_name(minutes: int) -> str:
    """Return what a length of time is called, as it was chosen."""
    return str(dict(SPANS)[str(minutes)])


@register.filter
def starter(entry: str) -> str:
    """Return something to talk about in words; of one whose pack is gone, that it is."""
    try:
        return deck("time.starters")[entry].text
    except KeyError:
        return _("Something of your own")


@register.filter
def film_question(number: int) -> str:
    """Return a question about the two people in a film."""
    return deck("time.film").entries[number].text


@register.filter
def from_view(form: forms.Form, view: dict[str, Any]) -> forms.Form:  # Any: plain values
    """Return the form of a date with what they have found so far, unless somebody wrote something else."""
    if form.is_bound:
        return form
    form.initial = {"act": as_act(str(view["idea"]))}
    if view["day"]:
        begins = datetime.combine(view["day"], view["hour"])
        form.initial["quarter"] = quarter_of(timezone.make_aware(begins))
    return form
