"""A scripted other seat, for somebody who practises alone.

It knows of a practice what anybody in its seat may know: `legal`, `view` and `play`, nothing else. A room
gives it words (`Script`); without any it makes do with plain sentences, so that every room can be tried.
What it does follows from a seed and the moves so far: the same again gives the same again.

It answers what is its own to answer, seals its answer at once, and leaves to the person whatever the
person could do as well. It never pauses and never leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from random import Random
from typing import Any

from nearer.protocol.dialogue import Dialogue
from nearer.protocol.house import HOUSE_MOVES, Ready
from nearer.protocol.moves import FieldRule, Move, leads_on, rules_of
from nearer.protocol.seats import Seat

AT_ONCE = 24
"""More moves than any room lets one seat play while the other has nothing to do."""

type Log = Sequence[tuple[Seat | None, Move]]


@dataclass(frozen=True, kw_only=True)
class Persona:
    """Somebody made up. Rooms add to it what theirs need.

    Attributes:
        name: what it is called.
        manner: how it is, in one sentence.
    """

    name: str
    manner: Any  # Any: lazily translated


@dataclass(frozen=True, kw_only=True)
class Moment[P: Persona]:
    """What a line is chosen from.

    Attributes:
        view: what the scripted seat may see now.
        persona: who speaks.
        seed: of the whole run.
        moves: how many moves have been played.
    """

    view: Mapping[str, Any]  # Any: plain values, as in `Dialogue.view`
    persona: P
    seed: int
    moves: int = 0

    @property
    def chance(self) -> Random:
        """Chance that is new at every move."""
        return Random(self.seed * 100_003 + self.moves)  # noqa: S311 - variety, not secrecy

    def once(self, name: str) -> Random:
        """Chance that stays the same all through a run, for each name."""
        return Random(f"{self.seed}:{name}")  # noqa: S311 - variety, not secrecy


type Line[P: Persona] = Callable[[Moment[P]], Sequence[Move]]


@dataclass(frozen=True, kw_only=True)
class Script[P: Persona]:
    """What a room's practice partners say.

    Attributes:
        personas: who they are.
        lines: for a kind of move, the moves it could be now; none when this is no moment for it.
        plain: sentences for kinds of move that have no line.
    """

    personas: tuple[P, ...]
    lines: Mapping[type[Move], Line[P]] = field(default_factory=dict)
    plain: tuple[Any, ...]  # Any: lazily translated


@dataclass(frozen=True, kw_only=True)
class Partner[P: Persona]:
    """One persona in one seat of one run.

    Attributes:
        script: the room's.
        persona: one of the script's.
        seed: of the run.
        seat: where it sits.
    """

    script: Script[P]
    persona: P
    seed: int
    seat: Seat

    def play_on(self, position: Dialogue, log: Log, at: datetime) -> list[tuple[Move, Dialogue]]:
        """Play until the other seat has a way on, or nothing is left to play.

        Args:
            position: where they are.
            log: every move so far.
            at: now.

        Returns:
            Each move, with the position after it.
        """
        played: list[tuple[Move, Dialogue]] = []
        while len(played) < AT_ONCE:
            so_far = [*log, *((self.seat, move) for move, _ in played)]
            move = self.answer(position, so_far)
            after = position if move is None else position.play(self.seat, move, at)
            if move is None or after is position:
                break
            played.append((move, after))
            position = after
        return played

    def answer(self, position: Dialogue, log: Log) -> Move | None:
        """Return what it plays now, None when it waits for the other."""
        if Ready in position.legal(self.seat):
            return Ready()
        return self._choose(position, log, _answers(position, self.seat))

    def begin(self, position: Dialogue, log: Log) -> Move | None:
        """Return what it plays when it waits for nobody, None when nothing is its to play."""
        own = _own(position, self.seat)
        return self._choose(position, log, [kind for kind in own if leads_on(kind)])

    def _choose(self, position: Dialogue, log: Log, kinds: list[type[Move]]) -> Move | None:
        if not kinds:
            return None
        moment = Moment(view=position.view(self.seat), persona=self.persona, seed=self.seed, moves=len(log))
        signs = [kind for kind in kinds if kind.ambient and not self._signed(log)]
        acts = [kind for kind in kinds if not kind.ambient]
        for wanted in (signs, acts):
            offered = [offer for kind in wanted if (offer := self._lines(kind, moment))]
            if offered:
                return self._fresh(moment.chance.choice(offered), log, moment.chance)
        # A room whose lines are silent must not leave the other waiting for ever.
        return self._fresh(self._plain(acts[0], moment), log, moment.chance) if acts else None

    def _lines(self, kind: type[Move], moment: Moment[P]) -> Sequence[Move]:
        line = self.script.lines.get(kind)
        return self._plain(kind, moment) if line is None else line(moment)

    def _plain(self, kind: type[Move], moment: Moment[P]) -> Sequence[Move]:
        chance, rules = moment.chance, rules_of(kind)
        return [
            kind(**{name: plain_value(rule, str(words), chance) for name, rule in rules.items()})
            for words in self.script.plain
        ]

    def _fresh(self, offered: Sequence[Move], log: Log, chance: Random) -> Move:
        """Choose what was not said before in this run, or at least not the last time."""
        kind = type(offered[0])
        said = [words_of(move) for seat, move in log if seat is self.seat and type(move) is kind]
        unsaid = [move for move in offered if words_of(move) not in said]
        other = [move for move in offered if words_of(move) not in said[-1:]]
        return chance.choice(unsaid or other or list(offered))

    def _signed(self, log: Log) -> bool:
        """Whether it gave a sign since somebody last moved the practice on."""
        for seat, move in reversed(log):
            if move.ambient and seat is self.seat:
                return True
            if not move.ambient and type(move) not in HOUSE_MOVES:
                return False
        return False


def words_of(move: Move) -> tuple[str, ...]:
    """Return what is said in a move: the texts in it that are not empty."""
    texts = [(getattr(move, name), rule) for name, rule in rules_of(type(move)).items() if rule.is_said]
    values = [each for value, rule in texts for each in (value if rule.count else (value,))]
    return tuple(value for value in values if value)


def plain_value(rule: FieldRule, words: str, chance: Random) -> Any:  # Any: any value a field can hold
    """Return a value for a field, for a move nobody has written a line for.

    By chance, and more often a yes, or the first choice: a fixed answer can lead round in a circle.
    """
    if rule.count:
        one = replace(rule, count=None)
        return tuple(plain_value(one, words, chance) for _ in range(rule.count))
    if rule.type is bool:
        return chance.random() < 0.75  # noqa: PLR2004 - more often yes
    if issubclass(rule.type, StrEnum):
        choices = list(rule.type)
        return chance.choice([choices[0], *choices])
    bounds = rule.length
    if bounds is None:
        raise TypeError("a text or a number has bounds")
    if rule.type is int:
        return chance.randint(bounds.least, bounds.most)
    return words[: bounds.most].ljust(bounds.least, ".")


def _own(position: Dialogue, seat: Seat) -> list[type[Move]]:
    kinds = position.legal(seat) - HOUSE_MOVES
    return sorted(kinds, key=lambda kind: kind.__name__)


def _answers(position: Dialogue, seat: Seat) -> list[type[Move]]:
    """Return the kinds a seat plays without being waited for: sealed ones, signs, and what it alone can do."""
    theirs = {kind for kind in _own(position, seat.other) if leads_on(kind)}
    own = [kind for kind in _own(position, seat) if not kind.way_out]
    return [kind for kind in own if kind.ambient or kind.sealed or not theirs]
