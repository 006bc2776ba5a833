"""What plans have in a look-back on a week: what both said yes to in these days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from nearer.plans import lines
from nearer.records.cards import Here
from nearer.web.cards import Bit, Card, Part, bits

KINDS = lines.KINDS


def cards(here: Here) -> list[Card]:
    """Return what was agreed."""
    return bits(Part.PLANS, gettext("What you agreed on"), _agreed(here))


def _agreed(here: Here) -> Iterator[Bit]:
    agreed = {line.ref: line for line in lines.lines_in(here.found, here.place, at=here.at).agreed}
    for kept in here.found.of(lines.PLAN):
        if line := agreed.get(kept.ref):
            day = timezone.localdate(datetime.fromisoformat(kept.document.said_yes))
            if here.is_lately(day):
                said = gettext("When %(cue)s, then we %(act)s.") % {"cue": line.cue, "act": line.act}
                yield Bit(day=day, title=said)
