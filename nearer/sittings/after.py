"""What a finished sitting's page offers: a plan line for both, what was parked, and a pulse for oneself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from nearer.bonds.models import Bond
from nearer.plans import lines, parking
from nearer.plans.forms import PlanForm
from nearer.pulse import readings
from nearer.pulse.forms import PulseForm
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings.log import Run
from nearer.vault.ring import Ring

# In their own time the two may see the end days apart; one who comes back later comes to read it.
FRESH = timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class After:
    """What the page is drawn from.

    Attributes:
        plans: the bond's open lines.
        plan_form: to propose one.
        parked: what waits for its own time.
        pulse_form: for this person alone, or None where it cannot be private.
        pulse_given: whether they gave theirs.
        next: this page's address.
    """

    plans: lines.Lines
    plan_form: PlanForm
    parked: list[parking.Item]
    pulse_form: PulseForm | None
    pulse_given: bool
    next: str


def after(run: Run, ring: Ring, *, at: datetime) -> After | None:
    """Return what a finished sitting offers to whoever looks on a page of their own.

    Nothing on later days, nor in a closed bond.

    Args:
        run: a sitting that came to its own end.
        ring: the keys of this session; without the private one there is no pulse here.
        at: now.
    """
    place = run.place
    if place.bond.state != Bond.State.OPEN or at.date() - run.sitting.day > FRESH:
        return None
    found = keeping.gather(Shelf.of_bond(place), lines.PLAN, parking.PARKED)
    plans = lines.lines_in(found, place)
    form, given = _pulse(run, ring)
    return After(
        plans=plans, plan_form=PlanForm(), parked=parking.items_in(found, place), pulse_form=form,
        pulse_given=given, next=reverse("sittings:sitting", args=[run.sitting.pk]),
    )  # fmt: skip


def _pulse(run: Run, ring: Ring) -> tuple[PulseForm | None, bool]:
    if not ring.private:
        return None, False
    sitting, theirs = str(run.sitting.pk), run.place.their_card
    if readings.is_given(Shelf.of_person(run.place.me.user_id, ring), sitting):
        return None, True
    return PulseForm(name=theirs.name if theirs else "", initial={"sitting": sitting}), False
