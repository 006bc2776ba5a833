"""Sitting down at one phone, for tests that need it to have happened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from nearer.bonds.models import Bond
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person, post_move

START = "/practise/listening/start"
ONE = {"mode": "one"}
HOST, GUEST = "host", "guest"


def begin(person: Person, bond: Bond) -> Sitting:
    """Let somebody start on their phone; their browser is in together mode then."""
    person.client.post(f"/b/{bond.pk}/switch")
    response = person.client.post(START, ONE)
    assert response.status_code == 302
    return Sitting.objects.get(pk=UUID(response["Location"].rsplit("/", 1)[1]))


def tap(person: Person, sitting: Sitting, kind: str, seat: str = HOST, **fields: Any) -> HttpResponse:
    """Play a move at the table for a seat, and insist that it was taken."""
    response = post_move(person, sitting, kind, seat=seat, **fields)
    assert response.status_code == 302, response.content.decode()
    return response


def at_heat(pair: Pair) -> Sitting:
    """The host's phone lies between them, up to how warm the topic feels."""
    sitting = begin(pair.host, pair.bond)
    tap(pair.host, sitting, "Ready")
    tap(pair.host, sitting, "SetTopic", GUEST, topic="the drive home")
    return sitting


def at_roles(pair: Pair) -> Sitting:
    """The same, up to who speaks first."""
    sitting = at_heat(pair)
    tap(pair.host, sitting, "Heat", HOST, level="easy")
    tap(pair.host, sitting, "Heat", GUEST, level="easy")
    return sitting


def at_notes(pair: Pair) -> Sitting:
    """The same, after one floor by voice, up to the notes."""
    sitting = at_roles(pair)
    host = pair.host
    tap(host, sitting, "Volunteer", GUEST)
    tap(host, sitting, "Speak", GUEST, aloud="yes")
    tap(host, sitting, "Reflect", HOST, aloud="yes")
    tap(host, sitting, "Check", GUEST, answer="yes")
    tap(host, sitting, "Validate", HOST, aloud="yes")
    tap(host, sitting, "Ask", HOST, skip="yes")
    tap(host, sitting, "More", GUEST, more="no")
    tap(host, sitting, "EndHere", HOST)
    return sitting


def to_the_end(pair: Pair) -> Sitting:
    """The same, to its end."""
    sitting = at_notes(pair)
    tap(pair.host, sitting, "Note", HOST, words="a gull")
    tap(pair.host, sitting, "Note", GUEST, words="a tide")
    tap(pair.host, sitting, "Finish", HOST)
    return sitting
