"""Questions in words, and what somebody said to one before: `{% load closer %}`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from nearer.bonds.place import Place
from nearer.parts.templatetags.sayings import Labels, drawn
from nearer.practices.closer import questions, said
from nearer.practices.closer.moves import Answer, Care, Share, Tell
from nearer.practices.closer.settles import THIRD
from nearer.records.shelf import Shelf
from nearer.vault.ring import Ring

register = template.Library()

SAYINGS: Labels = {
    Care.THANK: (_("You thanked"), _("%(name)s thanks you")),
    Care.BACK: (_("You said back"), _("%(name)s said back")),
    Care.TOUCHED: (_("What touched you"), _("What touched %(name)s")),
    Care.WANT: (_("You asked"), _("%(name)s asked")),
    Tell.called: (_("What you would like"), _("What %(name)s would like")),
}


@register.simple_tag(takes_context=True)
def sayings(context: Context, said: Iterable[Mapping[str, Any]]) -> SafeString:
    """Draw what was said, a line for each."""
    return drawn(context, said, SAYINGS)


@register.simple_tag(takes_context=True)
def third_is_on(context: Context) -> bool:
    """Say whether the reader switched the third level on for themselves; whoever practises with a script needs not."""
    place = context.get("place") or getattr(getattr(context.get("request"), "visit", None), "place", None)
    return bool(context.get("rehearsal")) or (isinstance(place, Place) and THIRD.is_on(place, place.seat))


@register.filter
def question(card: str) -> str:
    """Return a question in words."""
    return questions.question(card)


@register.filter
def in_front(said: Sequence[Mapping[str, Any]], speaks: bool) -> list[Mapping[str, Any]]:  # noqa: FBT001 - a filter's argument
    """Return what stands in full view of what was said: of the one who shares that, of the other the last first."""
    return list(said[-1:]) if speaks else [saying for saying in reversed(said) if not saying["mine"]][:2]


@register.filter
def behind(said: Sequence[Mapping[str, Any]], front: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return what does not stand in front."""
    return [saying for saying in said if saying not in front]


@register.filter
def by_question(said: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Return what was said, question by question; none where the first words are no answer to one."""
    found: list[tuple[str, list[Mapping[str, Any]]]] = []
    for saying in said:
        card = saying["way"] if saying["kind"] in {Answer.called, Share.called} else ""
        if not found or (card and card != found[-1][0]):
            found.append((card, []))
        found[-1][1].append(saying)
    return found


@register.filter
def own(said: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return what of it is the reader's own, and can be taken back."""
    return [saying for saying in said if saying["mine"] and saying["words"] and not saying["words"].withdrawn]


@register.simple_tag(takes_context=True)
def said_before(context: Context, card: str) -> dict[str, Any]:  # Any: what a template shows
    """Return whether the reader kept an answer to a question, and the answer while their drawer is open.

    Nobody practising with a script has one, nor anybody whose phone lies between two people.
    """
    request = context.get("request")
    ring = getattr(request, "ring", None)
    if request is None or not isinstance(ring, Ring) or not ring.private or context.get("rehearsal"):
        return {}
    drawer = Shelf.of_person(request.user.pk, ring, request.visit.drawer)
    if not said.is_there(drawer, card):
        return {}
    return {"is_there": True, "kept": None if drawer.is_shut else said.before(drawer, card)}
