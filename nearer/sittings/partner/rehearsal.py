"""A rehearsal: one person and a scripted partner play a practice, and nothing is stored.

All there is of it travels with the page, signed by this server so that nobody can make one up. It is not
sealed: it holds what the person in front of the page wrote, and what a script says.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Self

from django.core import signing

from nearer.protocol import Dialogue, IllegalMove, Move, Seat, TimeUp, UnreadableMove, decode, encode
from nearer.protocol.partner import Partner, Persona
from nearer.sittings.practice import PracticeConfig
from nearer.sittings.run.drawn import dealt_alone, facts_alone
from nearer.sittings.run.log import Played, replay

SALT = "nearer.sittings.rehearsal"
MAX_AGE = timedelta(days=1)
MOST_MOVES = 240
MOST_STATE = 120_000
ME = Seat.HOST


class Stale(Exception):
    """It began more than a day ago."""


class Unreadable(Exception):
    """Not a rehearsal of this room that this server wrote, or one that has grown too long."""


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """One person practising with a script.

    Attributes:
        room: the practice.
        number: which of the room's personas.
        seed: where its chance comes from.
        log: every move so far, of both.
    """

    room: PracticeConfig
    number: int
    seed: int
    log: tuple[Played, ...] = ()

    @classmethod
    def begin(cls, room: PracticeConfig, *, at: datetime, after: int | None = None) -> Rehearsal:
        """Begin one.

        Args:
            room: the practice.
            at: now.
            after: the number of the persona met last; the next one takes the seat.
        """
        seed, personas = secrets.randbits(32), len(room.script.personas)
        number = (seed if after is None else after + 1) % personas
        return _played_on(cls(room=room, number=number, seed=seed), _whole(at))

    @classmethod
    def read(cls, state: str, room: PracticeConfig) -> Self:
        """Return the rehearsal that `written` wrote.

        Raises:
            Stale: it is too old.
            Unreadable: it is of another room, or not one of ours, or its rules are no more.
        """
        if len(state) > MOST_STATE:
            raise Unreadable
        try:
            document = signing.loads(state, salt=SALT, max_age=MAX_AGE)
            log = tuple(_opened(entry, room) for entry in document["log"])
            found = cls(room=room, number=document["persona"], seed=document["seed"], log=log)
            if document["room"] != room.dialogue.slug or found.number >= len(room.script.personas):
                raise Unreadable
            found.position.legal(ME)
        except signing.SignatureExpired:
            raise Stale from None
        except (signing.BadSignature, IllegalMove, UnreadableMove, LookupError):
            raise Unreadable from None
        return found

    def written(self) -> str:
        """Return all of it, as text for a hidden field.

        Raises:
            Unreadable: it would grow too long to read again.
        """
        document = {
            "room": self.room.dialogue.slug,
            "persona": self.number,
            "seed": self.seed,
            "log": [[p.seat, int(p.at.timestamp()), encode(p.move)] for p in self.log],
        }
        state = signing.dumps(document, salt=SALT, compress=True)
        if len(state) > MOST_STATE or len(self.log) > MOST_MOVES:
            raise Unreadable
        return state

    @property
    def persona(self) -> Persona:
        """Whom the script plays."""
        found: Persona = self.room.script.personas[self.number]
        return found

    @cached_property
    def position(self) -> Dialogue:
        """Where they are."""
        return replay(self.room.dialogue.begin(**facts_alone(self.room, self.seed)), self.log)

    def play(self, move: Move, at: datetime) -> Rehearsal:
        """Play the person's move, and let the script answer.

        Raises:
            IllegalMove: it is not open to them now.
        """
        moment = max([_whole(at), *(played.at for played in self.log[-1:])])
        move = dealt_alone(self.position, [played.move for played in self.log], move, self.seed)
        if self.position.play(ME, move, moment) is self.position:
            return self
        # A sign is given while the script speaks: it is what it waits for.
        return _played_on(_with(self, Played(seat=ME, move=move, at=moment)), moment, hold=not move.ambient)

    @property
    def held(self) -> bool:
        """Whether the script waits, with what it has to say, for the person to settle down and listen."""
        return _may_only_sign(self) and bool(_answers(self, self.log[-1].at))

    def listen(self, at: datetime) -> Rehearsal:
        """Let the script say what it held back."""
        return _played_on(self, max(_whole(at), self.log[-1].at), hold=False)


def _played_on(rehearsal: Rehearsal, at: datetime, *, hold: bool = True) -> Rehearsal:
    """Let the script play until the person has a way on. Where only time would help, none is waited for.

    With `hold` it stops before it speaks, so that the person has the listener's page before them first.
    """
    found, before = rehearsal, None
    while found is not before and len(found.log) <= MOST_MOVES and not (hold and _may_only_sign(found)):
        before = found
        found = _with(found, *_answers(found, at)[: 1 if hold else None])
        timer = found.position.timer if found.position.running else None
        if timer is not None and not (_ways_on(found) or _answers(found, at)):
            at = max(at, timer)
            found = _with(found, Played(seat=None, move=TimeUp(), at=at))
    return found


def _answers(rehearsal: Rehearsal, at: datetime) -> list[Played]:
    script, seed = rehearsal.room.script, rehearsal.seed
    partner = Partner(script=script, persona=rehearsal.persona, seed=seed, seat=ME.other)
    moves = [(played.seat, played.move) for played in rehearsal.log]
    answers = partner.play_on(rehearsal.position, moves, at)
    return [Played(seat=partner.seat, move=move, at=at) for move, _ in answers]


def _ways_on(rehearsal: Rehearsal, *, ambient: bool = False) -> bool:
    kinds = rehearsal.position.legal(ME) & rehearsal.room.dialogue.moves
    return any(kind.ambient == ambient and not (kind.aside or kind.way_out) for kind in kinds)


def _may_only_sign(rehearsal: Rehearsal) -> bool:
    return _ways_on(rehearsal, ambient=True) and not _ways_on(rehearsal)


def _with(rehearsal: Rehearsal, *played: Played) -> Rehearsal:
    return replace(rehearsal, log=(*rehearsal.log, *played)) if played else rehearsal


def _whole(at: datetime) -> datetime:
    """Cut a moment to what is written of it."""
    return at.astimezone(UTC).replace(microsecond=0)


def _opened(entry: Any, room: PracticeConfig) -> Played:  # Any: what this server wrote
    seat, at, move = entry
    made = decode(move, room.kinds.values())
    return Played(seat=Seat(seat) if seat else None, move=made, at=datetime.fromtimestamp(at, UTC))
