"""The Needs Mirror: each says what matters and guesses what matters to the other; then they ask, and are told.

    MAP → REVEAL → (pick) → ASK → ANSWER → REFLECT → CHECK ─ yes → CUE → SIGN → REQUEST → REPLY → PLAN → AGREE
                            once more ↑       not yet │                 being understood was enough │
                                      └───────────────┘  after all of it: SWAP → the other's need, or the end

The one whose need it is, the *owner*, chooses it. The other asks, for asking finds out what guessing does not:
taking somebody's perspective made nobody more accurate in 25 experiments, being told did (Eyal, T., Steffel,
M., & Epley, N. (2018). Perspective mistaking). The owner alone says whether they were understood. A request
is refusable: three ways to answer are equal, and a fourth puts the answer off to a day.

MAP is sealed: each maps, then guesses, and nothing opens before both are done. `mirror` says what a seat may see
then. In letters a request opens when both say they are ready to read, and there is one question and one
answer a day. On one phone nobody enters numbers: the guess is said aloud first, then a card is taken; what
one promises there is said, not tapped.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from nearer.practices.needs import mirror
from nearer.practices.needs.mirror import Side
from nearer.practices.needs.moves import (
    MOVES,
    UNSAID,
    Agree,
    Answer,
    Ask,
    Check,
    EndHere,
    Enough,
    First,
    Fit,
    Guess,
    Guessed,
    Map,
    NoPlan,
    Notice,
    Pick,
    PickOwn,
    Plan,
    Reflect,
    Reply,
    Request,
    Show,
    SignMeans,
    Spoken,
    Swap,
    Unfold,
    Way,
    Withdraw,
)
from nearer.practices.needs.stages import STEPS, Kinds, Role, Stage, who
from nearer.practices.needs.understanding import first_reading
from nearer.protocol import Both, Dialogue, Mode, Move, Seat

type Saying = Ask | Answer | Reflect | Notice | Request

ROUNDS = 3
DAY = timedelta(days=1)
SAYINGS: dict[type[Move], str] = {
    Ask: "asked", Answer: "answered", Reflect: "reflected", Notice: "noticed", Request: "requested",
}  # fmt: skip
NO_SIDES = ((Seat.HOST, Side()), (Seat.GUEST, Side()))


@dataclass(frozen=True)
class Line:
    """Something one of them said. Without words it was said aloud."""

    seat: Seat
    kind: str
    words: str
    aloud: bool


@dataclass(frozen=True)
class Need:
    """What they talk about: a card, or -1 for none, and own words for it."""

    card: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Needs(Dialogue):
    """A position in the Needs Mirror."""

    slug: ClassVar[str] = "needs"
    moves: ClassVar[Kinds] = MOVES
    modes: ClassVar[tuple[Mode, ...]] = (Mode.LIVE, Mode.ONE, Mode.ASYNC)

    stage: Stage = Stage.MAP
    sides: tuple[tuple[Seat, Side], ...] = NO_SIDES
    mapped: frozenset[Seat] = frozenset()
    guessed: frozenset[Seat] = frozenset()
    owner: Seat | None = None
    need: Need | None = None
    turn: int = 0
    loop: int = 0
    said: tuple[Line, ...] = ()
    sign: str = ""
    request: Request | None = None
    unfolded: Both[bool] = field(default_factory=Both)
    reply: Reply | None = None
    plan: Plan | None = None
    by: datetime | None = None  # the day an answer or a plan is for
    agreed: bool = False
    asked: datetime | None = None  # letters: when the last question went out
    answered: datetime | None = None
    opens: datetime | None = None
    next: Stage = Stage.ASK
    finished: bool = False

    @classmethod
    def begin(cls, **facts: Any) -> Self:  # Any: fields of this class
        """Begin with the maps; on one phone with whose need comes first."""
        return cls(stage=Stage.FIRST if facts.get("mode") is Mode.ONE else Stage.MAP, **facts)

    def open_to(self, seat: Seat) -> Kinds:
        """The kinds of move this seat may play in this stage."""
        aside: Kinds = frozenset({Show, Withdraw} if self.is_open else ())
        if self.stage is Stage.MAP:
            kinds = {Map} if seat not in self.mapped else {Guess} if seat not in self.guessed else set()
            return frozenset(kinds)
        if self.stage is Stage.UNFOLD and not self.unfolded.waiting_for(seat):
            return aside
        kinds_of = who(self.stage, self.mode)
        role = Role.OWNER if seat is self.owner else Role.OTHER
        mine = (role, Role.EITHER)
        return aside.union(*(kinds_of.get(each, frozenset()) for each in mine))

    @property
    def is_open(self) -> bool:
        """Whether both maps are in, and open as far as their owners opened them."""
        return len(self.guessed) == len(Seat)

    def after(self, seat: Seat, move: Move, at: datetime) -> Self:
        """Return where the move leads."""
        match move:
            case Map() | Guess() | Show() | Withdraw():
                return self._mapping(seat, move, at)
            case First() | Swap() | Guessed() | Pick() | PickOwn():
                return self._choosing(seat, move, at)
            case Ask() | Answer() | Reflect() | Notice() | Request():
                return self._saying(seat, move, at)
            case Check() | SignMeans() | Unfold() | Reply():
                return self._answering(seat, move, at)
            case Plan() | Agree() | Enough() | NoPlan() | Spoken() | EndHere():
                return self._planning(move, at)
        raise AssertionError(f"no rule for {type(move).__name__}")

    def scene(self) -> tuple[str | int | None, ...]:
        """The stage, whose need it is, and how often they came by here."""
        return (self.stage, self.owner, self.turn, self.loop, self.next)

    @property
    def done(self) -> bool:
        """Whether they came to the end of it."""
        return self.finished

    @property
    def timer(self) -> datetime | None:
        """In letters, when the next question or answer opens."""
        return self.opens if self.stage is Stage.TOMORROW else None

    def after_time(self, at: datetime) -> Self:
        """Open what waited for its day."""
        return self._go(self.next, at, opens=None)

    def shown_to(self, seat: Seat) -> dict[str, Any]:  # Any: plain values for a page
        """What this seat may see. What was said is gone at the end; the maps stay where both can find them."""
        return {
            "stage": self.stage,
            "steps": STEPS[self.stage],
            "owner": self.owner,
            "speaker": self.owner,  # the page takes the ink of the one it is about
            "i_own": seat is self.owner,
            "turn": self.turn,
            "loop": self.loop,
            "need": self._need_seen_by(seat),
            "said": [] if self.done else [{**vars(line), "mine": line.seat is seat} for line in self.said],
            "sign": self.sign,
            "request": self._request_seen_by(seat),
            "sealed_mine": self._sealed_by(seat),
            "guessing": self.stage is Stage.MAP and seat in self.mapped and seat not in self.guessed,
            "reply": None if self.reply is None or self.done else _reply(self.reply),
            "plan": None if self.plan is None or self.done else vars(self.plan).copy(),
            "by": None if self.by is None or self.done else self.by,
            "agreed": self.agreed,
            "lacks_freedom": self._side(seat).lacks_freedom,
            "my_cards": self._cards_of(seat),
            **self._mirrored(seat),
        }

    def side(self, seat: Seat) -> Side:
        """Return what one of the two put in. For the rules, and for what is kept: show people `shown_to`."""
        return self._side(seat)

    def _side(self, seat: Seat) -> Side:
        return dict(self.sides)[seat]

    def _mirrored(self, seat: Seat) -> dict[str, Any]:  # Any: plain values
        if not self.is_open or self.done:
            return {"rows": [], "shared": False, "reading": None}
        sides = dict(self.sides)
        told = first_reading(mirror.pairs(sides, seat)) if self.stage is Stage.REVEAL else None
        return {
            "rows": mirror.rows(sides, seat),
            "shared": bool(mirror.strengths(sides)),
            "reading": asdict(told) if told else None,
        }

    def _cards_of(self, seat: Seat) -> list[dict[str, Any]]:  # Any: plain values
        """Return this seat's own cards, for a list in which to show one, take one back, or choose one."""
        side = self._side(seat)
        rated = [card for card, level in enumerate(side.importance) if level != UNSAID]
        first = sorted(rated, key=lambda card: (-side.importance[card], card))
        return [
            {
                "card": card, "name": side.names[card], "level": side.importance[card], "met": side.met[card],
                "private": bool(side.private[card]), "shown": card in side.shown,
                "shown_met": card in side.shown_met,
            }
            for card in first
        ]  # fmt: skip

    def _need_seen_by(self, seat: Seat) -> dict[str, Any] | None:  # Any: plain values
        return None if self.need is None or self.done else {"card": self.need.card, "name": self.need.name}

    def _request_seen_by(self, seat: Seat) -> dict[str, Any] | None:  # Any: plain values
        shut = self.stage is Stage.UNFOLD and seat is not self.owner
        return None if self.request is None or shut or self.done else vars(self.request).copy()

    def _sealed_by(self, seat: Seat) -> bool:
        if self.stage is Stage.UNFOLD:
            return not self.unfolded.waiting_for(seat)
        return self.stage is Stage.MAP and seat in self.guessed

    def _go(self, stage: Stage, at: datetime, **changes: Any) -> Self:  # Any: fields of this class
        return replace(self, stage=stage, turn_began=at, **changes)

    def _with(self, sides: dict[Seat, Side], **changes: Any) -> Self:  # Any: fields of this class
        return replace(self, sides=tuple((seat, sides[seat]) for seat in Seat), **changes)

    def _mapping(self, seat: Seat, move: Map | Guess | Show | Withdraw, at: datetime) -> Self:
        sides, side = dict(self.sides), self._side(seat)
        match move:
            case Map():
                return self._with({**sides, seat: side.mapped(move)}, mapped=self.mapped | {seat})
            case Guess():
                guessed = self.guessed | {seat}
                both = {"stage": Stage.REVEAL, "turn_began": at} if len(guessed) == len(Seat) else {}
                return self._with({**sides, seat: side.guessed(move)}, guessed=guessed, **both)
            case Show(card=card, met=met):
                after = side.showing(card, met=met)
                return self if after is side else self._with({**sides, seat: after})
        return self._taken_back(seat, move.card)

    def _taken_back(self, seat: Seat, card: int) -> Self:
        """Take a card out, with what was made of it, and its name where it is talked about."""
        sides = dict(self.sides)
        after = mirror.taken_back(sides, seat, card)
        if after[seat] is sides[seat]:
            return self
        about = self.need is not None and seat is self.owner and self.need.card == card
        return self._with(after, need=None if about else self.need)

    def _choosing(self, seat: Seat, move: First | Swap | Guessed | Pick | PickOwn, at: datetime) -> Self:
        match move:
            case First():
                return self._go(Stage.GUESS, at, **self._fresh(seat), need=None)
            case Swap():
                other = self.owner.other if self.owner else seat
                return self._go(Stage.GUESS, at, **self._fresh(other), need=None)
            case Guessed():
                return self._go(Stage.PICK, at)
        need = (
            Need(-1, move.name)
            if isinstance(move, PickOwn)
            else Need(move.card, self._named(seat, move.card))
        )
        if self.mode is Mode.ONE:
            return self._go(Stage.ASK, at, need=need)
        return self._tomorrow(Stage.ASK, self.asked, at, **self._fresh(seat), need=need)

    def _named(self, seat: Seat, card: int) -> str:
        return self._side(seat).names[card]

    def _fresh(self, owner: Seat) -> dict[str, Any]:  # Any: fields of this class
        """Return what a turn begins with, but for the need."""
        return {
            "owner": owner, "turn": self.turn + 1, "loop": 0, "said": (), "sign": "", "request": None,
            "unfolded": Both(), "reply": None, "plan": None, "by": None, "agreed": False,
        }  # fmt: skip

    def _tomorrow(self, stage: Stage, last: datetime | None, at: datetime, **changes: Any) -> Self:
        """Go on to a step; in letters not before a day has passed since the last of its kind."""
        if self.mode is not Mode.ASYNC or last is None or at >= last + DAY:
            return self._go(stage, at, **changes)
        return self._go(Stage.TOMORROW, at, next=stage, opens=last + DAY, **changes)

    def _saying(self, seat: Seat, move: Saying, at: datetime) -> Self:
        letters, may_skip = self.mode is Mode.ASYNC, isinstance(move, Notice)
        aloud = not letters and (move.aloud or not (move.words or may_skip))
        line = Line(seat, SAYINGS[type(move)], move.words, aloud)
        said = (*self.said, line) if line.words or line.aloud else self.said
        match move:
            case Ask():
                return self._tomorrow(Stage.ANSWER, self.answered, at, said=said, asked=at)
            case Answer():
                return self._go(Stage.REFLECT, at, said=said, answered=at)
            case Reflect():
                return self._go(Stage.CHECK, at, said=said)
            case Notice():
                return self._go(Stage.REQUEST if said == self.said else Stage.SIGN, at, said=said)
        return self._go(Stage.UNFOLD if letters else Stage.REPLY, at, request=move)

    def _answering(self, seat: Seat, move: Check | SignMeans | Unfold | Reply, at: datetime) -> Self:
        match move:
            case Check(fit=fit):
                return self._checked(fit, at)
            case SignMeans(sign=sign):
                return self._go(Stage.REQUEST, at, sign=sign)
            case Unfold():
                both = self.unfolded.put(seat, value=True)
                return (
                    self._go(Stage.REPLY, at, unfolded=both)
                    if both.complete
                    else replace(self, unfolded=both)
                )
        by = at + timedelta(days=move.days) if move.days else None
        if move.way in {Way.YES, Way.ANOTHER}:
            return self._go(Stage.PLAN, at, reply=move, by=by)
        return self._round(at, reply=move, by=by)

    def _planning(self, move: Plan | Agree | Enough | NoPlan | Spoken | EndHere, at: datetime) -> Self:
        match move:
            case Plan(days=days):
                return self._go(Stage.AGREE, at, plan=move, by=at + timedelta(days=days))
            case Agree(agree=False):
                return self._go(Stage.PLAN, at, plan=None)
            case EndHere():
                return replace(self, finished=True)
        return self._round(at, agreed=isinstance(move, Agree))

    def _checked(self, fit: Fit, at: datetime) -> Self:
        if fit is not Fit.YES and self.loop + 1 < ROUNDS:
            return self._tomorrow(Stage.ANSWER, self.answered, at, loop=self.loop + 1)
        # A sign is seen or heard: in letters there is none.
        return self._go(Stage.REQUEST if self.mode is Mode.ASYNC else Stage.CUE, at)

    def _round(self, at: datetime, **changes: Any) -> Self:  # Any: see _go
        """This need has had its turn."""
        if self.turn >= len(Seat):
            return replace(self, finished=True, **changes)
        return self._go(Stage.SWAP, at, **changes)


def _reply(reply: Reply) -> dict[str, Any]:  # Any: plain values
    return {"way": reply.way, "words": reply.words}


DIALOGUE = Needs
