"""The private drawer: the master key, open in a session for ten minutes after the last private action.

An unlocked phone holds the ring, which can put things into the drawer. Only the drawer's own key, made of the
master key, reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Self

from nearer.vault.errors import refusing
from nearer.vault.framing import whole
from nearer.vault.keys import drawer_key

LASTS = timedelta(minutes=10)
# An open drawer is written anew at most this often, so that reading costs no write each time.
STEP = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Drawer:
    """An open drawer.

    Attributes:
        master: the person's master key, 32 bytes.
        until: when it closes unless something private is done before.
    """

    master: bytes = field(repr=False)
    until: datetime

    @classmethod
    def opened(cls, master: bytes, *, at: datetime) -> Self:
        """Return a drawer that has just been opened."""
        return cls(master=master, until=at + LASTS)

    @property
    def key(self) -> bytes:
        """The private key that reads what lies in it, 32 bytes."""
        return drawer_key(self.master)

    def is_open(self, at: datetime) -> bool:
        """Whether it is still open; a clock that was put back does not open it for longer."""
        return at < self.until <= at + LASTS + STEP

    def prolonged(self, at: datetime) -> Self:
        """Return it as it is after a private action; the same one when it was prolonged within the minute."""
        until = at + LASTS
        return replace(self, until=until) if until - self.until >= STEP else self

    def as_document(self) -> dict[str, str]:
        """Return what is sealed into the session."""
        return {"master": self.master.hex(), "until": self.until.isoformat()}

    @classmethod
    @refusing(KeyError, TypeError, ValueError)
    def of(cls, document: dict[str, Any]) -> Self:
        """Read what was sealed into the session.

        Raises:
            VaultError: it is no such thing.
        """
        until = datetime.fromisoformat(document["until"])
        return cls(master=whole(bytes.fromhex(document["master"])), until=until)
