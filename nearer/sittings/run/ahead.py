"""What time alone does to an open sitting, for whoever has no key: which numbers it tells when, and when it ends.

Words on their way arrive whether anybody looks or not. So what a stream may say then is written down when they are
sent, and nothing at their arrival: whoever takes a letter up changes no number. It is sealed under a key of this
server, so that neither database tells at what minute somebody sent something. What shows of it outside the room lies
beside it, for the two alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings

from nearer.sittings.models import Sitting
from nearer.sittings.run.log import Run, by_time, told
from nearer.sittings.run.outside import Outside
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.errors import VaultError
from nearer.vault.keys import host_subkey

KIND, SCHEMA = "ahead", 1
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """What is to come.

    Attributes:
        tells: when the number of moves that both know of becomes another one by time alone, and which.
        ends: the half hour after which it is over and its words are erased, unless somebody moves before.
        outside: what shows outside the room; None to whoever has no key, or where it was not written down.
    """

    tells: tuple[tuple[datetime, int], ...] = ()
    ends: datetime | None = None
    outside: Outside | None = None

    @classmethod
    def of(cls, run: Run) -> Self:
        """Return what is to come of an opened sitting."""
        later = by_time(run)
        over = next((when for when, then in later if then.position.over), None)
        return cls(
            tells=tuple((when, told(then)) for when, then in later if not then.position.over),
            ends=half_hour_after(over) if over else None,
            outside=Outside.written_for(run),
        )

    @classmethod
    def read(cls, sitting: Sitting, key: bytes = b"") -> Self:
        """Return what was written down; nothing when there is nothing, or the host key is another one.

        Args:
            sitting: its row.
            key: that of its moves, where somebody has it.
        """
        try:
            document = open_record(_key(), bytes(sitting.ahead), **_about(sitting))
        except VaultError:
            return cls()
        ends = document["ends"]
        tells = tuple((datetime.fromisoformat(at), number) for at, number in document["tells"])
        outside = Outside.read(document.get("outside", ""), sitting, key) if key else None
        return cls(tells=tells, ends=datetime.fromisoformat(ends) if ends else None, outside=outside)

    def sealed(self, sitting: Sitting, key: bytes = b"") -> bytes:
        """Seal it for a sitting's row; `key` as above."""
        document = {
            "tells": [[at.isoformat(), number] for at, number in self.tells],
            "ends": self.ends.isoformat() if self.ends else None,
            "outside": self.outside.sealed(sitting, key) if self.outside else "",
        }
        return seal(_key(), key_version=0, document=document, **_about(sitting))


def number_of(sitting: Sitting, at: datetime) -> int:
    """Return how many moves of a sitting both may know of by now: what its stream says."""
    tells = Ahead.read(sitting).tells if sitting.ahead else ()
    return next((number for when, number in reversed(tells) if when <= at), sitting.seq)


def half_hour_after(moment: datetime) -> datetime:
    """Return the first half hour that is not before a moment."""
    begun = moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)
    return begun if begun == moment else begun + HALF_AN_HOUR


def _key() -> bytes:
    return host_subkey(settings.HOST_KEY, KIND)


def _about(sitting: Sitting) -> dict[str, Any]:
    return {
        "scope": Scope.BOND,
        "scope_id": sitting.bond_id,
        "kind": KIND,
        "row": sitting.pk,
        "author": sitting.bond_id,
        "schema": SCHEMA,
    }
