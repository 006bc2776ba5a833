"""What lies on the table when one phone is shared: two halves, a curtain, or one person's private page.

Nothing here opens or renders anything; `show` draws what this decides.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest

from nearer.bonds.visit import Visit
from nearer.protocol import Dialogue, Leave, Mode, Move, Seat
from nearer.sittings.run.header import Header

HOLDING = "holding"


class Lies(StrEnum):
    """What a page of a sitting on one phone shows."""

    HALVES = "halves"  # both look at it, each at their own half
    CURTAIN = "curtain"  # the phone is being handed over; there is nothing of anybody on the page
    ALONE = "alone"  # one of them alone looks, and says something the other may not see yet
    ELSEWHERE = "elsewhere"  # another browser of one of them: the phone between them is not this one


def sits(request: HttpRequest, ref: UUID) -> bool:
    """Say whether this browser is the phone that lies between the two in this sitting."""
    visit: Visit | None = getattr(request, "visit", None)
    return visit is not None and visit.together is not None and visit.together.sitting == ref


def seat_called(name: str | None) -> Seat | None:
    """Return the seat of this name; None for anything else."""
    return next((seat for seat in Seat if seat == name), None)


def lying(position: Dialogue, *, owner: Seat, holding: Seat | None) -> tuple[Lies, Seat]:
    """Decide what a running sitting shows on the phone.

    Args:
        position: where they are.
        owner: whose phone it is.
        holding: who has said that they hold the phone, if anybody.

    Returns:
        What lies there, and for whom: halves are the owner's to hold.
    """
    asked = [seat for seat in (owner, owner.other) if _has_secret(position, seat)]
    if holding in asked:
        return Lies.ALONE, holding
    return (Lies.CURTAIN, asked[0]) if asked else (Lies.HALVES, owner)


def takes(header: Header, kind: type[Move], *, sits: bool) -> bool:
    """Say whether a browser may make this kind of move: away from the shared phone one can only leave."""
    return header.mode != Mode.ONE or sits or kind is Leave


def _has_secret(position: Dialogue, seat: Seat) -> bool:
    return position.running and any(kind.sealed for kind in position.legal(seat))
