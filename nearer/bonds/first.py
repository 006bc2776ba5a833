"""The first question: the inviter answers it when inviting, the guest when they like; it opens when both are in.

It is locked with a key made of the bond's key and 32 bytes of the key store. So the invitation's secret and a
copy of the records do not open it, and what was let go is gone from every backup.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction

from nearer.bonds.locking import locked
from nearer.bonds.models import Bond, FirstQuestion
from nearer.bonds.questions import QUESTIONS
from nearer.database import writing
from nearer.protocol import Seat, Words
from nearer.vault import store
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.errors import VaultError
from nearer.vault.keys import sitting_key
from nearer.vault.rekey import Rekey
from nearer.web.words import words_of

if TYPE_CHECKING:
    from nearer.bonds.place import Place

KIND, SCHEMA = "first", 1
NOTHING = Words("")
LONGEST = 400  # characters of one answer


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
class _Paper:
    """What is sealed.

    Attributes:
        question: which of `QUESTIONS`.
        answers: seat to words; the host's is there from the beginning.
        folded: the seats that do not want to see it any more.
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
        return len(self.answers) == len(Seat)

    def answered(self, seat: Seat, words: str) -> _Paper:
        return replace(self, answers={seat.value: words} | self.answers) if words else self

    def said_by(self, seat: Seat) -> Words:
        earlier = tuple(self.earlier.get(seat.value, ()))
        return words_of(
            self.answers.get(seat.value, ""), earlier=earlier, withdrawn=seat.value in self.withdrawn
        )

    def edited(self, seat: Seat, words: str) -> _Paper:
        before = [*self.earlier.get(seat.value, []), self.answers[seat.value]]
        return replace(
            self, answers=self.answers | {seat.value: words}, earlier=self.earlier | {seat.value: before}
        )

    def taken_back(self, seat: Seat) -> _Paper:
        earlier = {name: texts for name, texts in self.earlier.items() if name != seat.value}
        withdrawn = tuple({*self.withdrawn, seat.value})
        return replace(self, answers=self.answers | {seat.value: ""}, earlier=earlier, withdrawn=withdrawn)


def begin(bond: Bond, *, key: bytes, question: str, words: str) -> None:
    """Seal the inviter's answer, inside the transaction that makes their bond.

    Args:
        bond: the new bond.
        key: its first key.
        question: which of `QUESTIONS`.
        words: the answer; without one nothing is asked.
    """
    if words:
        _store(bond, _Paper(question=question, answers={Seat.HOST.value: words}), key=key)


def asked(bond: Bond, *, key: bytes) -> Any:
    """Return the question for somebody who looks at the invitation, or None; no answer is shown to them."""
    row = _row_of(bond)
    paper = _open(row, bond, key=key) if row else None
    return QUESTIONS.get(paper.question) if paper else None


def carry(bond: Bond, *, old: bytes, new: bytes, words: str) -> None:
    """Lock it again as somebody joins, with the bond's new key and a new secret, and add their answer.

    Args:
        bond: whose; its new key version is set.
        old: the key it opens with.
        new: the key it is locked with from now on.
        words: the guest's answer, or "".
    """
    row = _row_of(bond)
    if row is None:
        return
    paper = _open(row, bond, key=old)
    forget(bond)
    if paper:
        _store(bond, paper.answered(Seat.GUEST, words), key=new)


def seen(place: Place) -> First | None:
    """Return the question as this person may see it; None when there is none, or they folded it away."""
    paper = _paper_at(place)
    return _as_seen(paper, place.seat) if paper and place.seat.value not in paper.folded else None


def taken_along(place: Place) -> First | None:
    """Return the question as this person may take it along: also once they folded it away, for it is still theirs."""
    paper = _paper_at(place)
    return _as_seen(paper, place.seat) if paper else None


def _paper_at(place: Place) -> _Paper | None:
    row: FirstQuestion | None = getattr(place.bond, "first", None)  # came along with the place
    paper = _open(row, place.bond, key=place.key) if row else None
    return paper if paper and paper.question in QUESTIONS else None


def _as_seen(paper: _Paper, seat: Seat) -> First:
    mine = paper.said_by(seat)
    theirs = paper.said_by(seat.other) if paper.is_open else NOTHING
    return First(question=QUESTIONS[paper.question], mine=mine, theirs=theirs)


def answer(place: Place, words: str) -> None:
    """Give one's answer. It counts once; nothing happens where nothing is asked any more, or nothing is said."""
    with writing():
        row, paper = _locked(place)
        if row and paper and place.seat.value not in paper.folded:
            _write(row, paper.answered(place.seat, words), place)


def edit(place: Place, words: str) -> None:
    """Put other words into one's own answer once both are in: the earlier ones stay beneath."""
    with writing():
        row, paper = _locked(place)
        if row and paper and _may_change(paper, place) and paper.answers[place.seat.value] != words:
            _write(row, paper.edited(place.seat, words), place)


def withdraw(place: Place) -> None:
    """Take one's own answer back once both are in, also in a closed bond; before, see `put_away`."""
    with writing():
        row, paper = _locked(place)
        if row and paper and _may_change(paper, place):
            _write(row, paper.taken_back(place.seat), place)


def _may_change(paper: _Paper, place: Place) -> bool:
    return paper.is_open and place.seat.value not in paper.withdrawn


def put_away(place: Place) -> None:
    """Let it go, or fold it away.

    Whoever takes their own answer back before both are in erases it all. Otherwise it is gone from this
    person's pages alone, which tells the other nothing; folded by both, it is erased.
    """
    with writing():
        row, paper = _locked(place)
        if row is None or paper is None:
            return
        folded = tuple({*paper.folded, place.seat.value})
        took_back = place.seat.value in paper.answers and not paper.is_open
        if took_back or len(folded) == len(Seat):
            forget(place.bond)
        else:
            _write(row, replace(paper, folded=folded), place)


def close(place: Place) -> None:
    """Somebody leaves the bond: what is not open by now never opens. Nothing that is wrong with it keeps them."""
    row = _row_of(place.bond)
    try:
        paper = _open(row, place.bond, key=place.key) if row else None
    except VaultError:
        paper = None
    if paper is None or not paper.is_open:
        forget(place.bond)


def close_without_a_key(bond: Bond) -> None:
    """Erase what is not open by now, for somebody whose keys are gone already; what is open stays."""
    if FirstQuestion.objects.filter(bond=bond, is_open=False).exists():
        forget(bond)


def forget(bond: Bond) -> None:
    """Erase it, and with the transaction also its secret."""
    rows = FirstQuestion.objects.filter(bond=bond)
    ids = list(rows.values_list("pk", flat=True))
    rows.delete()
    transaction.on_commit(lambda: store.erase(ids))


def reseal(bond: Bond, rekey: Rekey) -> None:
    """Seal it under the bond's next key; its secret stays."""
    for row in FirstQuestion.objects.filter(bond=bond):
        for secret in store.secrets_of([row.pk]).values():
            keys = rekey.keys(partial(sitting_key, sitting_secret=secret))
            row.sealed = rekey.again(keys, row.sealed, kind=KIND, row=row.pk, schema=SCHEMA, author=bond.pk)
            row.save(update_fields=["sealed"])


def _row_of(bond: Bond) -> FirstQuestion | None:
    return FirstQuestion.objects.filter(bond=bond).first()


def _locked(place: Place) -> tuple[FirstQuestion | None, _Paper | None]:
    row = FirstQuestion.objects.filter(bond=locked(place.bond)).first()
    return row, _open(row, place.bond, key=place.key) if row else None


def _store(bond: Bond, paper: _Paper, *, key: bytes) -> None:
    ref = uuid4()
    secret = store.make_secret(ref)
    sealed = _seal(ref, bond, paper, key=sitting_key(key, secret))
    FirstQuestion.objects.create(id=ref, bond=bond, is_open=paper.is_open, sealed=sealed)


def _write(row: FirstQuestion, paper: _Paper, place: Place) -> None:
    row.sealed = _seal(row.pk, place.bond, paper, key=sitting_key(place.key, store.secret_of(row.pk)))
    row.is_open = paper.is_open
    row.save(update_fields=["is_open", "sealed"])


def _open(row: FirstQuestion, bond: Bond, *, key: bytes) -> _Paper | None:
    """Open what is stored; None when its secret was erased, as after an old backup came back.

    Raises:
        VaultError: it was altered, or the key is not the bond's.
    """
    try:
        secret = store.secret_of(row.pk)
    except VaultError:
        return None
    document = open_record(
        sitting_key(key, secret), bytes(row.sealed), scope=Scope.BOND, scope_id=bond.pk, kind=KIND, row=row.pk,
        author=bond.pk, schema=SCHEMA,
    )  # fmt: skip
    return _Paper(
        **{**document, "folded": tuple(document["folded"]), "withdrawn": tuple(document.get("withdrawn", ()))}
    )


def _seal(ref: UUID, bond: Bond, paper: _Paper, *, key: bytes) -> bytes:
    document = asdict(paper) | {"folded": sorted(paper.folded), "withdrawn": sorted(paper.withdrawn)}
    return seal(
        key, scope=Scope.BOND, scope_id=bond.pk, kind=KIND, row=ref, author=bond.pk, schema=SCHEMA,
        key_version=bond.key_version, document=document,
    )  # fmt: skip
