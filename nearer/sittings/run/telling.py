"""What the two's open pages hear of a move: that there is something new, once the other knows of it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from nearer.bonds import news
from nearer.protocol import Dialogue, Mode
from nearer.sittings.models import Entry
from nearer.sittings.run.log import Run, heard_by


def tell(run: Run, before: Dialogue, *, sent: int | None) -> None:
    """Tell the two of what one of them has just done, as far as it shows outside the room.

    Live that is who stands at the door, and that it is over. Letters are told of when they are there: what only leads
    up to one, and what is taken back on its way, is nobody's to hear.

    Args:
        run: the sitting after the move.
        before: the position before it.
        sent: the number of the words of this person's that the other does not know of yet, if there are some.
    """
    if run.position is before:
        return
    if run.header.mode != Mode.ASYNC:
        _tell_hour(run, before)
        if before.lobby or run.position.over:
            news.tell_both(run.place)
        return
    there = run.position.waits_for(run.seat)
    if there is not None and sent is not None:
        words = run.sitting.entries.get(seq=sent).pk
        news.tell_when_there(run.place, there, partial(_is_there, words), new=run.sitting.pk)
    elif run.position.over:
        news.gone(run.place, run.sitting.pk)
        news.tell_both(run.place)
    elif heard_by(run, run.seat.other)[-1]:
        news.tell_both(run.place, new=run.sitting.pk)


def _tell_hour(run: Run, before: Dialogue) -> None:
    """Note when a break is over, and the one that may follow: both know, for they are both in it.

    Both hours are noted from the start, so that neither being called tells who came back, or what they answered.
    """
    hours = () if run.position.over else run.position.calls_back
    if hours != before.calls_back:
        for which, hour in zip(("last", "back"), (*hours[::-1], None, None), strict=False):
            news.at_hour(run.place, f"{which} {run.sitting.pk}", hour)


def _is_there(entry: UUID) -> bool:
    return Entry.objects.filter(pk=entry).exists()
