"""A sitting's sealed header: which practice it is, and what remains of it once it is over."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self
from uuid import UUID

from nearer.bonds.place import Place
from nearer.protocol import Dialogue, Mode, Seat, Words
from nearer.sittings import marks
from nearer.sittings.models import Sitting
from nearer.sittings.practice import PracticeConfig, practice
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.keys import bond_subkey

KIND, SCHEMA = "sitting", 1
TOPIC = "topic"
"""The fact that names what a sitting is about before it begins."""


@dataclass(frozen=True, kw_only=True)
class Header:
    """What a sitting is.

    Attributes:
        practice: the room's slug.
        version: of the room's rules.
        mode: how the two sit together.
        starter: the seat of whoever began it.
        facts: what the room was told before it began.
        topic_of: the seat whose words the topic among these facts is; empty when there is none.
        topic_mark: what became of that topic since.
        done: whether it came to its own end.
        kept: whether both chose to keep what was said.
        outcome: what remains; nothing anybody said unless both kept it.
    """

    practice: str
    version: int
    mode: str = Mode.LIVE
    starter: str = Seat.HOST
    facts: dict[str, Any] = field(default_factory=dict)
    topic_of: str = ""
    topic_mark: dict[str, Any] = field(default_factory=dict)
    done: bool = False
    kept: bool = False
    outcome: dict[str, Any] = field(default_factory=dict)

    @property
    def room(self) -> PracticeConfig:
        """The room this is a sitting of."""
        return practice(self.practice)

    @property
    def first(self) -> Dialogue:
        """The position in which it began."""
        rules, facts = self.room.dialogue, self.facts
        if TOPIC in facts:
            facts = facts | {TOPIC: marks.words(facts[TOPIC], TOPIC, self.topic_mark)}
        return rules.begin(mode=Mode(self.mode), starter=Seat(self.starter), **facts)

    @classmethod
    def begun(
        cls, room: PracticeConfig, place: Place, *, mode: Mode, facts: dict[str, Any], topic_of: Seat | None
    ) -> Self:
        """Return the header of a sitting that begins now: see `actions.start`."""
        rules = room.dialogue
        return cls(
            practice=rules.slug, version=rules.version, mode=mode, starter=place.seat, facts=facts,
            topic_of=topic_of or "",
        )  # fmt: skip

    @classmethod
    def of(cls, sitting: Sitting, place: Place) -> Self:
        """Open a sitting's header.

        Raises:
            VaultError: the place's key does not open it.
        """
        document = open_record(
            bond_subkey(place.key, KIND), bytes(sitting.header), scope=Scope.BOND, scope_id=sitting.bond_id,
            kind=KIND, row=sitting.pk, author=sitting.bond_id, schema=SCHEMA,
        )  # fmt: skip
        return cls(**document)

    def sealed(self, *, sitting: UUID, place: Place) -> bytes:
        """Seal the header for a sitting."""
        return seal(
            bond_subkey(place.key, KIND), scope=Scope.BOND, scope_id=place.bond.pk, kind=KIND, row=sitting,
            author=place.bond.pk, schema=SCHEMA, key_version=place.bond.key_version, document=asdict(self),
        )  # fmt: skip

    def closed(self, *, done: bool, kept: bool, outcome: dict[str, Any]) -> Self:
        """Return the header of the same sitting once it is over."""
        remains = {name: marks.plain(value) for name, value in outcome.items()}
        return replace(self, done=done, kept=kept, outcome=remains)

    def about(self, topic: Words) -> Self:
        """Return the header with what became of the topic it began with."""
        facts = self.facts | {TOPIC: marks.plain(topic)}
        return replace(self, facts=facts, topic_mark=marks.mark_of(topic))
