"""What was said in a sitting, for looking back: who has been shown which words, and taking back one's own.

Words leave the server through `view(seat)` alone. So what somebody has been shown is what stood in their view
at any step of the way, in whatever room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from nearer import live
from nearer.bonds.locking import locked
from nearer.bonds.place import Place
from nearer.database import writing
from nearer.plans.parking import TEXT_MOST
from nearer.protocol import Dialogue, Mode, Move, Seat, UnreadableMove, Words
from nearer.protocol.moves import rules_of
from nearer.sittings.models import Sitting
from nearer.sittings.run.header import TOPIC, what_remains
from nearer.sittings.run.log import Run, arrived, heard_by, open_run, replay
from nearer.sittings.run.writing import write_again
from nearer.vault import store
from nearer.web.words import stand_in


class NotYours(LookupError):
    """There are no such words of this person's in the sitting."""


class TooLong(ValueError):
    """The words do not fit where they would stand."""


@dataclass(frozen=True, kw_only=True)
class Saying:
    """Words in a sitting.

    Attributes:
        seat: whose.
        words: what they are, and what became of them.
        most: how many characters there is room for.
    """

    seat: Seat
    words: Words
    most: int


def may_look_back(run: Run) -> bool:
    """Whether there is something to look back on: letters, what both kept, or own words while they sit together."""
    return bool(run.log) and (_stays(run) or bool(sayings(run)))


def _stays(run: Run) -> bool:
    return run.header.mode == Mode.ASYNC or run.header.kept


def sayings(run: Run) -> list[Saying]:
    """Return what whoever looks may read of a sitting, in order: their own words that were opened, and the other's.

    A letter of one's own is among them once it has arrived, read or not: nobody learns here when it was opened. While
    the two sit together only one's own are there: what the other said is for that moment.
    """
    in_sight = _shown(run, run.seat)
    # What repeats words that were taken back is in nobody's view any more.
    mine = _shown(run, run.seat.other) | (_arrived(run) & (in_sight | {TOPIC}))
    seen = {run.seat: mine, run.seat.other: in_sight if _stays(run) else set()}
    return [saying for saying in _all(run) if str(saying.words) and saying.words.where in seen[saying.seat]]


def own_and_opened(run: Run) -> list[Saying]:
    """Return all own words in a sitting, opened or not, and the other's that this person has been shown.

    What says back words that were taken back went with them, for whoever said it as well.
    """
    seen = _shown(run, run.seat)
    gone = {where for position in _positions(run) for where in position.gone_with}
    return [
        saying
        for saying in (*_all(run), *_own_rows(run))
        if str(saying.words) and (saying.seat is run.seat or saying.words.where in seen)
        if not (saying.words.where and saying.words.where in gone)
    ]


def take_back(ref: UUID, place: Place, where: str, *, at: datetime) -> None:
    """Withdraw words of one's own that were opened to the other, also in a closed bond.

    What stays is that they were withdrawn: not when, and nothing of the text or of how it read earlier.

    Raises:
        NotYours: this person said nothing there that the other was shown.
    """
    _change(ref, place, where, at, lambda saying: saying.words.taken_back(stand_in()))


def edit(ref: UUID, place: Place, where: str, text: str, *, at: datetime) -> None:
    """Put another text in the place of one's own; the earlier one stays beneath it for both.

    Raises:
        NotYours: this person said nothing there that the other was shown, or withdrew it.
        TooLong: there is no room for so many characters.
    """

    def edited(saying: Saying) -> Words:
        if saying.words.withdrawn:
            raise NotYours
        return saying.words if saying.words == text else saying.words.edited(text)

    _change(ref, place, where, at, edited)


def _change(ref: UUID, place: Place, where: str, at: datetime, how: Callable[[Saying], Words]) -> None:
    with writing():
        sitting = Sitting.objects.select_for_update().filter(pk=ref, bond=locked(place.bond)).first()
        if sitting is None:
            raise NotYours
        run = arrived(open_run(sitting, place), at)
        mine = (saying for saying in sayings(run) if saying.seat is run.seat)
        found = next((saying for saying in mine if saying.words.where == where), None)
        if found is None:
            raise NotYours
        _store(run, where, how(found))
        # A page that is open on it has the old words before somebody's eyes.
        transaction.on_commit(partial(live.changed, ref))


def _store(run: Run, where: str, words: Words) -> None:
    header = run.header
    if where == TOPIC:
        header = header.about(words, sitting=run.sitting, secret=store.secret_of(run.sitting.pk))
        run = replace(run, header=header)
    else:
        seq, name = where.split(".")
        try:
            move: Move = replace(run.log[int(seq)].move, **{name: words})
        except UnreadableMove:
            raise TooLong from None
        run = write_again(run, int(seq), move)
    if header.kept:
        _, remains = what_remains(replay(header.first, run.log))
        header = header.closed(done=header.done, kept=True, outcome=remains)
    run.sitting.header = header.sealed(sitting=run.sitting.pk, place=run.place)
    run.sitting.store("header")


def _arrived(run: Run) -> set[str]:
    """Return where words stand that this person sent in letters, and that are with the other."""
    if run.header.mode != Mode.ASYNC:
        return set()
    known = heard_by(run, run.seat.other)
    last = max(
        (seq for seq, p in enumerate(run.log) if known[seq] and p.seat is not run.seat.other), default=-1
    )
    sent = [seq for seq, p in enumerate(run.log[: last + 1]) if p.seat is run.seat and not p.move.sealed]
    return {f"{seq}.{name}" for seq in sent for name in rules_of(type(run.log[seq].move))} | {TOPIC}


def _all(run: Run) -> Iterator[Saying]:
    if run.header.topic_of:
        topic = getattr(run.header.first, TOPIC)
        yield Saying(seat=Seat(run.header.topic_of), words=topic, most=TEXT_MOST)
    for played in run.log:
        for name, rule in rules_of(type(played.move)).items():
            value = getattr(played.move, name)
            if played.seat and rule.is_said and isinstance(value, Words):
                yield Saying(seat=played.seat, words=value, most=_room_for(run, type(played.move), name))


def _room_for(run: Run, kind: type[Move], name: str) -> int:
    """Return how many characters an edit has: as many as the form in which it was said."""
    form = run.header.room.form(kind, run.header.mode)
    limit = getattr(form.fields.get(name), "limit", 0) if form else 0
    bounds = rules_of(kind)[name].length
    return limit or (bounds.most if bounds else 0)


def _own_rows(run: Run) -> Iterator[Saying]:
    """Yield own words that were given as a row, such as names of cards: nobody edits one of these alone."""
    for played in run.log:
        rows = {name for name, rule in rules_of(type(played.move)).items() if rule.type is str and rule.count}
        if played.seat is run.seat:
            for text in (text for name in sorted(rows) for text in getattr(played.move, name)):
                yield Saying(seat=run.seat, words=Words(text), most=0)


def _positions(run: Run) -> Iterator[Dialogue]:
    position = run.header.first
    yield position
    for played in run.log:
        position = position.play(played.seat, played.move, played.at)
        yield position


def _shown(run: Run, seat: Seat) -> set[str]:
    """Return where words stand that were in a seat's view at any step of the way."""
    return {where for position in _positions(run) for where in _in_view(position.view(seat))}


def _in_view(value: object) -> Iterator[str]:
    if isinstance(value, Words):
        yield value.where
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _in_view(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _in_view(each)
