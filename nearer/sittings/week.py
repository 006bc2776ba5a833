"""What sittings have in a look-back on a week: what the two did to its end, and what each noted in what both kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from nearer.records.cards import LATELY, Here
from nearer.sittings.run import queries
from nearer.sittings.run.header import NOTES
from nearer.sittings.run.queries import Listed
from nearer.web.cards import Bit, Card, Part, bits


def cards(here: Here) -> list[Card]:
    """Return what they did, and what both kept of it."""
    since = timezone.localdate(here.at) - LATELY + timedelta(days=1)
    past = queries.past_sittings(here.place, most=None, away=here.away, since=since)
    done = [listed for listed in past if here.is_lately(listed.day)]
    noted = [bit for listed in done if listed.header.kept for bit in _noted(listed, here)]
    return [
        *bits(Part.NEAR, gettext("What you did"), [_did(listed) for listed in done]),
        *bits(Part.SENTENCES, gettext("What you noted"), noted),
    ]


def _did(listed: Listed) -> Bit:
    address = reverse("sittings:sitting", args=[listed.ref]) if listed.header.kept else ""
    return Bit(day=listed.day, title=str(listed.header.room.title), address=address)


def _noted(listed: Listed, here: Here) -> Iterator[Bit]:
    for seat, words in listed.header.outcome.get(NOTES, {}).items():
        if words and f"{listed.ref}.{seat}" not in here.away:
            yield Bit(day=listed.day, words=words, mine=seat == here.place.seat)
