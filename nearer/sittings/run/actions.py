"""Starting a sitting and playing a move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from nearer import clock, live
from nearer.bonds import news
from nearer.bonds.locking import locked
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.database import writing
from nearer.protocol import HOUSE_MOVES, IllegalMove, Leave, Mode, Move, Pause, Seat
from nearer.protocol.moves import has_words
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.practice import PracticeConfig
from nearer.sittings.run import drawn
from nearer.sittings.run.ahead import Ahead, number_of
from nearer.sittings.run.header import TOPIC, Header, what_remains
from nearer.sittings.run.log import (
    Played,
    Run,
    end_unopened,
    heard_by,
    lapsed,
    length_when,
    open_run,
    passed_over,
    played_through,
    run_or_none,
    told,
)
from nearer.sittings.run.telling import tell
from nearer.sittings.run.writing import unwrite, write
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
    anew: bool = False,
) -> Sitting:
    """Begin a sitting, or find the one that is open, so that two who start at once sit together; not one whose time is over.

    Args:
        place: who starts, and in which bond.
        room: the practice.
        facts: what the room is told before it begins.
        mode: how they sit.
        topic_of: whose words the topic is, when one is among the facts.
        anew: whether it begins beside one that is open.

    Raises:
        NotOffered: the room has no such mode, or begins with no such topic.
        BondNotOpen: one of the two left, or has not been confirmed.
    """
    if mode not in room.dialogue.modes or room.refuses(facts.get(TOPIC, "")):
        raise NotOffered
    secret = store.make_secret(ref := uuid4())
    with writing():
        if locked(place.bond).state != Bond.State.OPEN:
            store.erase([ref])
            raise BondNotOpen
        if not anew and (there := _open_already(place, room, mode, facts)):
            store.erase([ref])
            return there
        at = clock.now()
        all_facts = facts | drawn.facts_for(place, room, at=at) | room.brings(place, at=at)
        header = Header.begun(room, place, mode=mode, facts=all_facts, topic_of=topic_of)
        begun = _store_new(header, place, ref=ref, secret=secret)
    if mode is not Mode.ASYNC:
        news.tell_other(place)
    return begun


def _store_new(header: Header, place: Place, *, ref: UUID, secret: bytes) -> Sitting:
    begun = Sitting(id=ref, bond=place.bond, day=clock.now().date())
    if TOPIC in header.facts:
        header = header.about(header.facts[TOPIC], sitting=begun, secret=secret)
    begun.header = header.sealed(sitting=ref, place=place)
    begun.ahead = Ahead().sealed(begun)
    begun.save(force_insert=True)
    return begun


def _open_already(place: Place, room: PracticeConfig, mode: Mode, facts: dict[str, Any]) -> Sitting | None:
    for sitting in Sitting.objects.filter(bond=place.bond, is_over=False):
        header = Header.or_none(sitting, place)
        if header is None or (header.practice, header.mode) != (room.dialogue.slug, mode):
            continue
        run = _going_on(sitting, place) if _is_theirs(header, place) else None
        # A topic that waited in the parking place opens its own.
        if run is not None and facts.get(TOPIC) in {None, run.header.facts.get(TOPIC)}:
            return sitting
    return None


def _going_on(sitting: Sitting, place: Place) -> Run | None:
    """Return a sitting that can go on: it opens, has not lost its secret, and time has not ended it."""
    run = run_or_none(sitting, place)
    is_over = run is None or run.sitting.is_over or lapsed(run, clock.now()).position.over
    return None if is_over else run


def _is_theirs(header: Header, place: Place) -> bool:
    """Say whether somebody who begins the same again may join what is open: their own, or what both see now.

    On one phone it is its owner's. Letters too: finding the other's would tell that they are writing.
    """
    return header.mode == Mode.LIVE or header.starter == place.seat


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
        run = _opened(ref, place, at)
        before = run.position
        run = _played(run, _made(run, move, seat=seat or place.seat, at=at), seq=seq)
        if run.position is not before:
            run.header.room.keep(place, before, run.position, at=at)
        _settle(run, at)
        tell(run, before, sent=last_unheard(run))
    return run


def take_back(*, ref: UUID, place: Place, at: datetime) -> tuple[Run, Move]:
    """Take back the last words that were sealed, or sent in letters, while the other knows nothing of them. No trace is left.

    Returns:
        The sitting without them, and what was taken back.

    Raises:
        TooLate: there are none, or they are with the other by now.
    """
    with writing():
        run = _opened(ref, place, at)
        last = last_unheard(run)
        if last is None:
            raise TooLate
        known = heard_by(run, run.seat.other)
        later = range(last, len(run.log))
        fresh = unwrite(run, {seq for seq in later if run.log[seq].seat is run.seat and not known[seq]})
        _settle(fresh, at)
        news.gone(place, ref)
    return fresh, run.log[last].move


def keep_letters(*, ref: UUID, place: Place, keep: bool, at: datetime) -> Run:
    """Note that somebody would keep their letters, or not; once both would, they stay for good.

    Nothing the other receives is different before that: no number, no time, no byte.

    Raises:
        TooLate: they are over, or kept already.
        IllegalMove: these are no letters, or there is nothing in them for this person.
    """
    with writing():
        run = _opened(ref, place, at)
        header, seat = run.header, run.seat
        if header.keeps:
            raise TooLate
        if header.mode != Mode.ASYNC or run.position.at_door(seat):
            raise IllegalMove
        keepers = {*header.keepers, seat} if keep else {*header.keepers} - {seat}
        header = replace(header, keepers=tuple(sorted(keepers)))
        run.sitting.header = header.sealed(sitting=ref, place=place)
        run.sitting.store("header")
        fresh = replace(run, header=header, positions=played_through(header.first, run.log))
        _settle(fresh, at)
        if header.keeps:
            news.tell_both(place)
    return fresh


def last_unheard(run: Run) -> int | None:
    """Return the number of the last words this person sent, or sealed, that the other knows nothing of; or None."""
    if run.header.mode == Mode.ONE:
        return None
    known, gone = heard_by(run, run.seat.other), passed_over(run)
    mine = [
        seq
        for seq, played in enumerate(run.log)
        if played.seat is run.seat and not known[seq] and seq not in gone
    ]
    # What time brought to the other is with them; what is sealed is not.
    there = max((seq for seq, played in enumerate(run.log) if played.seat is None and known[seq]), default=-1)
    sent = (seq for seq in mine if _is_sent(run.log[seq].move))
    return max((seq for seq in sent if seq > there or run.log[seq].move.sealed), default=None)


def _is_sent(move: Move) -> bool:
    return has_words(move) and not move.unsent


def part(place: Place, *, at: datetime) -> list[UUID]:
    """Leave every open sitting of a bond at once; when nobody is left in it, erase what was kept as well.

    Returns:
        The sittings that were open.
    """
    ended = _open_in(place)
    for ref in ended:
        leave(place, ref, at=at)
    if place.is_alone:
        kept = list(Sitting.objects.filter(bond=place.bond).values_list("pk", flat=True))
        transaction.on_commit(lambda: store.erase(kept))
    return ended


def leave(place: Place, ref: UUID, *, at: datetime) -> None:
    """Leave a sitting, also one that does not open; one that is over is passed over."""
    move = Leave()
    _change(ref, place, lambda run: _accept(run, Played(seat=run.seat, move=move, at=at)), at=at, ends=True)


def _open_in(place: Place) -> list[UUID]:
    return list(Sitting.objects.filter(bond=place.bond, is_over=False).values_list("pk", flat=True))


def _change(ref: UUID, place: Place, how: Callable[[Run], Run], *, at: datetime, ends: bool = False) -> None:
    """Change a sitting; one that does not open, or was ended with its secret, is ended for good or passed over."""
    with writing():
        bond = locked(place.bond)
        sitting = Sitting.objects.select_for_update().filter(pk=ref, bond=bond, is_over=False).first()
        run = run_or_none(sitting, place) if sitting is not None else None
        if run is not None and not run.sitting.is_over:
            _settle(how(run), at)
        elif sitting is not None and ends:
            end_unopened(sitting)


def _opened(ref: UUID, place: Place, at: datetime) -> Run:
    """Open a sitting to change it, with all that time has done by now.

    Raises:
        TooLate: it is over. What time ended is not erased here: who comes too late changes nothing for the other.
    """
    run = open_run(Sitting.objects.select_for_update().get(pk=ref, bond=locked(place.bond)), place)
    if run.sitting.is_over:
        raise TooLate
    run = _lapsed(run, at)
    if run.position.over:
        raise TooLate
    return run


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
    if any(p.seat is played.seat and drawn.undealt(p.move) == played.move for p in run.log[length:]):
        return run  # the same tap, sent twice
    late, seat = length < len(run.log), played.seat or run.seat
    then = run.positions[length]
    if late and type(played.move) not in ANY_STEP and then.step_for(seat) != run.position.step_for(seat):
        raise TooLate
    try:
        return _accept(run, drawn.dealt(run, played))
    except IllegalMove:
        if late:
            raise TooLate from None
        raise


def _lapsed(run: Run, at: datetime) -> Run:
    later = lapsed(run, at)
    for seq in range(len(run.log), len(later.log)):
        write(run, later.log[seq], seq=seq)
    return later


def _accept(run: Run, played: Played) -> Run:
    after = run.position.play(played.seat, played.move, played.at)
    if after is run.position:
        return run
    write(run, played, seq=len(run.log))
    return replace(run, positions=(*run.positions, after), log=(*run.log, played))


def _settle(run: Run, at: datetime) -> None:
    """Write down what both know of: a row and its stream count, and date, nothing else, since either can watch them."""
    sitting, position, seq = run.sitting, run.position, told(run)
    if position.touched is None:
        return
    was, will, streamed = Ahead.read(sitting, run.key), Ahead.of(run), number_of(sitting, at)
    if (seq, position.over, will) == (sitting.seq, sitting.is_over, was):
        return
    sitting.seq, sitting.day, sitting.is_over = seq, position.touched.date(), position.over
    sitting.ahead = b"" if position.over else will.sealed(sitting, run.key)
    if position.over:
        _close(run)
    if will.ends != was.ends:
        store.keep_until(sitting.pk, will.ends)
    sitting.store("header", "seq", "day", "is_over", "ahead")
    if seq > streamed:
        transaction.on_commit(lambda: live.announce(sitting.pk, seq))


def _close(run: Run) -> None:
    """Keep what both chose to keep, and erase the rest with its key."""
    kept, remains = what_remains(run.position)
    kept = kept or run.header.keeps
    header = run.header.closed(done=run.position.done, kept=kept, outcome=remains)
    header = header.over_since(run.position.touched) if run.position.touched else header
    run.sitting.header = header.sealed(sitting=run.sitting.pk, place=run.place)
    if not kept:
        Entry.objects.filter(sitting=run.sitting).delete()
        # After the commit: a transaction rolled back must not lose an open sitting's words.
        transaction.on_commit(lambda: store.erase([run.sitting.pk]))
