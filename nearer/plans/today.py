"""What plans show on Today: what was agreed, what somebody said yes to, and what one puts to the other."""

from __future__ import annotations

from collections.abc import Iterator

from nearer.plans import lines
from nearer.plans.lines import Stand
from nearer.records.cards import Here
from nearer.web.cards import Card, Rank

KINDS = lines.KINDS
RANKS = {Stand.PUT_TO_ME: Rank.MINE, Stand.BEGINS: Rank.PLANNED, Stand.PUT_TO_THEM: Rank.GOING}
TEMPLATES = {
    Stand.PUT_TO_ME: "plans/parts/put_to_me.html",
    Stand.BEGINS: "plans/parts/begins.html",
    Stand.PUT_TO_THEM: "plans/parts/put_to_them.html",
}


def cards(here: Here) -> Iterator[Card]:
    """Yield what was agreed, as one card, and a card for each line that is not agreed yet."""
    plans = lines.lines_in(here.found, here.place, at=here.at)
    if plans.agreed:
        yield Card(
            place=Rank.PLANNED, template="plans/cards/agreed.html", context={"plans": plans}, calls=True
        )
    for line in plans.lines:
        if line.stand in RANKS:
            context = {"line": line, "answers": True}
            yield Card(place=RANKS[line.stand], template=TEMPLATES[line.stand], context=context)
