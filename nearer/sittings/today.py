"""What sittings show on Today: those that are open, letters, and what the two could do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from nearer.plans import later
from nearer.records.cards import Here
from nearer.sittings.letters import reminders
from nearer.sittings.letters.turns import Turn
from nearer.sittings.practice import PracticeConfig, suggested
from nearer.sittings.run import queries
from nearer.sittings.run.queries import Door, Listed
from nearer.web.cards import Card, Rank

KINDS = (later.LATER,)
OWN = (reminders.WISH,)


def cards(here: Here) -> Iterator[Card]:
    """Yield what is open, what could come next, and the practices."""
    rooms = suggested(here.request.visit.face.unwanted, here.place, here.found)
    opened = queries.open_sittings(here.place, at=here.at)
    listed = [each for each in opened if str(each.ref) not in here.away]
    waiting = reminders.beside(
        here.request, listed, here.own.of(reminders.WISH), at=here.at, visits=here.visits
    )
    yield from (_open(each) for each in waiting)
    due = later.due_in(here.found, here.at)
    for room in rooms:
        if room.dialogue.slug in due:
            yield Card(place=Rank.ASKS, template="sittings/cards/again.html", context={"room": room})
    if rooms:
        if not waiting:
            yield _next(here, rooms)
        yield Card(place=Rank.STANDS, template="sittings/cards/rooms.html", context={"rooms": rooms})


def waiting(heres: Sequence[Here]) -> set[UUID]:
    """Return in which of these bonds something is open that waits for this person, or ends soon."""
    opened = queries.open_in([here.place for here in heres], at=heres[0].at)
    away = {here.place.bond.pk: here.away for here in heres}
    return {
        bond
        for bond, several in opened.items()
        if any(_waits(each) for each in several if str(each.ref) not in away[bond])
    }


def _waits(listed: Listed) -> bool:
    letter = listed.letter
    if letter is None:
        return True
    return letter.turn is not Turn.RESTED and (letter.soon or letter.turn in {Turn.WAITS, Turn.MINE})


def _open(listed: Listed) -> Card:
    if listed.letter is None:
        rank = Rank.NOW if listed.door in {Door.CALLS, Door.RUNS} else Rank.MINE
        return Card(place=rank, template="sittings/cards/open.html", context={"listed": listed})
    is_mine = listed.letter.turn in {Turn.WAITS, Turn.MINE}
    template = "sittings/cards/letter.html" if is_mine else "sittings/cards/letter_out.html"
    return Card(
        place=Rank.MINE if is_mine else Rank.GOING, template=template, context={"listed": listed}, calls=True
    )


def _next(here: Here, rooms: list[PracticeConfig]) -> Card:
    unwanted = here.request.visit.face.unwanted
    if queries.past_sittings(here.place, most=1):
        context = {"rooms": rooms, "unwanted": unwanted}
        return Card(place=Rank.NEXT, template="sittings/cards/next.html", context=context)
    shortest = min(rooms, key=lambda room: room.minutes)
    first = {"room": shortest, "unwanted": unwanted}
    return Card(place=Rank.NEXT, template="sittings/cards/first.html", context=first)
