"""What Our Time shows on Today: what the other puts forward, the next date, one that is off, how it was, and what both would like."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.bonds.models import Bond
from nearer.calendars import looking
from nearer.calendars.entry import ENTRY, off_in
from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.dates.keeping import Item
from nearer.practices.ourtime.dates.rules import last_done
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.records.cards import Here
from nearer.records.keeping import ref_in
from nearer.web.cards import Card, Rank

KINDS = (wishes.WISHES, dates.OUTING, ENTRY, *looking.KINDS)
GLYPH = "time"
RANKS = {
    "theirs": Rank.MINE, "over": Rank.MINE, "agreed": Rank.PLANNED, "mine": Rank.GOING, "looking": Rank.GOING,
}  # fmt: skip


def cards(here: Here) -> Iterator[Card]:
    """Yield the dates that are ahead, the soonest of each sort, and one thing both would like."""
    items = dates.items_in(here.found, here.place, at=here.at)
    shown: set[str] = set()
    for item in items:
        if item.state in RANKS and item.state not in shown and (item.state != "over" or item.asks):
            shown.add(item.state)
            yield _card(item)
    yield from _off(here, {item.it.entry for item in items})
    seen = looking.looking_in(here.found, here.place, at=here.at)
    if seen.slots or seen.theirs:
        rank = Rank.NEW if seen.slots else Rank.MINE
        yield Card(place=rank, template="ourtime/between/cards/looks.html", context={"seen": seen})
    is_open = here.place.bond.state == Bond.State.OPEN
    if is_open and not items and GLYPH not in here.request.visit.face.unwanted:
        done = last_done(dates.outings_in(here.found), here.place.seat)
        both = wishes.both_in(here.found, here.place, at=here.at, done=done)
        if both:
            yield Card(
                place=Rank.GOING, template="ourtime/between/cards/both.html", context={"idea": both[0]}
            )


def _off(here: Here, moved: set[str]) -> Iterator[Card]:
    """Yield the soonest date that is off, so that nobody waits at a door; one for which another time is looked for says so itself."""
    shown = {kept.ref for kept in here.found.shown(ENTRY)} - {ref_in(each) for each in moved}
    off = [kept for kept in off_in(here.found, at=here.at) if kept.ref in shown]
    if off:
        yield Card(place=Rank.NEW, template="ourtime/between/cards/off.html", context={"kept": off[0]})


def _card(item: Item) -> Card:
    template = f"ourtime/between/cards/{item.state}.html"
    return Card(
        place=RANKS[item.state], template=template, context={"item": item}, calls=item.state == "agreed"
    )
