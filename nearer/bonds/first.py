"""The first question: the inviter answers it when inviting, the guest when they like; it opens when both are in."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import transaction

from nearer.bonds.locking import locked
from nearer.bonds.models import Bond, FirstQuestion
from nearer.bonds.paper import KIND, SCHEMA, First, Paper, open_paper, paper_of, seal_paper
from nearer.bonds.place import Place
from nearer.bonds.questions import question_called
from nearer.database import writing
from nearer.protocol import Seat
from nearer.vault import store
from nearer.vault.keys import sitting_key
from nearer.vault.rekey import Rekey

LONGEST = 400  # characters of one answer


def begin(bond: Bond, *, key: bytes, question: str, words: str) -> None:
    """Seal the inviter's answer, inside the transaction that makes their bond.

    Args:
        bond: the new bond.
        key: its first key.
        question: the id of one of `questions()`.
        words: the answer; without one nothing is asked.
    """
    if words:
        _store(bond, Paper(question=question, answers={Seat.HOST.value: words}), key=key)


def asked(bond: Bond, *, key: bytes) -> Any:
    """Return the question for somebody who looks at the invitation, or None; no answer is shown to them."""
    row = _row_of(bond)
    paper = open_paper(row, bond, key=key) if row else None
    return question_called(paper.question) if paper else None


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
    paper = open_paper(row, bond, key=old)
    forget(bond)
    if paper:
        _store(bond, paper.answered(Seat.GUEST, words), key=new)


def move(bond: Bond, *, key: bytes, into: Place, words: str) -> None:
    """Take it over into another bond of the same two, in which they sit the other way round.

    Where something is asked in both, what both have answered comes before what waits, and the other bond's first.

    Args:
        bond: whose; it is going.
        key: that bond's key.
        into: the other bond, of whoever does this.
        words: their answer, or "".
    """
    row, (there, kept) = _row_of(bond), _locked(into)
    paper = open_paper(row, bond, key=key) if row else None
    forget(bond)
    if paper is None:
        return
    turned = paper.turned().answered(into.seat, words)
    if kept is None or (turned.is_open and not kept.is_open):
        if there:
            forget(into.bond)
        _store(into.bond, turned, key=into.key)
    elif there and kept.question == turned.question:
        for seat, said in turned.answers.items():
            kept = kept.answered(Seat(seat), said)
        _write(there, kept, into)


def taken_along(place: Place) -> First | None:
    """Return the question as this person may take it along: also once they let it go, for it is still theirs."""
    paper = paper_of(place.bond, key=place.key)
    return paper.taken_along_by(place.seat) if paper else None


def answer(place: Place, words: str) -> bool:
    """Give one's answer. It counts once; nothing happens where nothing is asked any more, or nothing is said.

    Returns:
        Whether both are in by now.
    """
    with writing():
        row, paper = _locked(place)
        if row is None or paper is None or place.seat.value in paper.folded:
            return False
        answered = paper.answered(place.seat, words)
        _write(row, answered, place)
    return answered.is_open


def edit(place: Place, words: str) -> None:
    """Put other words into one's own answer once both are in: the earlier ones stay beneath."""
    with writing():
        row, paper = _locked(place)
        if row and paper and _may_change(paper, place) and paper.answers[place.seat.value] != words:
            _write(row, paper.edited(place.seat, words), place)


def withdraw(place: Place) -> None:
    """Take one's own answer back once both are in, also in a closed bond; before, see `let_go`."""
    with writing():
        row, paper = _locked(place)
        if row and paper and _may_change(paper, place):
            _write(row, paper.taken_back(place.seat), place)


def _may_change(paper: Paper, place: Place) -> bool:
    return paper.is_open and place.seat.value not in paper.withdrawn


def let_go(place: Place) -> None:
    """Let it go before both are in; afterwards nothing happens.

    Whoever takes their own answer back erases it all. Whoever was asked finds it no more, which tells the other nothing.
    """
    with writing():
        row, paper = _locked(place)
        if row is None or paper is None or paper.is_open:
            return
        if place.seat.value in paper.answers:
            forget(place.bond)
        else:
            _write(row, replace(paper, folded=tuple({*paper.folded, place.seat.value})), place)


def close(place: Place) -> None:
    """Somebody leaves the bond: what is not open by now never opens. Nothing that is wrong with it keeps them."""
    row = _row_of(place.bond)
    paper = open_paper(row, place.bond, key=place.key) if row else None
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


def _locked(place: Place) -> tuple[FirstQuestion | None, Paper | None]:
    row = FirstQuestion.objects.filter(bond=locked(place.bond)).first()
    return row, open_paper(row, place.bond, key=place.key) if row else None


def _store(bond: Bond, paper: Paper, *, key: bytes) -> None:
    ref = uuid4()
    secret = store.make_secret(ref)
    sealed = seal_paper(ref, bond, paper, key=sitting_key(key, secret))
    FirstQuestion.objects.create(id=ref, bond=bond, is_open=paper.is_open, sealed=sealed)


def _write(row: FirstQuestion, paper: Paper, place: Place) -> None:
    row.sealed = seal_paper(row.pk, place.bond, paper, key=sitting_key(place.key, store.secret_of(row.pk)))
    row.is_open = paper.is_open
    row.save(update_fields=["is_open", "sealed"])
