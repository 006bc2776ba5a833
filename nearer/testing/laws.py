"""The laws every room keeps.

`keep_the_laws` walks a room: from the first position it plays every legal move of both seats, at every
position it has not seen. No chance is involved. Positions count as the same when they are in the same
scene with the same moves open, so that the number of words people say does not blow the walk up.
`replay_law` then tries long random conversations with Hypothesis.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from nearer.protocol import (
    HOUSE_MOVES,
    Dialogue,
    IllegalMove,
    Leave,
    Mode,
    Move,
    Pause,
    Resume,
    Seat,
    TimeUp,
    Words,
    decode,
    encode,
)
from nearer.protocol.moves import leads_on
from nearer.testing.examples import examples
from nearer.testing.samples import any_move, samples, secrets

HOUSE_NAMES = {
    "seat", "mode", "started_by_me", "over", "ended", "done", "lobby", "i_am_ready", "other_is_ready",
    "paused", "paused_by_me", "legal", "chimes", "due", "rests", "waits",
}  # fmt: skip
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
type Path = tuple[tuple[Seat, Move], ...]


class LawBroken(AssertionError):
    """A room does something no room may do."""


def hold(law: object, broken: str, path: object = ()) -> None:
    """Raise LawBroken with the way there, unless the law holds."""
    if not law:
        raise LawBroken(f"{broken}; after {path!r}")


@dataclass(frozen=True)
class Visit:
    """A position, and the moves that led there."""

    now: Dialogue
    path: Path = ()


@dataclass
class Walk:
    """What a walk came across."""

    positions: int = 0
    played: set[type[Move]] = field(default_factory=set)
    finished: bool = False


def keep_the_laws(room: type[Dialogue], *, depth: int = 60, ways: int = 2, **facts: Any) -> Walk:
    """Walk the room in each of its modes and raise LawBroken at the first law it breaks.

    `depth` is the longest path tried, `ways` how many different ways to the same place are looked at (live;
    one in the other modes), `facts` what the room begins with. Returns what the walk came across.
    """
    law_of_storage(room)
    whole = Walk()
    for mode, starter in beginnings(room):
        walk = Walk()
        tried = ways if mode is Mode.LIVE else 1
        for visit in _visits(room.begin(mode=mode, starter=starter, **facts), depth, tried, walk):
            walk.positions += 1
            walk.finished |= visit.now.done
            for law in POSITION_LAWS:
                law(visit)
        hold(walk.finished, f"the practice can never be finished in the mode {mode}")
        whole.positions += walk.positions
        whole.played |= walk.played
        whole.finished = True
    unplayed = sorted(kind.__name__ for kind in (room.moves | HOUSE_MOVES) - whole.played)
    hold(not unplayed, f"{unplayed} can never be played")
    return whole


def beginnings(room: type[Dialogue]) -> list[tuple[Mode, Seat]]:
    """Return every way a sitting of the room can begin: how it is held, and by whom it is begun.

    Live both seats are alike, so one beginning stands for two.
    """
    both = [(mode, seat) for mode in room.modes for seat in Seat]
    return [(mode, seat) for mode, seat in both if mode is not Mode.LIVE or seat is Seat.HOST]


def _visits(start: Dialogue, depth: int, ways: int, walk: Walk) -> Iterator[Visit]:
    queue = deque([Visit(start)])
    seen: dict[Hashable, int] = {_place(queue[0].now): 1}
    while queue:
        visit = queue.popleft()
        yield visit
        now = visit.now
        passes = now.waiting[1] if now.waiting is not None else now.timer if now.running else None
        if passes is not None:
            there = now.lapse(passes)
            if seen.setdefault(_place(there), 0) < ways:
                seen[_place(there)] += 1
                queue.append(Visit(there, visit.path))
        if visit.now.due is not None:
            walk.played.add(TimeUp)
        if len(visit.path) == depth:
            continue
        for seat, move, after in _next(visit):
            walk.played.add(type(move))
            place = _place(after)
            if seen.setdefault(place, 0) < ways and after != visit.now:
                seen[place] += 1
                queue.append(Visit(after, (*visit.path, (seat, move))))


def _next(visit: Visit) -> Iterator[tuple[Seat, Move, Dialogue]]:
    for seat in Seat:
        for kind in _by_name(visit.now.legal(seat)):
            for move in samples(kind, seat):
                after = visit.now.play(seat, move, NOON)
                law_of_scenes(visit, seat, move, after)
                law_of_words(visit, seat, move, after)
                yield seat, move, after


def _place(now: Dialogue) -> Hashable:
    # A pause and an end are the house's, and the same from every step: a few of each are enough.
    if now.ended or now.paused_by is not None:
        return (now.left_by, now.paused_by)
    waits = now.waiting is not None
    return (now.step, now.ready, now.done, waits, *(now.legal(seat) for seat in Seat))


def _by_name(kinds: frozenset[type[Move]]) -> list[type[Move]]:
    return sorted(kinds, key=lambda kind: kind.__name__)


def law_of_scenes(visit: Visit, seat: Seat, move: Move, after: Dialogue) -> None:
    """Sealed answers not yet complete, and ambient signs, change nothing about the step.

    A sealed answer changes nothing at all for the other: not a word, not a time, not that it was given.
    """
    now, kind = visit.now, type(move)
    waiting = move.sealed and kind in after.legal(seat.other)
    if waiting:
        hold(after.view(seat.other) == now.view(seat.other), f"{kind.__name__} shows before both", visit.path)
    if waiting or move.ambient:
        hold(after.step == now.step, f"{kind.__name__} changes the scene", visit.path)
    if move.ambient:
        legal = all(after.legal(s) == now.legal(s) for s in Seat)
        hold(legal, f"{kind.__name__} changes what is open", visit.path)


def law_of_words(visit: Visit, seat: Seat, move: Move, after: Dialogue) -> None:
    """Words that are withdrawn later lead to the same step, and are in no view; a text keeps its marks on the way."""
    # What stands in a row is changed by the room's own moves.
    now, texts = visit.now, [text for text in secrets(move) if text in vars(move).values()]
    if not texts or any(text in repr(now.view(each)) for text in texts for each in Seat):
        return
    kind = type(move).__name__
    gone = now.play(seat, _with_words(move, lambda _: Words("—", withdrawn=True)), NOON)
    same = gone.step == after.step and all(gone.legal(each) == after.legal(each) for each in Seat)
    hold(same, f"{kind} leads elsewhere once its words are withdrawn", visit.path)
    kept = now.play(seat, _with_words(move, lambda text: Words(text, where="here")), NOON)
    for each in Seat:
        seen = repr(gone.view(each))
        hold(not any(text in seen for text in texts), f"{kind} is not gone when withdrawn", visit.path)
        lost = [text for text in _texts(kept.view(each)) if text in texts and not isinstance(text, Words)]
        hold(not lost, f"a view makes a new text of {kind}'s words", visit.path)


def _with_words(move: Move, how: Callable[[str], Words]) -> Move:
    return replace(move, **{name: how(text) for name, text in vars(move).items() if text in secrets(move)})


def _texts(value: Any) -> Iterator[str]:  # Any: plain values for a page
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def law_of_leaving(visit: Visit) -> None:
    """Leave is open to both until it is over, and the end never tells who left, or that time ran out."""
    now = visit.now
    if now.over:
        hold(not any(now.legal(seat) for seat in Seat), "a move is open after the end", visit.path)
        return
    ends = [now.play(seat, Leave(), NOON) for seat in Seat if Leave in now.legal(seat)]
    hold(len(ends) == len(Seat), "somebody cannot leave", visit.path)
    if now.due is not None and now.timer is None and now.waiting is None:
        ends.append(now.lapse(now.due))
    views = [{**end.view(seat), "seat": None, "started_by_me": None} for end in ends for seat in Seat]
    hold(all(view == views[0] for view in views), "the end tells who left", visit.path)


def law_of_order(visit: Visit) -> None:
    """A move that is not open raises IllegalMove, and changes nothing. Playing twice gives the same."""
    now, before = visit.now, repr(visit.now)
    for seat in Seat:
        legal = now.legal(seat)
        for kind in (now.moves | HOUSE_MOVES) - legal:
            hold(_refused(now, seat, kind), f"{seat} may play {kind.__name__}, not open", visit.path)
        for kind in legal:
            move = samples(kind, seat)[0]
            hold(now.play(seat, move, NOON) == now.play(seat, move, NOON), "chance is in it", visit.path)
    hold(repr(now) == before, "a position was changed in place", visit.path)


def _refused(now: Dialogue, seat: Seat, kind: type[Move]) -> bool:
    try:
        now.play(seat, samples(kind, seat)[0], NOON)
    except IllegalMove:
        return True
    return False


def law_of_pauses(visit: Visit) -> None:
    """In a pause only the one who paused may resume; both may leave."""
    now = visit.now
    if now.paused_by is not None and not now.over:
        hold(now.legal(now.paused_by) == {Resume, Leave}, "more than a pause is open", visit.path)
        hold(now.legal(now.paused_by.other) == {Leave}, "the pause can be broken", visit.path)


def law_of_one_phone(visit: Visit) -> None:
    """On one phone nobody consents, promises or pauses for the other; they may leave from elsewhere."""
    now = visit.now
    for seat in Seat:
        if not now.speaks_for_itself(seat):
            taken = {kind for kind in now.legal(seat) if kind.consent or kind in HOUSE_MOVES - {Leave}}
            hold(not taken, f"{taken} can be played for the other", visit.path)


def law_of_letters(visit: Visit) -> None:
    """In letters what only leads up to one shows the other nothing: no word, no step, no time."""
    now = visit.now
    if now.mode is not Mode.ASYNC:
        return
    for seat in Seat:
        for kind in [kind for kind in now.legal(seat) if kind.unsent or kind.sealed]:
            after = now.play(seat, samples(kind, seat)[0], NOON + timedelta(hours=1))
            if not (after.over or now.calls_on(seat.other) or after.calls_on(seat.other)):
                same = after.view(seat.other) == now.view(seat.other)
                hold(same, f"{kind.__name__} shows before it is sent", visit.path)
                step = after.step_for(seat.other) == now.step_for(seat.other)
                hold(step, f"{kind.__name__} changes the other's page", visit.path)
        # A pause, and a sign, show at once.
        for kind in [kind for kind in now.legal(seat) - HOUSE_MOVES if not kind.ambient]:
            after = now.play(seat, samples(kind, seat)[0], NOON)
            if after.waits_for(seat):
                same = after.view(seat.other) == now.view(seat.other)
                hold(same, f"{kind.__name__} shows while it can be taken back", visit.path)


def law_of_ways_on(visit: Visit) -> None:
    """Until it is over somebody has a way on, or a time is set."""
    now = visit.now
    ways = {kind for seat in Seat for kind in now.legal(seat) if leads_on(kind)} - {Leave, Pause}
    hold(now.over or bool(ways) or bool(now.timer or now.waiting), "nobody has a way on", visit.path)


def law_of_seals(visit: Visit) -> None:
    """Sealed words are in no view of the other before both have played that kind."""
    sealed = [(author, move) for author, move in visit.path if move.sealed]
    for author, move in sealed:
        both = (author.other, type(move)) in {(seat, type(other)) for seat, other in sealed}
        if not both and secrets(move):
            seen = repr(visit.now.view(author.other))
            leaks = [words for words in secrets(move) if words in seen]
            hold(not leaks, f"{type(move).__name__} leaks before both", visit.path)


def law_of_the_table(visit: Visit) -> None:
    """On one phone both halves lie open whenever nobody has a sealed move to make: nothing sealed shows there.

    What somebody entered alone is in their own view only once it is in the other's as well.
    """
    now = visit.now
    shut = any(kind.sealed for seat in Seat for kind in now.legal(seat))
    if now.mode is not Mode.ONE or not now.running or shut:
        return
    for author, move in visit.path:
        mine, theirs = repr(now.view(author)), repr(now.view(author.other))
        open_early = [
            words for words in secrets(move) if move.sealed and words in mine and words not in theirs
        ]
        hold(not open_early, f"{type(move).__name__} lies open on the table", visit.path)


def law_of_plain_data(visit: Visit) -> None:
    """Views and scenes are plain data, and the room takes no name of the house in its view."""
    now = visit.now
    hash(now.scene())
    for seat in Seat:
        json.dumps(now.view(seat), default=_moment)
        if not now.at_door(seat) and not now.ended:
            taken = HOUSE_NAMES & now.shown_to(seat).keys()
            hold(not taken, "the room takes a name of the house", visit.path)


def _moment(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no plain data")


def law_of_storage(room: type[Dialogue]) -> None:
    """What is stored of a move gives the move back."""
    kinds = room.moves | HOUSE_MOVES
    for kind in _by_name(kinds):
        for move in samples(kind, Seat.HOST):
            back = decode(json.loads(json.dumps(encode(move))), kinds)
            hold(back == move, f"{kind.__name__} does not survive storage")


POSITION_LAWS: tuple[Callable[[Visit], None], ...] = (
    law_of_leaving,
    law_of_order,
    law_of_pauses,
    law_of_one_phone,
    law_of_letters,
    law_of_ways_on,
    law_of_seals,
    law_of_the_table,
    law_of_plain_data,
)


def replay_law(room: type[Dialogue], **facts: Any) -> Callable[[], None]:
    """Return a test: the log is the truth. What was stored, played again, gives what we had."""
    kinds = room.moves | HOUSE_MOVES
    a_turn = st.tuples(st.integers(0, 999), st.integers(0, 3600))

    @settings(
        max_examples=examples(40), deadline=None, derandomize=True, database=None,
        phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(turns=st.lists(a_turn, min_size=12, max_size=60), data=st.data())
    def replay(turns: list[tuple[int, int]], data: st.DataObject) -> None:
        now, at = room.begin(**facts), NOON
        log: list[tuple[Seat | None, str, datetime]] = []
        for chosen, wait in turns:
            ways = [(seat, kind) for seat in Seat for kind in _by_name(now.legal(seat) - {Leave})]
            if not ways:
                break
            at += timedelta(seconds=wait)
            seat, kind = ways[chosen % len(ways)]
            move = data.draw(any_move(kind))
            now = now.play(seat, move, at)
            log.append((seat, json.dumps(encode(move)), at))
        if now.due is not None:
            at = max(at, now.due)
            now = now.lapse(at)
            log.append((None, json.dumps(encode(TimeUp())), at))
        again = room.begin(**facts)
        for who, stored, when in log:
            again = again.play(who, decode(json.loads(stored), kinds), when)
        hold(again == now, "the log tells another story", log)

    return replay
