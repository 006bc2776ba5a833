"""What a finished sitting's page offers: a plan line for both, then a pulse for oneself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from nearer.bonds.models import Bond
from nearer.plans import lines
from nearer.plans.forms import PlanForm
from nearer.pulse import readings
from nearer.pulse.forms import PulseForm
from nearer.records import putaway
from nearer.records.shelf import Shelf
from nearer.sittings.run.log import Run
from nearer.vault.ring import Ring

# In their own time the two may see the end days apart; one who comes back later comes to read it.
FRESH = timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class After:
    """What the page is drawn from.

    Attributes:
        plans: the bond's open lines.
        plan_form: to propose one.
        asks_for_plan: whether a plan comes first; a pulse waits until it is answered or passed over.
        pulse_form: for this person alone, or None where it cannot be private.
        pulse_given: whether they gave theirs.
        next: this page's address.
    """

    plans: lines.Lines
    plan_form: PlanForm
    asks_for_plan: bool
    pulse_form: PulseForm | None
    pulse_given: bool
    next: str


def after(run: Run, ring: Ring, *, at: datetime, passed: bool = False) -> After | None:
    """Return what a finished sitting offers to whoever looks on a page of their own.

    Nothing on later days, nor in a closed bond.

    Args:
        run: a sitting that came to its own end.
        ring: the keys of this session; without the private one there is no pulse here.
        at: now.
        passed: whether they have passed the plan over.
    """
    place = run.place
    if place.bond.state != Bond.State.OPEN or at.date() - run.sitting.day > FRESH:
        return None
    found = putaway.gather(place, ring, *lines.KINDS)
    plans = lines.lines_in(found, place, at=at)
    form, given = _pulse(run, ring)
    # Whoever has just agreed on when they do something is not asked for more.
    is_planned = bool(plans.lines) or bool(run.header.outcome.get("planned"))
    return After(
        plans=plans, plan_form=PlanForm(),
        asks_for_plan=not passed and not given and (bool(plans.put_to_me) or not is_planned),
        pulse_form=form, pulse_given=given, next=reverse("sittings:sitting", args=[run.sitting.pk]),
    )  # fmt: skip


def _pulse(run: Run, ring: Ring) -> tuple[PulseForm | None, bool]:
    if not ring.private:
        return None, False
    sitting, theirs = str(run.sitting.pk), run.place.their_card
    if readings.is_given(Shelf.of_person(run.place.me.user_id, ring), sitting):
        return None, True
    name, more = theirs.name if theirs else "", run.header.room.is_time
    return PulseForm(name=name, more=more, initial={"sitting": sitting}), False
