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
    promise = after.asked_for
    if promise.agreed and not before.asked_for.agreed and promise.plan and promise.by:
        lines.hold(
            place,
            cue=str(promise.plan.cue),
            act=str(promise.plan.act),
            by=promise.by,
            at=at,
        )
    # Once the turn is over, for until then the answer may still be taken back.
    if after.done or after.turn != before.turn:
        _wait(place, before if before.asked_for.reply else after, at)
    if after.done and not before.done and after.is_open:
        kept.keep_round(place, {seat: after.side(seat) for seat in Seat}, at=at)


def _wait(place: Place, turn: Needs, at: datetime) -> None:
    promise, need = turn.asked_for, turn.need
    if promise.reply is None or promise.reply.way is not Way.LATER:
        return
    asked = Asked(
        owner=str(promise.holder), card=need.card if need else -1, name=str(need.name) if need else "",
        words=str(promise.request.words) if promise.request else "", by=(promise.by or at.date()).isoformat(),
    )  # fmt: skip
    keeping.put(Shelf.of_bond(place), ASKED, asked, at=at)
