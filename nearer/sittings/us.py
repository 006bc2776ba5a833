"""What sittings show on Us: what each noted in those that both kept, these themselves, and the parking place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nearer.plans import parking
from nearer.records.cards import Here
from nearer.sittings.practice import about_something
from nearer.sittings.run import queries
from nearer.sittings.run.header import NOTES
from nearer.sittings.run.queries import Listed
from nearer.web.cards import Card, Part

KINDS = (parking.PARKED,)
SENTENCES, NEWEST = 3, 4


def cards(here: Here) -> Iterator[Card]:
    """Yield sentences and what is parked, where there are some, and what both kept."""
    kept, sentences = _newest(here)
    if sentences:
        yield Card(
            place=Part.SENTENCES, template="sittings/cards/sentences.html", context={"sentences": sentences}
        )
    parked = parking.items_in(here.found, here.place)
    if parked:
        context = {"parked": parked, "rooms": about_something(here.place, here.found)}
        yield Card(place=Part.PARKED, template="plans/cards/parked.html", context=context)
    context = {"kept": kept[:NEWEST], "has_more": len(kept) > NEWEST}
    yield Card(place=Part.LIST, template="sittings/cards/kept.html", context=context)


def _newest(here: Here) -> tuple[list[Listed], list[dict[str, Any]]]:  # Any: see _said
    """Return what both kept last, one more than is listed where there is more, and the first sentences in it."""
    kept: list[Listed] = []
    sentences: list[dict[str, Any]] = []
    for listed in queries.past_one_by_one(here.place, kept=True, away=here.away):
        kept += [listed] if len(kept) <= NEWEST else []
        sentences += _said(listed, here)
        if len(kept) > NEWEST and len(sentences) >= SENTENCES:
            break
    return kept, sentences[:SENTENCES]


def _said(listed: Listed, here: Here) -> Iterator[dict[str, Any]]:  # Any: what a template draws
    for seat, words in listed.header.outcome.get(NOTES, {}).items():
        ref = f"{listed.ref}.{seat}"
        if words and ref not in here.away:
            yield {"words": words, "mine": seat == here.place.seat, "listed": listed, "ref": ref}
