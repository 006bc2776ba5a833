"""What a move of the Needs Mirror leaves behind: a plan, a request that waits, and at the end the maps."""

from __future__ import annotations

from datetime import datetime

from nearer.bonds.place import Place
from nearer.plans import later, lines
from nearer.practices.needs import kept
from nearer.practices.needs.kept import ASKED, REDRAW, Asked
from nearer.practices.needs.moves import Way
from nearer.practices.needs.protocol import Needs
from nearer.protocol import Mode, Seat
from nearer.records import keeping
from nearer.records.shelf import Shelf


def keep(place: Place, before: Needs, after: Needs, *, at: datetime) -> None:
    """Keep what a move leaves behind. Of a phone between two people nothing is kept but when to come back.

    Args:
        place: whoever played.
        before: where they were.
        after: where they are.
        at: now.
    """
    if after.done and not before.done:
        later.come_back(place, after.slug, on=at + REDRAW, at=at)
    if after.mode is Mode.ONE:
        return
    if after.agreed and not before.agreed and after.plan and after.by:
        lines.hold(place, cue=str(after.plan.cue), act=str(after.plan.act), by=after.by.date(), at=at)
    # Once the turn is over, for until then the answer may still be taken back.
    if after.done or after.turn != before.turn:
        _wait(place, before if before.reply else after, at)
    if after.done and not before.done and after.is_open:
        kept.keep_round(place, {seat: after.side(seat) for seat in Seat}, at=at)


def _wait(place: Place, turn: Needs, at: datetime) -> None:
    if turn.reply is None or turn.reply.way is not Way.LATER:
        return
    need, request = turn.need, turn.request
    asked = Asked(
        owner=str(turn.owner), card=need.card if need else -1, name=str(need.name) if need else "",
        words=str(request.words) if request else "", by=(turn.by or at).date().isoformat(),
    )  # fmt: skip
    keeping.put(Shelf.of_bond(place), ASKED, asked, at=at)
