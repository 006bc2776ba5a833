"""What a move of Our Time leaves behind: what somebody would like, a date, how it was, or that nobody calls the two meanwhile.

Of a phone between two people a date is kept as something its owner puts to the other, and how it was as its owner said it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.practices.ourtime.being import After
from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.dates.rules import Outing
from nearer.practices.ourtime.moves import Way, quarter_of
from nearer.practices.ourtime.protocol import OurTime
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.protocol import Mode

MINUTES_A_QUARTER = 15


def keep(place: Place, before: OurTime, after: OurTime, *, at: datetime) -> None:
    """Keep what a move leaves behind.

    Args:
        place: whoever played.
        before: where they were.
        after: where they are.
        at: now.
    """
    if after.quiet_until != before.quiet_until:
        news.quiet(place, after.quiet_until)
    if after.mode is not Mode.ONE and not before.wished(place.seat) and (said := after.wished(place.seat)):
        wishes.say_several(place, said, at=at)
    if (dated := after.dated) and not before.dated and dated.plan and dated.by:
        plan = dated.plan
        outing = Outing(
            seat=place.seat if after.mode is Mode.ONE else dated.by, act=str(plan.act), cue=str(plan.cue), slots=(plan.quarter,) if plan.quarter else (),
        )  # fmt: skip
        if dated.agreed:
            outing = outing.accepted(dated.by.other, plan.quarter)
        if dated.agreed or after.mode is Mode.ONE:
            dates.put_kept(place, outing, at=at)
    if after.glow and not before.glow:
        dates.put_kept(place, _been(place, after.glow, after, at), at=at)


def _been(place: Place, glow: After, after: OurTime, at: datetime) -> Outing:
    """Return the time that is over, told by whoever may have told it: on one phone its owner, and the other is asked."""
    told = {
        str(seat): (str(said.words), said.minutes, said.again)
        for seat, said in glow.answers.given.items()
        if after.mode is not Mode.ONE or seat is place.seat
    }
    act = _("talk about a film") if after.way is Way.FILM else _("be here")
    now = quarter_of(at)
    been = Outing(seat=place.seat, act=act, agreed=True, was=now, told=told)
    return been if been.both_told else replace(been, begins=now - 1, minutes=MINUTES_A_QUARTER)
