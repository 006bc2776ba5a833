"""The invitation somebody has opened, held in their sealed session until they join, also before they have an account."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from django.contrib.sessions.backends.base import SessionBase

from nearer.accounts.sessions.door import INVITATION
from nearer.web.names import Name


@dataclass(frozen=True, kw_only=True)
class Held:
    """What waits in a session. On disk it is locked with the browser's own cookie.

    Attributes:
        secret: what the link carried behind its #.
        by: the name of who invites.
        words: the answer to the invitation's question so far, or "".
        ink: the ink of whoever invites.
        asks: whether the invitation carries a question, so that its page is where the first word is written.
    """

    secret: str = field(repr=False)
    by: str = field(repr=False)
    words: str = field(default="", repr=False)
    asks: bool = False
    ink: str = ""

    @classmethod
    def of(cls, session: SessionBase) -> Held | None:
        """Return what a session holds, or None."""
        stored = session.get(INVITATION)
        return cls(**{**stored, "by": Name(stored["by"])}) if stored else None

    def put_into(self, session: SessionBase) -> None:
        """Hold it; another invitation in the same browser takes its place."""
        session[INVITATION] = asdict(self)


def let_go(session: SessionBase) -> None:
    """Hold nothing any more."""
    session.pop(INVITATION, None)
