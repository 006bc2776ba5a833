"""Cards and levels in words: `{% load needs %}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from nearer.practices.needs import cards
from nearer.practices.needs.page_forms import CHANNELS

register = template.Library()


@register.filter
def card_name(row: Mapping[str, Any] | None) -> str:
    """Return what a card is called, in its owner's words where there are some."""
    return cards.name_of(row["card"], row["name"]) if row else ""


@register.filter
def importance(level: int) -> str:
    """Return how much something matters, in words."""
    return str(cards.IMPORTANCE[level])


@register.filter
def met(level: int) -> str:
    """Return how something is met lately, in words."""
    return str(cards.MET[level])


@register.filter
def channel_name(channel: str) -> str:
    """Return what a line of somebody's guide is about."""
    return str(dict(CHANNELS)[channel])


@register.simple_tag
def levels(scale: str) -> list[tuple[str, str]]:
    """Return the answers of a scale, "importance" or "met", each with its value."""
    words = cards.IMPORTANCE if scale == "importance" else cards.MET
    return [(str(level), str(word)) for level, word in enumerate(words)]


@register.simple_tag
def all_cards() -> list[dict[str, Any]]:
    """Return the sixteen cards, as a list to choose from."""
    return [{"card": number, "name": ""} for number in range(len(cards.CARDS))]


@register.simple_tag
def stems() -> tuple[Any, ...]:
    """Return beginnings of open questions."""
    return cards.STEMS


@register.filter
def span(row: Mapping[str, Any]) -> str:
    """Return from where to where the line between the marks of a row goes, as class names."""
    marks = [row[name] for name in ("mine", "theirs", "guess") if row[name] is not None]
    return f"from-{min(marks)} to-{max(marks)}" if len(marks) > 1 else ""
