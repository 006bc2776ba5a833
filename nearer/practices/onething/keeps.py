"""What a move of One Thing leaves behind: the trial that both said yes to, as a plan of theirs; on one phone the other is asked."""

from __future__ import annotations

from datetime import datetime

from nearer.bonds.place import Place
from nearer.plans import lines
from nearer.practices.onething.protocol import OneThing
from nearer.protocol import Mode


def keep(place: Place, before: OneThing, after: OneThing, *, at: datetime) -> None:
    """Keep a trial once both agreed. They look back on it in private, and the gentler word stands for both.

    Args:
        place: whoever played.
        before: where they were.
        after: where they are.
        at: now.
    """
    trial = before.trial
    if trial and trial.plan and trial.by and after.agreed and not before.agreed:
        plan = trial.plan
        put = lines.put_forward if after.mode is Mode.ONE else lines.hold
        put(place, cue=str(plan.cue), act=str(plan.act), by=trial.by, at=at, is_trial=True)
