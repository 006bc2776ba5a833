"""Cards and levels in words: `{% load needs %}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from nearer.practices.needs import cards
from nearer.practices.needs.page_forms import CHANNELS
from nearer.protocol import Seat

register = template.Library()

# Of the picture, in its own units.
STEP, FIRST, APART = 72, 36, 14
ASKED = 4  # questions to choose from, where none were drawn


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
    return [{"card": number, "name": ""} for number in range(len(cards.all_cards()))]


@register.simple_tag(takes_context=True)
def stems(context: template.Context) -> tuple[str, ...]:
    """Return the open questions that were drawn for these two."""
    view = context.get("view") or {}
    return tuple(view.get("questions") or cards.questions()[:ASKED])


@register.inclusion_tag("needs/parts/track.html", takes_context=True)
def track(context: template.Context, row: Mapping[str, Any], me: str, you: str) -> dict[str, Any]:
    """Draw the marks of a row on five steps, apart where they would lie on each other."""
    mine, theirs, guess = row["mine"], row["theirs"], row["guess"]
    marks = [STEP * level + FIRST for level in (mine, theirs, guess) if level is not None]
    apart = APART if mine is not None and mine == theirs else 0
    return {
        "steps": [STEP * level + FIRST for level in range(len(cards.IMPORTANCE))],
        "first": min(marks, default=FIRST),
        "last": max(marks, default=FIRST),
        "mine": None if mine is None else STEP * mine + FIRST - apart,
        "theirs": None if theirs is None else STEP * theirs + FIRST + apart,
        "guess": None if guess is None else STEP * guess + FIRST,
        "round": _seat(context) == Seat.HOST,
        "me": me[:1].upper(),
        "you": you[:1].upper(),
    }


def _seat(context: template.Context) -> str:
    """Return whose picture it is: on a shared phone each half has its own."""
    view, look = context.get("view"), context.get("look")
    return str((view or {}).get("seat") or getattr(look, "seat", Seat.HOST))
