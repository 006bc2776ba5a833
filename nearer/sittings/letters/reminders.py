"""The one reminder somebody may ask for: at their own hand, shown once on Today, and gone.

Nobody else can learn of it: not the other of the two, and a thief only that this person keeps something.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from nearer.bonds.visit import MemberRequest
from nearer.protocol import QUIET_END
from nearer.records import keeping
from nearer.records.keeping import Kept, Kind
from nearer.records.shelf import Shelf
from nearer.sittings.letters.turns import DAY, Letter, Turn
from nearer.sittings.run.queries import Listed


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is sealed.

    Attributes:
        ref: the sitting.
        came: when the letter came; a newer one is no longer this reminder's.
        at: when to remind.
        rests: until when the letter is open.
    """

    ref: str
    came: str
    at: str
    rests: str = ""

    @property
    def moment(self) -> datetime:
        """When to remind."""
        return datetime.fromisoformat(self.at)

    def is_of(self, letter: Letter | None) -> bool:
        """Whether it is of this letter, and the letter still waits."""
        return letter is not None and letter.waits and letter.came.isoformat() == self.came

    def has_rested(self, at: datetime) -> bool:
        """Whether its letter rests by now, in whichever bond that was."""
        rests = (
            datetime.fromisoformat(self.rests)
            if self.rests
            else datetime.fromisoformat(self.came) + QUIET_END
        )
        return rests <= at


WHILE = timedelta(days=30)  # how long a reminder of letters that both keep is remembered
WISH = Kind(name="reminder", shape=Wish)


def ask(request: MemberRequest, ref: UUID, letter: Letter, *, at: datetime) -> None:
    """Remind of a letter once, a day from now; an earlier wish for the same letter stays as it is."""
    if request.ring.private and wished(request, ref) is None:
        wish = Wish(
            ref=str(ref),
            came=letter.came.isoformat(),
            at=(at + DAY).isoformat(),
            rests=(letter.rests or at + WHILE).isoformat(),
        )
        keeping.put(_shelf(request), WISH, wish, at=at)


def wished(request: MemberRequest, ref: UUID) -> Wish | None:
    """Return this person's own wish to be reminded of a sitting."""
    return next((kept.document for kept in _all(request) if kept.document.ref == str(ref)), None)


def forget(request: MemberRequest, ref: UUID) -> None:
    """Take back every reminder of a sitting."""
    _erase(request, [kept for kept in _all(request) if kept.document.ref == str(ref)])


def beside(
    request: MemberRequest,
    waiting: Sequence[Listed],
    asked: Sequence[Kept[Wish]],
    *,
    at: datetime,
    visits: bool,
) -> list[Listed]:
    """Return what waits with each one's reminder. What is due is shown now, and never again.

    Letters that rest wait no longer, and their reminders go.

    Args:
        request: of whoever looks at Today.
        waiting: what is open.
        asked: all reminders this person asked for.
        at: now.
        visits: whether somebody looks; a page that only asks again uses nothing up.
    """
    letters = {
        str(listed.ref): listed.letter
        for listed in waiting
        if listed.letter and listed.letter.turn is not Turn.NIGHT
    }
    if not letters:
        return list(waiting)
    wishes, over = {}, []
    for kept in asked:
        wish = kept.document
        if wish.has_rested(at) or (wish.ref in letters and not wish.is_of(letters[wish.ref])):
            over.append(kept)
        else:
            wishes[wish.ref] = wish
            over += [kept] if wish.ref in letters and wish.moment <= at else []
    if visits:
        _erase(request, over)
    awake = [listed for listed in waiting if not (listed.letter and listed.letter.turn is Turn.RESTED)]
    return [_with(listed, wishes.get(str(listed.ref)), at) for listed in awake]


def _with(listed: Listed, wish: Wish | None, at: datetime) -> Listed:
    if wish:
        return replace(listed, reminds=wish.moment, reminded=wish.moment <= at)
    return replace(listed, offers=listed.letter is not None and listed.letter.may_remind(at))


def _shelf(request: MemberRequest) -> Shelf:
    return Shelf.at_hand(request.user.pk, request.ring)


def _all(request: MemberRequest) -> list[Kept[Wish]]:
    # Where a phone lies between two people, its owner's own shelf stays shut.
    return keeping.find(_shelf(request), WISH) if request.ring.private else []


def _erase(request: MemberRequest, wishes: Sequence[Kept[Wish]]) -> None:
    for kept in wishes:
        keeping.remove(_shelf(request), WISH, kept.ref)
