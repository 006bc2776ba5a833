"""The one reminder somebody may ask for: sealed with their own key, shown once on Today, and gone.

Nobody else can learn of it: not the other of the two, and a thief only that this person asked for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from nearer.bonds.visit import MemberRequest
from nearer.database import writing
from nearer.sittings.letters import DAY, Letter
from nearer.sittings.models import Reminder
from nearer.sittings.queries import Listed
from nearer.vault.envelope import Scope, open_record, seal

KIND, SCHEMA = "reminder", 1


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A reminder.

    Attributes:
        row: its id.
        ref: the sitting.
        came: when the letter came; a newer one is no longer this reminder's.
        at: when it reminds.
    """

    row: UUID
    ref: UUID
    came: datetime
    at: datetime

    def is_of(self, letter: Letter | None) -> bool:
        """Whether that letter still waits."""
        return letter is not None and letter.waits and letter.came == self.came


def ask(request: MemberRequest, ref: UUID, letter: Letter, *, at: datetime) -> None:
    """Remind of a letter once, a day from now; an earlier wish for the same letter stays as it is."""
    if any(asked.ref == ref for asked in _all(request)):
        return
    row, user = uuid4(), request.user.pk
    document = {"ref": str(ref), "came": letter.came.isoformat(), "at": (at + DAY).isoformat()}
    sealed = seal(
        request.ring.profile, scope=Scope.USER, scope_id=user, kind=KIND, row=row, author=user, schema=SCHEMA,
        key_version=1, document=document,
    )  # fmt: skip
    with writing():
        Reminder.objects.create(id=row, user_id=user, sealed=sealed, last_day=letter.rests.date())


def asked_for(request: MemberRequest, ref: UUID) -> Asked | None:
    """Return this person's own reminder of a sitting."""
    return next((asked for asked in _all(request) if asked.ref == ref), None)


def forget(request: MemberRequest, ref: UUID) -> None:
    """Take back every reminder of a sitting."""
    _erase([asked.row for asked in _all(request) if asked.ref == ref])


def beside(request: MemberRequest, waiting: Sequence[Listed], *, at: datetime) -> list[Listed]:
    """Return what waits with each one's reminder. What is due is shown now, and never again.

    Args:
        request: of whoever looks at Today.
        waiting: what waits for them; one query more when there are letters in it.
        at: now.
    """
    letters = {listed.ref: listed.letter for listed in waiting if listed.letter}
    if not letters:
        return list(waiting)
    mine = {asked.ref: asked for asked in _all(request) if asked.ref in letters}
    passed = [ref for ref, asked in mine.items() if not asked.is_of(letters[ref])]
    due = [ref for ref, asked in mine.items() if asked.at <= at]
    if request.method == "GET" and (passed or due):
        _erase([mine[ref].row for ref in {*passed, *due}])
    kept = {ref: asked for ref, asked in mine.items() if ref not in passed}
    return [_with(listed, kept.get(listed.ref), at) for listed in waiting]


def _with(listed: Listed, asked: Asked | None, at: datetime) -> Listed:
    if asked:
        return replace(listed, reminds=asked.at, reminded=asked.at <= at)
    return replace(listed, offers=listed.letter is not None and listed.letter.may_remind(at))


def _all(request: MemberRequest) -> list[Asked]:
    user = request.user.pk
    opened = []
    for row in Reminder.objects.filter(user=user):
        document = open_record(
            request.ring.profile, bytes(row.sealed), scope=Scope.USER, scope_id=user, kind=KIND, row=row.pk,
            author=user, schema=SCHEMA,
        )  # fmt: skip
        times = {name: datetime.fromisoformat(document[name]) for name in ("came", "at")}
        opened.append(Asked(row=row.pk, ref=UUID(document["ref"]), **times))
    return opened


def _erase(rows: Sequence[UUID]) -> None:
    if rows:
        with writing():
            Reminder.objects.filter(pk__in=rows).delete()
