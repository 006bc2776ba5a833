"""Starting a sitting and playing a move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from nearer import live
from nearer.bonds.locking import locked
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.database import writing
from nearer.protocol import HOUSE_MOVES, IllegalMove, Leave, Mode, Move, Pause, Seat, TimeUp
from nearer.sittings.header import TOPIC, Header
from nearer.sittings.log import Played, Run, length_when, open_run, replay, told, write
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.practice import PracticeConfig
from nearer.vault import store


class BondNotOpen(Exception):
    """Nothing new can begin in this bond."""


# These mean the same in every step, so a late one still counts.
ANY_STEP = frozenset({Leave, Pause})


class TooLate(Exception):
    """The page this move was made on shows another step than the one they are in now."""


class NotOffered(Exception):
    """The room cannot be held in this way."""


def start(
    place: Place,
    room: PracticeConfig,
    *,
    facts: dict[str, Any],
    mode: Mode = Mode.LIVE,
    topic_of: Seat | None = None,
) -> Sitting:
    """Begin a sitting, or find the one that is already open, so that two who start at once sit together.

    Args:
        place: who starts, and in which bond.
        room: the practice.
        facts: what the room is told before it begins.
        mode: how they sit.
        topic_of: whose words the topic is, when one is among the facts.

    Raises:
        NotOffered: the room has no such mode.
        BondNotOpen: one of the two left, or has not been confirmed.
    """
    if mode not in room.dialogue.modes:
        raise NotOffered
    ref = uuid4()
    store.make_secret(ref)
    with writing():
        if locked(place.bond).state != Bond.State.OPEN:
            store.erase([ref])
            raise BondNotOpen
        for sitting in Sitting.objects.filter(bond=place.bond, is_over=False):
            header = Header.of(sitting, place)
            if (header.practice, header.mode) == (room.dialogue.slug, mode) and _joins(header, place, facts):
                store.erase([ref])
                return sitting
        header = Header.begun(room, place, mode=mode, facts=facts, topic_of=topic_of)
        sealed, day = header.sealed(sitting=ref, place=place), timezone.now().date()
        return Sitting.objects.create(id=ref, bond=place.bond, header=sealed, day=day)


def _joins(header: Header, place: Place, facts: dict[str, Any]) -> bool:
    """Say whether somebody who begins the same again joins what is open: their own, or what both see now.

    On one phone it is its owner's. Letters too: finding the other's would tell that they are writing.
    A topic that waited in the parking place opens its own.
    """
    is_another = facts.get(TOPIC) not in {None, header.facts.get(TOPIC)}
    return not is_another and (header.mode == Mode.LIVE or header.starter == place.seat)


def play(*, ref: UUID, place: Place, move: Move, seq: int, at: datetime, seat: Seat | None = None) -> Run:
    """Play a move that was made on page `seq`.

    A late move still counts when its page showed the step they are in, and a move sent twice counts
    once. Nothing is stored when it is refused.

    Args:
        ref: the sitting.
        place: who plays.
        move: what.
        seq: how many moves their page had heard of.
        at: now.
        seat: on one phone, whose move it is; otherwise everybody plays their own.

    Returns:
        The sitting after the move.

    Raises:
        TooLate: they are in another step by now.
        IllegalMove: this seat may not play it now, or not from here.
    """
    with writing():
        sitting = Sitting.objects.select_for_update().get(pk=ref, bond=locked(place.bond))
        if sitting.is_over:
            raise TooLate
        run = _lapsed(open_run(sitting, place), at)
        if run.position.over:
            refused: type[Exception] | None = TooLate
        else:
            refused = None
            run = _played(run, _made(run, move, seat=seat or place.seat, at=at), seq=seq)
        _settle(run)
    if refused:
        raise refused
    return run


def let_time_pass(place: Place, *, at: datetime) -> None:
    """End or move on every open sitting of a bond whose time has passed by now."""
    for ref in _open_in(place):
        _change(ref, place, lambda run: _lapsed(run, at))


def part(place: Place, *, at: datetime) -> list[UUID]:
    """Leave every open sitting of a bond at once; when nobody is left in it, erase what was kept as well.

    Returns:
        The sittings that were open.
    """
    leave, ended = Leave(), _open_in(place)
    for ref in ended:
        _change(ref, place, lambda run: _accept(run, Played(seat=run.seat, move=leave, at=at)))
    if place.is_alone:
        kept = list(Sitting.objects.filter(bond=place.bond).values_list("pk", flat=True))
        transaction.on_commit(lambda: store.erase(kept))
    return ended


def _open_in(place: Place) -> list[UUID]:
    return list(Sitting.objects.filter(bond=place.bond, is_over=False).values_list("pk", flat=True))


def _change(ref: UUID, place: Place, how: Callable[[Run], Run]) -> None:
    with writing():
        bond = locked(place.bond)
        sitting = Sitting.objects.select_for_update().filter(pk=ref, bond=bond, is_over=False).first()
        if sitting is not None:
            _settle(how(open_run(sitting, place)))


def _made(run: Run, move: Move, *, seat: Seat, at: datetime) -> Played:
    """Return the move as it will be stored, if it may be made from here.

    Raises:
        IllegalMove: it is the other's to make, or to agree to, and this is not the phone between them.
    """
    if run.header.mode != Mode.ONE:
        allowed = seat is run.seat
    elif run.header.starter == run.seat:
        allowed = seat is run.seat or not (move.consent or type(move) in HOUSE_MOVES)
    else:
        allowed = seat is run.seat and isinstance(move, Leave)
    if not allowed:
        raise IllegalMove
    return Played(seat=seat, move=move, at=at, for_other=seat is not run.seat)


def _played(run: Run, played: Played, *, seq: int) -> Run:
    length = length_when(run, seq)
    if length is None:
        raise TooLate
    if any(p.seat is played.seat and p.move == played.move for p in run.log[length:]):
        return run  # the same tap, sent twice
    late = length < len(run.log)
    if late and type(played.move) not in ANY_STEP and _step_at(run, length) != run.position.step:
        raise TooLate
    try:
        return _accept(run, played)
    except IllegalMove:
        if late:
            raise TooLate from None
        raise


def _step_at(run: Run, length: int) -> str:
    return replay(run.header.first, run.log[:length]).step


def _lapsed(run: Run, at: datetime) -> Run:
    due = run.position.due
    return _accept(run, Played(seat=None, move=TimeUp(), at=due)) if due and due <= at else run


def _accept(run: Run, played: Played) -> Run:
    after = run.position.play(played.seat, played.move, played.at)
    if after is run.position:
        return run
    write(run, played, seq=len(run.log))
    return replace(run, position=after, log=(*run.log, played))


def _settle(run: Run) -> None:
    sitting, position, seq = run.sitting, run.position, told(run)
    if position.touched is None:
        return
    # In letters a row and its stream count, and date, only what both know of: either can watch them.
    before = (sitting.seq, sitting.day, sitting.is_over)
    sitting.seq, sitting.day, sitting.is_over = seq, position.touched.date(), position.over
    if before == (sitting.seq, sitting.day, sitting.is_over):
        return
    if position.over:
        _close(run)
    sitting.save()
    if seq != before[0]:
        transaction.on_commit(lambda: live.announce(sitting.pk, seq))


def _close(run: Run) -> None:
    """Keep what both chose to keep, and erase the rest with its key."""
    outcome = dict(run.position.outcome) if run.position.done else {}
    kept = bool(outcome.pop("kept", False))
    remains = outcome if kept else {name: value for name, value in outcome.items() if isinstance(value, bool)}
    header = run.header.closed(done=run.position.done, kept=kept, outcome=remains)
    run.sitting.header = header.sealed(sitting=run.sitting.pk, place=run.place)
    if not kept:
        Entry.objects.filter(sitting=run.sitting).delete()
        # After the commit: a transaction rolled back must not lose an open sitting's words.
        transaction.on_commit(lambda: store.erase([run.sitting.pk]))
