"""The first question as it is sealed, and as one of the two may see it.

It is locked with a key made of the bond's key and 32 bytes of the key store. So the invitation's secret and a
copy of the records do not open it, and what was let go is gone from every backup.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any, Self
from uuid import UUID

from nearer.bonds.models import Bond, FirstQuestion
from nearer.bonds.questions import question_called
from nearer.protocol import Seat, Words
from nearer.vault import damage, store
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.keys import sitting_key
from nearer.web.words import words_of

KIND, SCHEMA = "first", 1
NOTHING = Words("")


@dataclass(frozen=True, kw_only=True)
class First:
    """The question as one of the two may see it.

    Attributes:
        question: what is asked.
        mine: this person's own answer, or "".
        theirs: the other's answer; "" until both are in.
    """

    question: Any  # Any: lazily translated
    mine: Words = field(default=NOTHING, repr=False)
    theirs: Words = field(default=NOTHING, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether both have answered."""
        return bool(self.theirs)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What is sealed.

    Attributes:
        question: the id of one of `questions()`.
        answers: seat to words; the host's is there from the beginning.
        folded: the seats that let it go instead of answering.
        earlier: seat to how their answer read before they edited it, oldest first.
        withdrawn: the seats that took their answer back once both were in.
    """

    question: str
    answers: dict[str, str] = field(repr=False)
    folded: tuple[str, ...] = ()
    earlier: dict[str, list[str]] = field(repr=False, default_factory=dict)
    withdrawn: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether both have answered."""
        return len(self.answers) == len(Seat)

    def seen_by(self, seat: Seat) -> First | None:
        """Return the question as one of the two may see it; None when they let it go."""
        return None if seat.value in self.folded else self.taken_along_by(seat)

    def taken_along_by(self, seat: Seat) -> First:
        """Return it as one of the two may take it along: also once they let it go, for it is still theirs."""
        theirs = self.said_by(seat.other) if self.is_open else NOTHING
        return First(question=question_called(self.question), mine=self.said_by(seat), theirs=theirs)

    def answered(self, seat: Seat, words: str) -> Self:
        """Return it with somebody's answer, if they gave one and none before."""
        return replace(self, answers={seat.value: words} | self.answers) if words else self

    def turned(self) -> Self:
        """Return the same for two who sit the other way round."""
        return replace(
            self, answers={Seat(seat).other.value: said for seat, said in self.answers.items()},
            earlier={Seat(seat).other.value: texts for seat, texts in self.earlier.items()},
            folded=tuple(Seat(seat).other.value for seat in self.folded),
            withdrawn=tuple(Seat(seat).other.value for seat in self.withdrawn),
        )  # fmt: skip

    def said_by(self, seat: Seat) -> Words:
        """Return somebody's answer, or what became of it."""
        earlier = tuple(self.earlier.get(seat.value, ()))
        return words_of(
            self.answers.get(seat.value, ""), earlier=earlier, withdrawn=seat.value in self.withdrawn
        )

    def edited(self, seat: Seat, words: str) -> Self:
        """Return it with other words for somebody's answer: the earlier ones stay beneath."""
        before = [*self.earlier.get(seat.value, []), self.answers[seat.value]]
        return replace(
            self, answers=self.answers | {seat.value: words}, earlier=self.earlier | {seat.value: before}
        )

    def taken_back(self, seat: Seat) -> Self:
        """Return it without somebody's answer, and without how it read before."""
        earlier = {name: texts for name, texts in self.earlier.items() if name != seat.value}
        withdrawn = tuple({*self.withdrawn, seat.value})
        return replace(self, answers=self.answers | {seat.value: ""}, earlier=earlier, withdrawn=withdrawn)


def paper_of(bond: Bond, *, key: bytes) -> Paper | None:
    """Open what came along with a bond; None when nothing is asked there."""
    row: FirstQuestion | None = getattr(bond, "first", None)
    return open_paper(row, bond, key=key) if row else None


def open_paper(row: FirstQuestion, bond: Bond, *, key: bytes) -> Paper | None:
    """Open what is stored; None when its secret was erased, as after an old backup came back, or it does not open."""
    secret = store.secrets_of([row.pk]).get(row.pk)
    return damage.opened(KIND, row.pk, partial(_read, row, bond, key, secret)) if secret else None


def _read(row: FirstQuestion, bond: Bond, key: bytes, secret: bytes) -> Paper:
    document = open_record(
        sitting_key(key, secret), bytes(row.sealed), scope=Scope.BOND, scope_id=bond.pk, kind=KIND, row=row.pk,
        author=bond.pk, schema=SCHEMA,
    )  # fmt: skip
    return Paper(
        **{**document, "folded": tuple(document["folded"]), "withdrawn": tuple(document.get("withdrawn", ()))}
    )


def seal_paper(ref: UUID, bond: Bond, paper: Paper, *, key: bytes) -> bytes:
    """Seal it for its row."""
    document = asdict(paper) | {"folded": sorted(paper.folded), "withdrawn": sorted(paper.withdrawn)}
    return seal(
        key, scope=Scope.BOND, scope_id=bond.pk, kind=KIND, row=ref, author=bond.pk, schema=SCHEMA,
        key_version=bond.key_version, document=document,
    )  # fmt: skip
