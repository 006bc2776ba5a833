"""A sitting's sealed header: which practice it is, and what remains of it once it is over."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any, Self
from uuid import UUID

from django.utils import timezone

from nearer.bonds.place import Place
from nearer.clock import quarter_of
from nearer.protocol import FOR_GOOD, Dialogue, Mode, Seat
from nearer.sittings.models import Sitting
from nearer.sittings.practice import NoSuchPractice, PracticeConfig, practice
from nearer.sittings.run import marks
from nearer.vault import damage
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.errors import VaultError, refusing
from nearer.vault.keys import bond_subkey, topic_key

KIND, SCHEMA = "sitting", 1
TOPIC = "topic"
"""The fact that names what a sitting is about before it begins. It goes with the sitting's own secret."""
MARK = "mark"
NOTES = "notes"
"""Of what both kept: by seat, what each noted at the end."""


@dataclass(frozen=True, kw_only=True)
class Header:
    """What a sitting is.

    Attributes:
        practice: the room's slug.
        version: of the room's rules.
        mode: how the two sit together.
        starter: the seat of whoever began it.
        facts: what the room was told before it began; a topic among them once it was opened.
        topic: that topic, sealed under the sitting's own secret.
        topic_of: the seat whose words the topic among these facts is; empty when there is none.
        topic_mark: what became of that topic since.
        keepers: the seats of those who would keep their letters; nobody's to see before both would.
        done: whether it came to its own end.
        kept: whether both chose to keep what was said.
        outcome: what remains; nothing anybody said unless both kept it.
        ended: in which quarter of an hour it was over, which tells the day in every zone; empty until then.
    """

    practice: str
    version: int
    mode: str = Mode.LIVE
    starter: str = Seat.HOST
    facts: dict[str, Any] = field(default_factory=dict)
    topic: str = ""
    topic_of: str = ""
    topic_mark: dict[str, Any] = field(default_factory=dict)
    keepers: tuple[str, ...] = ()
    done: bool = False
    kept: bool = False
    outcome: dict[str, Any] = field(default_factory=dict)
    ended: str = ""

    @cached_property
    def room(self) -> PracticeConfig:
        """The room this is a sitting of."""
        return practice(self.practice)

    @property
    def first(self) -> Dialogue:
        """The position in which it began."""
        rules, facts = self.room.dialogue, self.facts
        if TOPIC in facts:
            facts = facts | {TOPIC: marks.words(facts[TOPIC], TOPIC, self.topic_mark)}
        # JSON knows lists only, and a position holds what does not change.
        facts = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
        if self.keeps:
            facts["open_for"] = FOR_GOOD
        return rules.begin(mode=Mode(self.mode), starter=Seat(self.starter), **facts)

    @property
    def keeps(self) -> bool:
        """Whether both keep their letters: no time ends them, and what is there stays when one of the two leaves."""
        return set(self.keepers) >= set(Seat)

    @classmethod
    def begun(
        cls, room: PracticeConfig, place: Place, *, mode: Mode, facts: dict[str, Any], topic_of: Seat | None
    ) -> Self:
        """Return the header of a sitting that begins now: see `actions.start`."""
        rules = room.dialogue
        return cls(
            practice=rules.slug, version=rules.version(), mode=mode, starter=place.seat, facts=facts,
            topic_of=topic_of or "",
        )  # fmt: skip

    @classmethod
    def of(cls, sitting: Sitting, place: Place) -> Self:
        """Open a sitting's header.

        Raises:
            VaultError: the place's key does not open it, which is noted.
        """
        found = cls.or_none(sitting, place)
        if found is None:
            raise VaultError
        return found

    @classmethod
    def or_none(cls, sitting: Sitting, place: Place) -> Self | None:
        """Open a sitting's header, for a list; where it does not open, that is noted."""
        return damage.opened(KIND, sitting.pk, partial(cls._read, sitting, place))

    @classmethod
    @refusing(NoSuchPractice, TypeError)
    def _read(cls, sitting: Sitting, place: Place) -> Self:
        document = open_record(
            bond_subkey(place.key, KIND), bytes(sitting.header), scope=Scope.BOND, scope_id=sitting.bond_id,
            kind=KIND, row=sitting.pk, author=sitting.bond_id, schema=SCHEMA,
        )  # fmt: skip
        header = cls(**document)
        practice(header.practice)
        return header

    def sealed(self, *, sitting: UUID, place: Place) -> bytes:
        """Seal the header for a sitting, and nothing of its topic but what only the sitting's secret opens."""
        document = asdict(replace(self, facts=_without_topic(self.facts), topic_mark={}))
        return seal(
            bond_subkey(place.key, KIND), scope=Scope.BOND, scope_id=place.bond.pk, kind=KIND, row=sitting,
            author=place.bond.pk, schema=SCHEMA, key_version=place.bond.key_version, document=document,
        )  # fmt: skip

    def day(self, sitting: Sitting) -> date:
        """Return the day of the sitting's last move, where the reader lives."""
        return timezone.localdate(datetime.fromisoformat(self.ended)) if self.ended else sitting.day

    def over_since(self, at: datetime) -> Self:
        """Return the header of the same sitting, with the quarter of an hour in which it was over."""
        return replace(self, ended=quarter_of(at))

    def closed(self, *, done: bool, kept: bool, outcome: dict[str, Any]) -> Self:
        """Return the header of the same sitting once it is over; what it was about stays only where both kept it."""
        remains = {name: marks.plain(value) for name, value in outcome.items()}
        over = replace(self, done=done, kept=kept, outcome=remains)
        if kept:
            return over
        return replace(over, facts=_without_topic(self.facts), topic="", topic_of="", topic_mark={})

    def about(self, topic: str, *, sitting: Sitting, secret: bytes) -> Self:
        """Return the header with the topic it begins with, or with what became of that.

        Args:
            topic: the words, with their mark if they carry one.
            sitting: whose header it is.
            secret: that sitting's in the key store.
        """
        words, mark = marks.plain(topic), marks.mark_of(topic)
        sealed = seal(
            topic_key(secret), key_version=0, document={TOPIC: words, MARK: mark}, **_topic_of(sitting)
        )
        return replace(self, facts=self.facts | {TOPIC: words}, topic_mark=mark, topic=sealed.hex())

    def opened(self, sitting: Sitting, secret: bytes) -> Self:
        """Return the header with its topic among the facts, if it has one.

        Raises:
            VaultError: the sitting's secret does not open it, which is noted.
        """
        if not self.topic:
            return self
        found = damage.opened(KIND, sitting.pk, partial(self._opened, sitting, secret))
        if found is None:
            raise VaultError
        return found

    @refusing(KeyError, ValueError)
    def _opened(self, sitting: Sitting, secret: bytes) -> Self:
        document = open_record(topic_key(secret), bytes.fromhex(self.topic), **_topic_of(sitting))
        return replace(self, facts=self.facts | {TOPIC: document[TOPIC]}, topic_mark=document[MARK])


def _without_topic(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name != TOPIC}


def _topic_of(sitting: Sitting) -> dict[str, Any]:
    about = {"scope_id": sitting.bond_id, "row": sitting.pk, "author": sitting.bond_id}
    return {"scope": Scope.BOND, "kind": TOPIC, "schema": SCHEMA, **about}


def what_remains(position: Dialogue) -> tuple[bool, dict[str, Any]]:
    """Return whether both chose to keep what was said, and what the header tells of it from then on.

    That is the room's outcome and, where it is kept, what each noted at the end. Otherwise nothing anybody said.
    """
    outcome = dict(position.outcome) if position.done else {}
    if not outcome.pop("kept", False):
        return False, {name: value for name, value in outcome.items() if isinstance(value, bool)}
    return True, outcome | {NOTES: position.view(Seat.HOST).get(NOTES, {})}
