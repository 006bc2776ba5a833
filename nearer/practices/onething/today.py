"""What One Thing shows on Today: seven quiet minutes, to whoever switched it on, after a hard talk and three times a year."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.practices.onething import switch
from nearer.practices.onething.protocol import OneThing
from nearer.practices.onething.quiet import looked
from nearer.records.cards import Here
from nearer.sittings.run import queries
from nearer.web.cards import Card, Rank

KINDS = (switch.SWITCH,)
OWN = (looked.OFFERED,)
RECENT = 3


def cards(here: Here) -> Iterator[Card]:
    """Yield the one card, if it is due. Nothing of the other's is asked."""
    since = switch.since(here.found, here.place)
    if since is None or not here.request.ring.private:
        return
    talks = (
        each.day
        for each in queries.past_sittings(here.place, most=RECENT)
        if each.header.practice == OneThing.slug
    )
    if looked.is_due(here.own, here.place, since=since, talked=max(talks, default=None), at=here.at):
        yield Card(place=Rank.ASKS, template="onething/cards/alone.html")
